"""A new password by email, for whoever forgot theirs."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.services.signing_in import passwords
from coach_portal.core.services.signing_in import sign_in as people
from coach_portal.core.services.signing_in.throttles import TooManyTries
from coach_portal.web.access import public
from coach_portal.web.portal import portal
from coach_portal.web.rooms.sign_in import wait

resets = Blueprint("resets", __name__)


@resets.get("/forgot")
@public
def form() -> str:
    """Ask for the address."""
    return render_template("forgot.html", sent=False, problem="")


@resets.post("/forgot")
@public
def ask() -> ResponseReturnValue:
    """Send a link, if somebody signs in with this address. What is answered is the same either way."""
    here = portal()
    try:
        with here.database.session() as session:
            address = request.remote_addr or ""
            passwords.ask(session, request.form.get("email", ""), address, here.clock.machine_now())
    except TooManyTries as refused:
        return wait(refused, lambda problem: render_template("forgot.html", sent=False, problem=problem))
    return render_template("forgot.html", sent=True, problem="")


@resets.get("/reset/<token>")
@public
def choose(token: str) -> ResponseReturnValue:
    """Choose a new password."""
    here = portal()
    with here.database.reading() as session:
        if passwords.reset_of(session, here.links, token, here.clock.machine_now()) is None:
            return render_template("link_ended.html", what="reset"), 404
    return render_template("reset.html", error="")


@resets.post("/reset/<token>")
@public
def reset(token: str) -> ResponseReturnValue:
    """Take it, and end every session. Nobody is signed in by it: the second factor stays asked for."""
    here, password, now = portal(), request.form.get("password", ""), portal().clock.machine_now()
    with here.database.reading() as session:
        if passwords.reset_of(session, here.links, token, now) is None:
            return render_template("link_ended.html", what="reset"), 404
    try:
        passwords.refuse_poor(password)
    except Invalid as refused:
        return render_template("reset.html", error=refused.fields["password"]), 422
    password_hash = people.hash_password(password)  # slow, so before the transaction
    with here.database.session() as session:
        row = passwords.reset_of(session, here.links, token, now)
        done = row is not None and passwords.reset(session, row, password_hash, now)
    if not done:
        return render_template("link_ended.html", what="reset"), 404
    return redirect(url_for("sign_in.form", done="reset"), 303)
