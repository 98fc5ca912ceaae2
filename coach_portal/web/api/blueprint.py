"""What all of the API's views share: who asks, how much and in which format they may send, and their transaction.

A view hangs on `v1`, takes its `Work` from `reads` or `writes`, calls a service and answers rows for its schema:

    @v1.post("/things", tags=["Things"])
    @v1.arguments(ThingSchema)
    @writes
    @v1.response(201, ThingOut)
    def add_thing(work, data): ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, NoReturn

from flask import Response, g, request
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError
from sqlalchemy.orm import Session
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import BadRequest, Unauthorized, UnsupportedMediaType

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Client, Coach
from coach_portal.core.schemas.base import advice
from coach_portal.core.services import scope, tokens
from coach_portal.web.api import errors
from coach_portal.web.portal import Outbox, portal

BODY_LIMIT = 64 * 1024
LARGEST_ID = 2**63 - 1
REALM = "Coach Portal"
OPEN_ENDPOINT = "api.openapi"
"""The one address that wants no token."""

View = Callable[..., Any]


class Parser(FlaskParser):  # type: ignore[misc]
    """Reads what was sent; what is wrong with it becomes the errors that services raise too."""

    def load_json(self, req: Any, schema: Schema) -> Any:
        """Read the body."""
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError) as error:  # nested without end; a number of thousands of digits
            raise BadRequest from error

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> NoReturn:
        """Tell what to do at each field, whether it came in the body or in the address."""
        (told,) = error.messages.values()  # by where it came from
        raise Invalid(advice(told))


class Api(Blueprint):  # type: ignore[misc]
    """A blueprint whose input is read by our parser."""

    ARGUMENTS_PARSER = Parser()


v1 = Api("api", __name__, url_prefix="/api/v1")
errors.register_on(v1)


@dataclass(frozen=True, slots=True)
class Work:
    """What a view works with: its transaction, the coach it acts as, the moment, and where ids of texts to send go."""

    session: Session
    coach: Coach
    now: datetime
    outbox: Outbox

    def client(self, client_id: int) -> Client:
        """One of this coach's clients. Raises NotFound."""
        return scope.client_of(self.session, self.coach, client_id)


def reads(view: View) -> View:
    """Give a view its work, with a transaction to read in."""

    @wraps(view)
    def reading(*args: Any, **kwargs: Any) -> Any:
        here = portal()
        with here.database.reading() as session:
            return view(_work(session, here.now(), Outbox([])), *args, **kwargs)

    return reading


def writes(view: View) -> View:
    """Give a view its work, with a transaction that is committed, and its texts queued, before the answer goes out."""

    @wraps(view)
    def writing(*args: Any, **kwargs: Any) -> Any:
        here = portal()
        with here.writing() as (session, outbox):
            return view(_work(session, here.now(), outbox), *args, **kwargs)

    return writing


@v1.before_request
def guard() -> None:
    """Let in whoever shows a token that works, with a body that is small enough and JSON."""
    request.max_content_length = BODY_LIMIT
    if request.endpoint == OPEN_ENDPOINT:
        return
    g.coach_id = _coach_id()
    if any(isinstance(value, int) and value > LARGEST_ID for value in (request.view_args or {}).values()):
        raise NotFound("no row has such an id")
    if request.method in {"POST", "PUT", "PATCH"} and not request.is_json:
        raise UnsupportedMediaType


@v1.after_request
def keep_private(response: Response) -> Response:
    """No cache keeps what a client wrote."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _work(session: Session, now: datetime, outbox: Outbox) -> Work:
    return Work(session, session.get_one(Coach, g.coach_id), now, outbox)


def _coach_id() -> int:
    shown = request.authorization
    if shown is None or shown.type != "bearer" or not shown.token:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": REALM}))
    with portal().database.reading() as session:
        coach = tokens.coach_of_token(session, shown.token)
        if coach is None:
            raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": REALM, "error": "invalid_token"}))
        return coach.id
