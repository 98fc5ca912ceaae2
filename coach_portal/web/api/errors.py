"""Every error under /api/v1 has one shape.

{"error": {"code": "invalid", "message": "...", "fields": {"phone": ["Write it with the country code, ..."]}}}

`code` is stable and for programs, `message` for people; `fields` is empty unless the fault lies in what was sent.
"""

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, jsonify, request
from marshmallow import Schema, fields
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException, default_exceptions

from coach_portal.core.errors import Invalid, NotAllowed, NotFound
from coach_portal.core.schemas.base import WHOLE
from coach_portal.core.services.practice.kept_answers import AlreadyDone
from coach_portal.web.access import API

log = logging.getLogger(__name__)

_WORDS = {
    400: ("bad_request", "This is not JSON that can be read."),
    401: ("unauthorized", "Send a token that works: Authorization: Bearer cp_..."),
    403: ("not_allowed", "This is not yours to do."),
    404: ("not_found", "There is nothing here, or it is not yours."),
    405: ("method_not_allowed", "This address takes no such request; the Allow header names those it takes."),
    409: ("conflict", "Someone else changed this at the same moment. Look at it again, then try once more."),
    413: ("too_large", "Send less at once."),
    415: ("unsupported_media_type", "Send JSON, with Content-Type: application/json."),
    422: ("invalid", "Some fields need another look."),
    429: ("too_many_requests", "Wait as many seconds as Retry-After says."),
    500: ("server_error", "Something broke on our side. Nothing was half done; try again in a minute."),
}
DONE_BEFORE = "This was done before, and its answer is not kept. Nothing was done again."

_Detail = Schema.from_dict(
    {
        "code": fields.String(required=True, metadata={"description": "Stable, for programs.", "example": "invalid"}),
        "message": fields.String(required=True, metadata={"description": "For people."}),
        "fields": fields.Dict(
            keys=fields.String(),
            values=fields.List(fields.String()),
            required=True,
            metadata={"description": "For each field at fault, what to do.", "example": {"title": ["Fill this in."]}},
        ),
    },
    name="ErrorDetailSchema",
)


class ErrorSchema(Schema):
    """The shape of every error."""

    error = fields.Nested(_Detail, required=True)


def init_app(app: Flask) -> None:
    """Answer addresses and methods that the API does not have; they belong to no blueprint."""
    app.before_request(_answer_wrong_address)


def register_on(blueprint: Any) -> None:
    """Answer every error of this blueprint's views. By status, since the pages' handlers, too, are by status."""
    for status in default_exceptions:
        blueprint.register_error_handler(status, _of_http)
    blueprint.register_error_handler(Invalid, _of_invalid)
    blueprint.register_error_handler(NotFound, lambda _: answer(404))
    blueprint.register_error_handler(NotAllowed, lambda _: answer(403))
    blueprint.register_error_handler(AlreadyDone, lambda _: answer(409, DONE_BEFORE))
    blueprint.register_error_handler(IntegrityError, lambda _: answer(409))
    blueprint.register_error_handler(Exception, _of_mistake)


def answer(status: int, message: str | None = None, at_fields: dict[str, list[str]] | None = None) -> Response:
    """An error of this status, in the one shape."""
    code, words = _WORDS.get(status) or (HTTPStatus(status).name.lower(), HTTPStatus(status).phrase)
    response = jsonify(error={"code": code, "message": message or words, "fields": at_fields or {}})
    response.status_code = status
    return response


def _answer_wrong_address() -> Response | None:
    error = request.routing_exception
    if not request.path.startswith(API) or not isinstance(error, HTTPException) or (error.code or 500) < 400:
        return None
    return _of_http(error)


def _of_http(error: HTTPException) -> Response:
    response = answer(error.code or 500)
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _of_invalid(error: Invalid) -> Response:
    at_fields = {name: [what] for name, what in error.fields.items() if name != WHOLE}
    return answer(422, error.fields.get(WHOLE), at_fields)


def _of_mistake(error: Exception) -> Response:
    log.error("api_failed", exc_info=error, extra={"endpoint": request.endpoint})
    return answer(500)
