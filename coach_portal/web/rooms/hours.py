"""Between which hours a practice texts."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Practice
from coach_portal.core.schemas import HoursSchema
from coach_portal.core.services.practice import practices
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

hours = Blueprint("hours", __name__, url_prefix="/practice/hours")


@hours.get("")
def show() -> str:
    """Show the hours, for the owner to change."""
    with portal().database.reading() as session:
        practice = session.get_one(Practice, me().practice_id)
        values = {name: getattr(practice, name) for name in HoursSchema().load_fields}
    return render_template("practice_hours.html", form=Form(values))


@hours.post("")
def change() -> ResponseReturnValue:
    """Text at other hours from now on."""
    here, schema = portal(), HoursSchema()
    try:
        with here.writing() as (session, _):
            practices.set_hours(session, me(), schema.read(typed(schema)), here.now())
    except Invalid as refused:
        return render_template("practice_hours.html", form=Form(request.form, refused.fields)), 422
    say("Saved. Texts keep to these hours from now on.")
    return redirect(url_for("hours.show"), 303)
