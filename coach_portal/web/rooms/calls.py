"""Calls to a client: agreeing to them, ending them, and listening to a message that was left."""

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.services import scope
from coach_portal.core.services.calls import agreeing, recordings
from coach_portal.core.services.people.clients import first_name
from coach_portal.web.access import me
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

calls = Blueprint("calls", __name__, url_prefix="/clients/<int:client_id>/calls")


@calls.get("")
def show(client_id: int) -> str:
    """Where the agreement to calls stands, and the ways to get it."""
    return _page(client_id)


@calls.post("")
def agree(client_id: int) -> ResponseReturnValue:
    """Ask by text, or write down that the client said yes in person."""
    here, told = portal(), request.form.get("how") == "told"
    try:
        with here.writing() as (session, outbox):
            client = scope.client_of(session, me(), client_id)
            if told:
                agreeing.told(session, me(), client, here.now())
            else:
                outbox.put(agreeing.ask(session, me(), client, here.now()))
            name = first_name(client.name)
    except Invalid as refused:
        return _page(client_id, refused.fields.get("calls", "")), 422
    say(f"{name} may be called now." if told else f"{name} is asked by text.")
    return redirect(url_for("calls.show", client_id=client_id), 303)


@calls.post("/end")
def end(client_id: int) -> ResponseReturnValue:
    """No more calls; texts go on."""
    here = portal()
    with here.writing() as (session, _):
        client = scope.client_of(session, me(), client_id)
        agreeing.end(session, me(), client, here.now())
        say(f"No more calls to {first_name(client.name)}. Texts go on.")
    return redirect(url_for("calls.show", client_id=client_id), 303)


@calls.get("/<int:message_id>.wav")
def listen(client_id: int, message_id: int) -> Response:
    """A message that a client left, fetched from the carrier for those who may hear it, and kept nowhere."""
    here = portal()
    with here.database.reading() as session:
        found = recordings.one_of(session, me(), client_id, message_id)
        sid, account_sid = found.sid, found.account_sid
    heard = Response(here.recordings.recording(sid, account_sid), mimetype="audio/wav")
    heard.headers["Cache-Control"] = "no-store"
    heard.headers["Content-Disposition"] = 'inline; filename="message.wav"'
    return heard


def _page(client_id: int, problem: str = "") -> str:
    with portal().database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        asked = agreeing.question(client.name, me().name, g.signed_in.practice, client.locale)
        told = agreeing.TOLD.format(name=client.name, coach=me().name)
        return render_template("calls.html", client=client, problem=problem, asked=asked, told=told)
