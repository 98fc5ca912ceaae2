"""Calls to a client: agreeing to them, ending them, and listening to a message that was left."""

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.schemas import CallsSchema
from coach_portal.core.services import scope
from coach_portal.core.services.calls import agreeing, recordings
from coach_portal.core.services.people.clients import first_name
from coach_portal.web.access import me
from coach_portal.web.notices import say
from coach_portal.web.portal import portal
from coach_portal.web.recorded import sound

SETTLED = {
    "ask": "{name} is asked by text.",
    "told": "{name} may be called now.",
    "end": "No more calls to {name}. Texts go on.",
}
calls = Blueprint("calls", __name__, url_prefix="/clients/<int:client_id>/calls")


@calls.get("")
def show(client_id: int) -> str:
    """Where the agreement to calls stands, and the ways to get it."""
    return _page(client_id)


@calls.post("")
def agree(client_id: int) -> ResponseReturnValue:
    """Ask by text, write down that the client said yes in person, or end the calls."""
    here = portal()
    try:
        how = CallsSchema().read({"how": request.form.get("how")})["how"]
        with here.writing() as (session, outbox):
            client = scope.client_of(session, me(), client_id)
            outbox.put(agreeing.settle(session, me(), client, how, here.now()))
            name = first_name(client.name)
    except Invalid as refused:
        return _page(client_id, next(iter(refused.fields.values()))), 422
    say(SETTLED[how].format(name=name))
    return redirect(url_for("calls.show", client_id=client_id), 303)


@calls.get("/<int:message_id>.wav")
def listen(client_id: int, message_id: int) -> Response:
    """A message that a client left, for those who may hear it."""
    here = portal()
    with here.database.reading() as session:
        found = recordings.one_of(session, me(), client_id, message_id)
        sid, account_sid = found.sid, found.account_sid
    return sound(sid, account_sid)


def _page(client_id: int, problem: str = "") -> str:
    with portal().database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        asked = agreeing.question(client.name, me().name, g.signed_in.practice, client.locale)
        told = agreeing.TOLD.format(name=client.name, coach=me().name)
        return render_template("calls.html", client=client, problem=problem, asked=asked, told=told)
