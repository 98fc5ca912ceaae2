"""The door. Each try leaves a line in the log, by the coach's id and never by an email."""

import logging
from collections.abc import Callable

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.rules.devices import device
from coach_portal.core.services.signing_in import factors
from coach_portal.core.services.signing_in import sign_in as service
from coach_portal.core.services.signing_in.throttles import TooManyTries
from coach_portal.web.access import before_factor, cookie_name, me, public, session_token, set_session_cookie
from coach_portal.web.portal import portal

sign_in = Blueprint("sign_in", __name__)
log = logging.getLogger(__name__)

WRONG = "That email and password do not go together. Try again."
DONE = {
    "joined": "Welcome. Sign in with the password you just chose.",
    "reset": "Your password is new, and every session has ended. Sign in with it.",
}
"""What led here, in words."""


@sign_in.get("/sign-in")
@public
def form() -> ResponseReturnValue:
    """Ask who it is; whoever is signed in already goes on."""
    following = safe_next(request.args.get("next", ""))
    if g.signed_in:
        return redirect(following)
    return _page("", following, done=DONE.get(request.args.get("done", ""), ""))


@sign_in.post("/sign-in")
@public
def submit() -> ResponseReturnValue:
    """Let a coach in and take them where they were going."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    following = safe_next(request.form.get("next", ""))
    try:
        entered = _try(email, password)
    except TooManyTries as refused:
        log.warning("sign-in refused: too many tries")
        return wait(refused, lambda problem: _page(email, following, problem))
    except service.WrongPassword:
        return _page(email, following, WRONG), 422
    onward = url_for("sign_in.ask_code", next=following) if entered.factor_due else following
    return _enter(entered.token, onward)


@sign_in.get("/sign-in/code")
@public
def ask_code() -> ResponseReturnValue:
    """Ask for the second factor, of whoever gave their password a moment ago."""
    here, following = portal(), safe_next(request.args.get("next", ""))
    with here.database.reading() as database:
        if factors.half_in(database, session_token(), here.clock.machine_now()) is None:
            return redirect(url_for("sign_in.form", next=following), 303)
    return render_template("sign_in_code.html", next=following, problem="")


@sign_in.post("/sign-in/code")
@public
def submit_code() -> ResponseReturnValue:
    """Let them in for good."""
    following, code = safe_next(request.form.get("next", "")), request.form.get("code", "")
    try:
        token = _try_code(code)
    except TooManyTries as refused:
        log.warning("sign-in refused: too many codes")
        return wait(refused, lambda problem: render_template("sign_in_code.html", next=following, problem=problem))
    except service.WrongPassword:
        return render_template("sign_in_code.html", next=following, problem=factors.WRONG), 422
    if token is None:
        return redirect(url_for("sign_in.form", next=following), 303)
    return _enter(token, following)


@sign_in.post("/sign-out")
@before_factor
def out() -> Response:
    """End the session here as well as in the browser."""
    here = portal()
    with here.database.session() as database:
        service.sign_out(database, request.cookies[cookie_name()], here.clock.machine_now())
    log.info("signed out", extra={"coach_id": me().id})
    session.clear()
    response = make_response(redirect(url_for("sign_in.form"), 303))
    response.delete_cookie(cookie_name(), secure=here.is_https, httponly=True, samesite="Lax")
    return response


def safe_next(target: str) -> str:
    """Where to go after signing in: a path of ours, never another site."""
    is_path = target.startswith("/") and not target.startswith("//") and "\\" not in target
    return target if is_path and target.isascii() and target.isprintable() else url_for("today.show")


def wait(refused: TooManyTries, page: Callable[[str], str]) -> Response:
    """The page again, saying how long to wait."""
    minutes = max(1, round(refused.wait.total_seconds() / 60))
    response = make_response(page(f"Too many tries. Wait {minutes} minutes, then try again."), 429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def _enter(token: str, onward: str) -> Response:
    session.clear()
    response = make_response(redirect(onward, 303))
    set_session_cookie(response, token)
    return response


def _try(email: str, password: str) -> service.Entered:
    here, now = portal(), portal().clock.machine_now()
    with here.database.session() as database:
        attempt = service.begin(database, email, request.remote_addr or "", now)
    is_right = attempt.is_right(password)  # slow, so between the two transactions
    rehashed = attempt.rehashed(password) if is_right else None
    told = {"coach_id": attempt.coach_id}
    if not is_right:
        log.warning("sign-in refused: wrong password", extra=told)
    old_token, on = session_token(), device(request.user_agent.string)
    with here.database.session() as database:
        entered = service.finish(
            database, attempt, is_right=is_right, old_token=old_token, now=now, device=on, rehashed=rehashed
        )
    log.info("signed in" if not entered.factor_due else "password right, code to come", extra=told)
    return entered


def _try_code(code: str) -> str | None:
    """The new session's token; None where no password was given. Raises TooManyTries, WrongPassword."""
    here, now, old_token = portal(), portal().clock.machine_now(), session_token()
    with here.database.session() as database:
        known = factors.begin_code(database, old_token, now)
    if known is None:
        return None
    recovery_id = factors.recovery_code(known, code)  # slow, so between the two transactions
    on = device(request.user_agent.string)
    with here.database.session() as database:
        token = factors.finish_code(database, known, code, recovery_id, old_token, on, here.seal, now)
    log.info("signed in with a second factor", extra={"coach_id": known.coach_id})
    return token


def _page(email: str, following: str, problem: str = "", done: str = "") -> str:
    return render_template("sign_in.html", email=email, next=following, problem=problem, done=done)
