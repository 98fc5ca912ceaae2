"""Everything about one client: taken out, and forgotten."""

from typing import Any

from sqlalchemy import select

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Erasure
from coach_portal.core.rules import roles
from coach_portal.core.schemas.keeping import EraseSchema, ErasureOut, ExportOut
from coach_portal.core.services.records import erasure, outgoing
from coach_portal.web.api.views import Work, creates, shows
from coach_portal.web.portal import portal


@shows("/clients/<int:client_id>/export", ExportOut, tag="Data", scope="data")
def export_client(work: Work, client_id: int) -> dict[str, Any]:
    """Everything about one client

    What the page gives as JSON. That it was taken is in the audit log.
    """
    client = work.client(client_id)
    told = outgoing.of_person(work.session, client, work.now)
    rows = {name: rows for name, rows in told.items() if isinstance(rows, list)}
    _note(work, client_id)
    return {"made_at": work.now, "client_id": client_id, "tables": rows}


@creates("/clients/<int:client_id>/erasure", ErasureOut, given=EraseSchema, tag="Data", scope="data")
def erase_client(work: Work, data: dict[str, Any], client_id: int) -> Erasure:
    """Forget one client, everywhere and for good

    For the owner; `name` must be the client's. Rows go at once, copies at the carrier within minutes: `done_at` tells
    when the last one did. Proof of consent and an opt-out stay.
    """
    client = work.client(client_id)
    return erasure.erase_client(work.session, work.coach, client, data["name"], work.now, strike=data["strike"])


@shows("/erasures/<int:erasure_id>", ErasureOut, tag="Data", scope="data")
def show_erasure(work: Work, erasure_id: int) -> Erasure:
    """How far an erasure is"""
    mine = select(Erasure).where(Erasure.id == erasure_id, Erasure.practice_id == work.coach.practice_id)
    found = work.session.scalar(mine)
    if found is None or not roles.may(work.coach.role, "erase"):
        raise NotFound("no such erasure")
    return found


def _note(work: Work, client_id: int) -> None:
    # The view's own transaction only reads.
    with portal().writing() as (session, _):
        outgoing.note(session, work.coach, f"client:{client_id}", "api", work.now)
