"""The practice's data: bringing in, taking out, how long it is kept, and what was erased."""

import tempfile

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.rules import retention as rules
from coach_portal.core.schemas.keeping import FOR_EVER, KeepingSchema
from coach_portal.core.services.records import outgoing, retention
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal
from coach_portal.web.rooms.practice import PLACES

IN_MEMORY = 4 * 1024 * 1024
"""Bytes of an export that are held in memory; what is more goes to a file that nobody else can open."""

records = Blueprint("records", __name__, url_prefix="/practice/records")

PLACES.append(("records.show", "Data in and out", "Bring clients in, take everything out, and how long what is kept."))


@records.get("")
def show() -> str:
    """How things stand."""
    return _page()


@records.post("/keeping")
def keep() -> ResponseReturnValue:
    """Say how long former clients are kept."""
    here, schema = portal(), KeepingSchema()
    try:
        with here.writing() as (session, _):
            retention.choose(session, me(), schema.read(typed(schema))["months"], here.now())
    except Invalid as refused:
        return _page(refused), 422
    say("Saved.")
    return redirect(url_for("records.show"), 303)


@records.post("/everything")
def everything() -> Response:
    """All of the practice, as a zip of tables. A POST, since it takes a while and is in the audit log."""
    here, practice_id = portal(), me().practice_id
    with here.writing() as (session, _):
        outgoing.note(session, me(), f"practice:{practice_id}", "zip", here.now())
    into = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed with the answer
    with here.database.reading() as session:
        outgoing.practice_into(session, practice_id, into)
    into.seek(0)
    name = f"practice-{here.now():%Y-%m-%d}.zip"
    answer = send_file(into, mimetype="application/zip", as_attachment=True, download_name=name)  # type: ignore[arg-type]
    answer.call_on_close(into.close)
    return answer


def _page(refused: Invalid | None = None) -> str:
    here = portal()
    with here.database.reading() as session:
        page = retention.read(session, me(), here.now())
        months = page.practice.keep_months
        kept = {"months": FOR_EVER if months is None else str(months)}
        form = Form(request.form if refused else kept, refused.fields if refused else {})
        choices = [*((str(n), f"{n} months") for n in rules.CHOICES), (FOR_EVER, "until somebody erases them")]
        return render_template("practice_records.html", page=page, form=form, choices=choices, kept=rules.ALL)
