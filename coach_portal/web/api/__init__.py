"""The JSON API under /api/v1: the schemas and services of the pages, for programs with a bearer token."""

from flask import Flask

from coach_portal.web.api import (  # noqa: F401
    agreements,
    appointments,
    board,
    by_hand,
    calls,
    clients,
    conversation,
    data,
    document,
    errors,
    events,
    imports,
    money,
    people,
    programmes,
    records,
    roster,
    sundays,
    tokens,
)
from coach_portal.web.api.blueprint import v1


def register(app: Flask) -> None:
    """Serve the API from this app, which keeps what it was built with in `app.extensions["portal"]`."""
    app.json.sort_keys = False  # type: ignore[attr-defined]  # a client begins with its id and name
    errors.init_app(app)
    document.init_app(app, v1)
