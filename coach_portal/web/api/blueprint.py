"""What all of the API shares: who may ask, how much and in which format they may send, how errors are told."""

from typing import Any, NoReturn

from flask import Response, abort, g, request
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import Authorization, WWWAuthenticate
from werkzeug.exceptions import BadRequest, TooManyRequests, Unauthorized, UnsupportedMediaType

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.rules import access
from coach_portal.core.schemas.base import advice
from coach_portal.core.schemas.imports import LARGEST
from coach_portal.core.services.practice import tokens
from coach_portal.core.services.practice.tokens import Shown
from coach_portal.web.api import errors, once
from coach_portal.web.portal import portal

BODY_LIMIT = 64 * 1024
LARGEST_ID = 2**63 - 1
REALM = "Coach Portal"
FILE_LIMIT = LARGEST + BODY_LIMIT
TAKES_FILES = "api.look_at_file"
"""The one address that takes files."""
OPEN_ENDPOINT = "api.openapi"
"""The one address that wants no token."""


class Parser(FlaskParser):
    """Reads what was sent; what is wrong with it becomes the errors that services raise too."""

    def load_json(self, req: Any, schema: Schema) -> Any:
        """Read the body."""
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError) as error:  # nested without end; a number of thousands of digits
            raise BadRequest from error

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> NoReturn:
        """Tell what to do at each field, whether it came in the body or in the address."""
        by_place: Any = error.messages
        (told,) = by_place.values()
        raise Invalid(advice(told))


class Api(Blueprint):  # type: ignore[misc]
    """A blueprint whose input is read by our parser."""

    ARGUMENTS_PARSER = Parser()


def guard() -> Response | None:
    """Let in whoever shows a token that works and may do this, with a body that is small enough and JSON."""
    request.max_content_length = FILE_LIMIT if request.endpoint == TAKES_FILES else BODY_LIMIT
    if request.endpoint == OPEN_ENDPOINT:
        return None
    g.shown = _let_in()
    if any(isinstance(value, int) and value > LARGEST_ID for value in (request.view_args or {}).values()):
        raise NotFound("no row has such an id")
    if request.method not in {"POST", "PUT", "PATCH"}:
        return None
    if not request.is_json:
        raise UnsupportedMediaType
    return once.answered_before()


def keep_private(response: Response) -> Response:
    """No cache keeps what a client wrote; a program is told how often it may still ask."""
    response.headers["Cache-Control"] = "no-store"
    if shown := g.get("shown"):
        left, reset = shown.allowance.left, shown.allowance.seconds_until(portal().clock.machine_now())
        response.headers["RateLimit-Limit"] = str(access.MOST)
        response.headers["RateLimit-Remaining"] = str(max(left, 0))
        response.headers["RateLimit-Reset"] = str(reset)
    return response


def _let_in() -> Shown:
    credentials = _credentials()
    if credentials is None or credentials.type != "bearer" or not credentials.token:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": REALM}))
    here, now = portal(), portal().clock.machine_now()
    with here.database.statement() as connection:
        shown = tokens.use(connection, credentials.token, now)
    if shown is None:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": REALM, "error": "invalid_token"}))
    g.shown = shown
    if shown.allowance.left < 0:
        raise TooManyRequests(retry_after=shown.allowance.seconds_until(now))
    _want_scope(shown)
    return shown


def _want_scope(shown: Shown) -> None:
    scope = SCOPE_OF[request.endpoint or ""]
    if scope not in shown.scopes:
        told = {"realm": REALM, "error": "insufficient_scope", "scope": scope}
        refused = errors.answer(403, f"This token may not {access.SCOPES[scope]}: it lacks the scope {scope}.")
        refused.headers["WWW-Authenticate"] = WWWAuthenticate("bearer", told).to_header()
        abort(refused)


def _credentials() -> Authorization | None:
    try:
        return request.authorization
    except ValueError:  # what calls itself Basic and is not Base64
        return None


SCOPE_OF: dict[str, str] = {}
"""The scope that each endpoint wants; `views` fills it in."""

v1 = Api("api", __name__, url_prefix="/api/v1")
v1.before_request(guard)
v1.after_request(keep_private)
errors.register_on(v1)
