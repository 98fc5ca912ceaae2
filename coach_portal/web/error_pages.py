"""Errors as pages in plain words. A stranger's row and a missing one look the same."""

import logging

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from coach_portal.core.errors import Invalid, NotAllowed, NotFound
from coach_portal.web.access import API

log = logging.getLogger(__name__)

WORDS = {
    400: ("This form has expired", "Go back, reload the page and send it again. Nothing was changed."),
    401: ("You are signed out", "Sign in and do it again. Nothing was changed."),
    403: ("This is not yours to do", "Your practice's owner can do it, or can let you."),
    404: ("There is no such page", "It may have been moved or removed, or it belongs to someone else."),
    405: ("This address takes no such request", "Go back and use the buttons on the page."),
    422: (
        "This could not be taken",
        "Something was missing or cannot be chosen. Nothing was changed: go back.",
    ),
    413: ("That is too much at once", "Send less, and it will go through."),
    500: ("Something broke on our side", "Nothing you typed was half kept. Try again in a minute."),
}


def init_app(app: Flask) -> None:
    """Give every error its page."""
    for status in WORDS:
        app.register_error_handler(status, _page)
    # A page that shows what to mend beside each field does so itself; this is for what its form cannot send.
    app.register_error_handler(Invalid, lambda _: _page_for(422))
    app.register_error_handler(NotFound, lambda _: _page_for(404))
    app.register_error_handler(NotAllowed, lambda _: _page_for(403))


def _page(error: HTTPException) -> ResponseReturnValue:
    if request.path.startswith(API):
        return error
    status = error.code or 500
    if status == 500:
        log.error("page_failed", exc_info=getattr(error, "original_exception", None))
    return _page_for(status)


def _page_for(status: int) -> tuple[str, int]:
    title, words = WORDS[status]
    return render_template("error.html", status=status, title=title, words=words), status
