"""A coach's own sign-in: the password, and where they are signed in."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach
from coach_portal.core.services.signing_in import factors, passwords, sessions
from coach_portal.core.services.signing_in import sign_in as people
from coach_portal.core.services.signing_in.throttles import TooManyTries
from coach_portal.web.access import before_factor, me, session_token
from coach_portal.web.notices import say
from coach_portal.web.portal import portal
from coach_portal.web.rooms.reauth import check_password
from coach_portal.web.rooms.sign_in import wait

account = Blueprint("account", __name__, url_prefix="/account")


@account.get("")
@before_factor
def show() -> str:
    """Password, second factor, sessions."""
    return _page({})


@account.post("/password")
@before_factor
def change_password() -> ResponseReturnValue:
    """Take a new password; whoever was signed in elsewhere is no longer."""
    here, password = portal(), request.form.get("password", "")
    try:
        check_password()
        passwords.refuse_poor(password)
    except Invalid as refused:
        return _page(refused.fields), 422
    except TooManyTries as refused:
        return wait(refused, lambda problem: _page({"current": problem}))
    password_hash = people.hash_password(password)
    with here.database.session() as session:
        coach = session.get_one(Coach, me().id)
        passwords.change(session, coach, password_hash, session_token(), here.clock.machine_now())
    say("Your password is new. Every other session has ended.")
    return redirect(url_for("account.show"), 303)


@account.post("/sessions/end")
@before_factor
def end_session() -> ResponseReturnValue:
    """End one session."""
    here = portal()
    with here.database.session() as session:
        sessions.end(session, me(), request.form.get("session", ""), here.clock.machine_now())
    say("Signed out there.")
    return redirect(url_for("account.show", _anchor="sessions"), 303)


@account.post("/sessions/end-others")
@before_factor
def end_others() -> ResponseReturnValue:
    """End every session but this one."""
    here = portal()
    with here.database.session() as session:
        sessions.end_others(session, me(), session_token(), here.clock.machine_now())
    say("You are signed in here and nowhere else.")
    return redirect(url_for("account.show", _anchor="sessions"), 303)


def _page(errors: dict[str, str]) -> str:
    here, now = portal(), portal().clock.machine_now()
    with here.database.reading() as session:
        return render_template(
            "account.html",
            errors=errors,
            codes_left=factors.codes_left(session, me()),
            sessions=sessions.of(session, me(), session_token(), now),
            now=now,
        )
