"""Requests with an `Idempotency-Key`: done once, and answered the same however often they come."""

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, g, request
from sqlalchemy.orm import Session

from coach_portal.core.models import Coach
from coach_portal.core.services.practice import kept_answers
from coach_portal.core.services.practice.kept_answers import Answer, Request
from coach_portal.web.portal import portal

REPLAYED = "Idempotency-Replayed"


def answered_before() -> Response | None:
    """What this very request was answered before, if it was."""
    key = request.headers.get(kept_answers.HEADER)
    if key is None:
        return None
    kept_answers.check(key)
    with portal().database.reading() as session:
        coach = session.get_one(Coach, g.shown.coach_id)
        asked = b"\n".join((request.method.encode(), request.full_path.encode(), request.get_data()))
        g.once = Request(g.shown.id, coach.practice_id, key, asked)
        before = kept_answers.find(session.connection(), g.once, portal().clock.machine_now())
    return _again(before) if before else None


def doing(session: Session, do: Callable[[], Response], *, keeps: bool) -> Response:
    """Do what is asked in this transaction, unless another did it since we looked; `keeps`: whether what is answered
    may be kept."""
    asked: Request | None = g.get("once")
    if asked is None:
        return do()
    connection, now = session.connection(), portal().clock.machine_now()
    if not kept_answers.claim(connection, asked, now):
        before = kept_answers.find(connection, asked, now)
        if before is not None:
            return _again(before)
    response = do()
    kept_answers.keep(connection, asked, response.status_code, response.get_data(as_text=True) if keeps else None)
    return response


def _again(before: Answer) -> Response:
    response: Any = current_app.response_class(before.body, before.status, mimetype="application/json")
    response.headers[REPLAYED] = "true"
    return response
