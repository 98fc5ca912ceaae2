"""What silences a client's texts and what wakes them: invitation, pause, hold and opt-out."""

from collections.abc import Callable
from datetime import date, datetime

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Client, Coach
from coach_portal.core.services import audit, scope
from coach_portal.core.services.people import clients as service
from coach_portal.core.services.people import own_pages
from coach_portal.core.services.people.clients import first_name
from coach_portal.core.services.people.many import morning_of
from coach_portal.web.access import me
from coach_portal.web.notices import say
from coach_portal.web.portal import portal
from coach_portal.web.rooms.clients import clients

Act = Callable[[Session, Coach, Client, datetime], object]


@clients.post("/<int:client_id>/invite")
def invite(client_id: int) -> ResponseReturnValue:
    """Ask once more whether they agree."""
    here = portal()
    try:
        with here.writing() as (session, outbox):
            client = scope.client_of(session, me(), client_id)
            outbox.put(service.invite(session, me(), client, here.now()))
            say(f"{first_name(client.name)} is asked once more.")
    except Invalid as refused:
        say(" ".join(refused.fields.values()))
    return redirect(url_for("clients.show", client_id=client_id), 303)


@clients.get("/<int:client_id>/pause")
def pause(client_id: int) -> str:
    """Ask until when."""
    return _ask(client_id, "pause.html", error="")


@clients.post("/<int:client_id>/pause")
def pause_now(client_id: int) -> ResponseReturnValue:
    """Hold the check-ins until a day, or until someone begins again."""
    here = portal()
    try:
        with here.writing() as (session, _):
            client = scope.client_of(session, me(), client_id)
            until = _until(request.form.get("until", "").strip(), client, here.now())
            service.pause_client(session, me(), client, until, here.now())
    except Invalid as refused:
        return _ask(client_id, "pause.html", error=refused.fields["until"]), 422
    return redirect(url_for("clients.show", client_id=client_id), 303)


@clients.post("/<int:client_id>/resume")
def resume(client_id: int) -> Response:
    """Take the check-ins up again."""
    return _do(client_id, service.resume_client, "Check-ins go out again.")


@clients.get("/<int:client_id>/opt-out")
def opt_out(client_id: int) -> str:
    """Say what stopping means before it is done, since only the client can undo it."""
    return _ask(client_id, "opt_out.html")


@clients.post("/<int:client_id>/opt-out")
def opt_out_now(client_id: int) -> Response:
    """The client told their coach to stop the texts."""
    return _do(client_id, service.opt_out, "Nothing more is sent.")


@clients.post("/<int:client_id>/theirs-after-all")
def theirs_after_all(client_id: int) -> Response:
    """The number that was called wrong is this client's: still nothing is sent, and their START counts again."""
    return _do(client_id, service.theirs_after_all, "Noted. They can text START to begin again.")


@clients.get("/<int:client_id>/clear-hold")
def clear_hold(client_id: int) -> str:
    """Say what letting texts go again means."""
    return _ask(client_id, "clear_hold.html")


@clients.post("/<int:client_id>/clear-hold")
def clear_hold_now(client_id: int) -> Response:
    """A human has looked: texts may go again."""
    return _do(client_id, service.clear_hold, "Texts go out again.")


@clients.post("/<int:client_id>/page")
def send_page(client_id: int) -> ResponseReturnValue:
    """Text the client the link to their own page."""
    here = portal()
    try:
        with here.writing() as (session, outbox):
            client = scope.client_of(session, me(), client_id)
            outbox.put(own_pages.send(session, me(), client, here.settings.public_url, here.now()))
            say("The link is on its way. One they had before opens nothing now.")
    except Invalid as refused:
        say(" ".join(refused.fields.values()))
    return redirect(url_for("clients.show", client_id=client_id), 303)


@clients.post("/<int:client_id>/page/close")
def close_page(client_id: int) -> Response:
    """Let the link to the client's own page open nothing from now on."""
    return _do(client_id, _close_page, "The link to their page opens nothing now.")


def _close_page(session: Session, coach: Coach, client: Client, now: datetime) -> None:
    own_pages.close(session, audit.by(coach), client, now)


def _until(written: str, client: Client, now: datetime) -> datetime | None:
    """The morning they are back, or None for "until someone begins again"."""
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise Invalid({"until": "Write a day, such as 2027-01-15, or leave it empty."}) from None
    return morning_of(day, client.timezone, now)


def _do(client_id: int, act: Act, words: str) -> Response:
    here = portal()
    with here.writing() as (session, _):
        act(session, me(), scope.client_of(session, me(), client_id), here.now())
    say(words)
    return redirect(url_for("clients.show", client_id=client_id), 303)  # type: ignore[return-value]


def _ask(client_id: int, template: str, **more: object) -> str:
    with portal().database.reading() as session:
        return render_template(template, client=scope.client_of(session, me(), client_id), **more)
