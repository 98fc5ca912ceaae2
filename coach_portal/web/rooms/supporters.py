"""The one person who sees how a client's week went: asking about them, and ending it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.rules.texts import supporters as wording
from coach_portal.core.rules.weeks import Shape
from coach_portal.core.schemas import LOCALES
from coach_portal.core.schemas.sunday import SupporterSchema
from coach_portal.core.services import scope
from coach_portal.core.services.people import supporters as service
from coach_portal.web import words
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

supporters = Blueprint("supporters", __name__, url_prefix="/clients/<int:client_id>/supporter")
EXAMPLE = Shape(done=9, asked=14, own_wins=2)


@supporters.get("")
def show(client_id: int) -> str:
    """Who it is and how far it came, or a form to ask about someone."""
    return _page(client_id)


@supporters.post("")
def propose(client_id: int) -> ResponseReturnValue:
    """Ask the client whether this person may see their weeks."""
    here, schema = portal(), SupporterSchema()
    try:
        with here.writing() as (session, outbox):
            client = scope.client_of(session, me(), client_id)
            data = schema.read(typed(schema))
            outbox.put(service.propose(session, me(), client, data, here.now()))
            name = client.name.partition(" ")[0]
            say(f"{name} is asked now. {data['name']} hears of it only if {name} agrees.")
    except Invalid as refused:
        return _page(client_id, Form(request.form, refused.fields)), 422
    return redirect(url_for("supporters.show", client_id=client_id), 303)


@supporters.post("/end")
def end(client_id: int) -> ResponseReturnValue:
    """Nothing more goes to them."""
    here = portal()
    with here.writing() as (session, _):
        service.end(session, me(), scope.client_of(session, me(), client_id), here.now())
        say("Ended. They get nothing more.")
    return redirect(url_for("supporters.show", client_id=client_id), 303)


def _page(client_id: int, form: Form | None = None) -> str:
    with portal().database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        found = service.live(session, client)
        name, locale = client.name.partition(" ")[0], found.locale if found else client.locale
        return render_template(
            "supporter.html",
            client=client,
            name=name,
            supporter=found,
            lines=service.lines(session, client),
            form=form or Form({"locale": client.locale}),
            languages=[(code, words.LANGUAGES.get(code, code)) for code in LOCALES],
            asked=wording.may_they(name, found.name if found else "Ana", client.locale),
            sample=wording.week(name, EXAMPLE.done, EXAMPLE.asked, EXAMPLE.own_wins, locale),
        )
