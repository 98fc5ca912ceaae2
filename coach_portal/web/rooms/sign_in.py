"""The door. Each try leaves a line in the log, by the coach's id and never by an email."""

import logging

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.services.practice import sign_in as service
from coach_portal.web.access import cookie_name, me, public, set_session_cookie
from coach_portal.web.portal import portal

sign_in = Blueprint("sign_in", __name__)
log = logging.getLogger(__name__)

WRONG = "That email and password do not go together. Try again."


@sign_in.get("/sign-in")
@public
def form() -> ResponseReturnValue:
    """Ask who it is; whoever is signed in already goes on."""
    following = safe_next(request.args.get("next", ""))
    if g.signed_in:
        return redirect(following)
    return _page("", following)


@sign_in.post("/sign-in")
@public
def submit() -> ResponseReturnValue:
    """Let a coach in and take them where they were going."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    following = safe_next(request.form.get("next", ""))
    try:
        token = _try(email, password)
    except service.TooManyTries as refused:
        log.warning("sign-in refused: too many tries")
        minutes = max(1, round(refused.wait.total_seconds() / 60))
        problem = f"Too many tries. Wait {minutes} minutes, then try again."
        response = make_response(_page(email, following, problem), 429)
        response.headers["Retry-After"] = str(minutes * 60)
        return response
    except service.WrongPassword:
        return _page(email, following, WRONG), 422
    session.clear()
    response = make_response(redirect(following, 303))
    set_session_cookie(response, token)
    return response


@sign_in.post("/sign-out")
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


def _try(email: str, password: str) -> str:
    here, now = portal(), portal().clock.machine_now()
    with here.database.session() as database:
        attempt = service.begin(database, email, request.remote_addr or "", now)
    is_right = attempt.is_right(password)  # slow, so between the two transactions
    told = {"coach_id": attempt.coach_id}
    if not is_right:
        log.warning("sign-in refused: wrong password", extra=told)
    old_token = request.cookies.get(cookie_name())
    with here.database.session() as database:
        token = service.finish(database, attempt, is_right=is_right, old_token=old_token, now=now)
    log.info("signed in", extra=told)
    return token


def _page(email: str, following: str, problem: str = "") -> str:
    return render_template("sign_in.html", email=email, next=following, problem=problem)
