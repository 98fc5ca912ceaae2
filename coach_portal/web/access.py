"""Who is asking. Every page wants a signed-in coach unless it is marked `public`; the API looks after itself."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.models import Coach
from coach_portal.core.services.signing_in import sign_in
from coach_portal.web.portal import portal

API = "/api/"
LARGEST_ID = 2**63 - 1
View = TypeVar("View", bound=Callable[..., object])


def public(view: View) -> View:
    """Mark a page that strangers may see."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def unattended(view: View) -> View:
    """Mark an address that open pages ask by themselves: nobody need be there, so it keeps no session alive."""
    view.is_unattended = True  # type: ignore[attr-defined]
    return view


def before_factor(view: View) -> View:
    """Mark a page for whoever has yet to set up the second factor that the practice wants of everybody."""
    view.is_before_factor = True  # type: ignore[attr-defined]
    return view


def me() -> Coach:
    """The coach asking."""
    coach: Coach = g.signed_in.coach
    return coach


def session_token() -> str:
    """The token of the session that asks; "" where there is none."""
    return request.cookies.get(cookie_name(), "")


def cookie_name() -> str:
    """The session cookie's name; browsers take `__Host-` only over https."""
    return "__Host-session" if portal().is_https else "session"


def set_session_cookie(response: Response, token: str) -> None:
    """Give the browser its session."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=int(sign_in.LONGEST.total_seconds()),
        secure=portal().is_https,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def init_app(app: Flask) -> None:
    """Ask who it is before every request."""
    app.before_request(_recognise)
    app.before_request(_refuse_impossible_ids)
    app.before_request(_require_sign_in)
    app.before_request(_require_factor)


def is_public(endpoint: str | None) -> bool:
    """Whether strangers may see this page. The files of the look are public, and so is a page that does not exist."""
    if endpoint is None or endpoint == "static" or endpoint.endswith(".static"):
        return True
    return _marked(endpoint, "is_public")


def is_unattended(endpoint: str | None) -> bool:
    """Whether pages ask this address by themselves."""
    return _marked(endpoint, "is_unattended")


def _marked(endpoint: str | None, mark: str) -> bool:
    return bool(endpoint and getattr(current_app.view_functions[endpoint], mark, False))


def _recognise() -> None:
    g.signed_in = None
    token = request.cookies.get(cookie_name())
    if not token or request.path.startswith(API) or (request.endpoint or "static").endswith("static"):
        return
    here, now = portal(), portal().clock.machine_now()
    with here.database.reading() as session:
        g.signed_in = sign_in.recognise(session, token, now)
    if g.signed_in and g.signed_in.wants_touch(now) and not is_unattended(request.endpoint):
        with here.database.session() as session:
            sign_in.touch(session, token, now)


def _refuse_impossible_ids() -> None:
    # No database holds such a number, and SQLite's driver says so with an error of its own.
    if any(isinstance(value, int) and value > LARGEST_ID for value in (request.view_args or {}).values()):
        abort(404)


def _require_sign_in() -> ResponseReturnValue | None:
    if g.signed_in or is_public(request.endpoint) or request.path.startswith(API):
        return None
    if request.method not in {"GET", "HEAD"}:
        abort(401)
    here = request.full_path if request.query_string else request.path
    return redirect(url_for("sign_in.form", next=here if here != "/" else None), 303)


def _require_factor() -> ResponseReturnValue | None:
    if not g.signed_in or not g.signed_in.must_set_up or is_public(request.endpoint):
        return None
    return None if _marked(request.endpoint, "is_before_factor") else redirect(url_for("factor.show"), 303)
