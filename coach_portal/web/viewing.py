"""Who looks at a client's page, or asks the API about one, stands in the audit log."""

import logging

from flask import Flask, Response, g, request
from sqlalchemy.exc import SQLAlchemyError

from coach_portal.core.services.records import viewing
from coach_portal.web.access import API, is_unattended
from coach_portal.web.portal import portal

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Look at every answer that showed something of one client."""
    app.after_request(_note)


def _note(response: Response) -> Response:
    client_id, coach_id = (request.view_args or {}).get("client_id"), _coach_id()
    shown = request.method == "GET" and response.status_code == 200
    if shown and isinstance(client_id, int) and coach_id and not is_unattended(request.endpoint):
        try:
            _write(coach_id, client_id, "api" if request.path.startswith(API) else "page")
        except SQLAlchemyError as error:
            # Who looks because somebody may be in danger must not be kept from it by a full disk.
            log.error("view not noted", extra={"client": client_id, "error": type(error).__name__})
    return response


def _coach_id() -> int | None:
    signed_in = g.get("signed_in")
    coach_id: int | None = signed_in.coach.id if signed_in else g.get("coach_id")
    return coach_id


def _write(coach_id: int, client_id: int, via: str) -> None:
    here = portal()
    with here.database.reading() as session:
        if viewing.is_noted(session.connection(), coach_id, client_id, here.now()):
            return
    with here.database.transaction() as connection:
        viewing.note(connection, coach_id, client_id, via, here.now())
