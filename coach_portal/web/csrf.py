"""Forms are accepted only from pages of ours: each carries a token bound to the session it was made for."""

import hmac
import secrets
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, abort, current_app, g, request, session

from coach_portal.web.access import API

FIELD = "csrf_token"
SAFE = {"GET", "HEAD", "OPTIONS"}


View = TypeVar("View", bound=Callable[..., object])


def carries_its_own_proof(view: View) -> View:
    """Mark a page whose address is a secret that its holder alone was sent: a form's token would prove nothing more,
    and would fail whoever's mail program opens links without cookies."""
    view.has_own_proof = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    """Check every request that changes something, and let templates write the token."""
    app.before_request(_check)
    app.jinja_env.globals[FIELD] = token


def token() -> str:
    """The token for a form on this page."""
    return hmac.digest(str(current_app.secret_key).encode(), f"form:{_secret()}".encode(), "sha256").hex()


def _secret() -> str:
    if g.get("signed_in"):
        key: str = g.signed_in.csrf_key
        return key
    # Nobody is signed in yet: a secret of this browser's own, so that nobody can be signed in as someone else.
    return str(session.setdefault("form", secrets.token_hex(16)))


def _check() -> None:
    # The API takes no cookies, so that no other site can speak for anyone there.
    if request.method in SAFE or request.path.startswith(API) or _has_own_proof(request.endpoint):
        return
    from_elsewhere = request.headers.get("Sec-Fetch-Site") == "cross-site"
    sent = request.form.get(FIELD, "")
    if from_elsewhere or not hmac.compare_digest(sent.encode(), token().encode()):
        abort(400, "form_expired")


def _has_own_proof(endpoint: str | None) -> bool:
    return bool(endpoint and getattr(current_app.view_functions[endpoint], "has_own_proof", False))
