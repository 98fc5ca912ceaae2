"""A practice with as many clients as a trial wants, written straight into the database the server uses."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select

from coach_portal.core.db import Database
from coach_portal.core.models import CheckInSchedule, Client, Coach, CoachClient, Goal, SendingNumber
from coach_portal.core.rules.schedule import EVERY_DAY, zone
from coach_portal.core.services.practice import practices

PRACTICE_PHONE = "+16175550100"
COACH_PHONE = "+16175550101"


def open_practice(database: Database, now: datetime) -> Coach:
    """The practice and its owner, Alice, who has a phone for alerts."""
    with database.session() as session:
        owner = practices.open_practice(
            session,
            practice="Moreau Coaching",
            number=PRACTICE_PHONE,
            name="Alice Moreau",
            email="alice@example.com",
            password="seven quiet mornings",
            now=now,
            sender_class="local_10dlc_high",
        )
        owner.phone = COACH_PHONE
        session.flush()
        session.expunge(owner)
    return owner


def phone_of(number: int) -> str:
    """The phone of a client by number, from 0."""
    return f"+1212555{number:04}"


def take_on(database: Database, coach: Coach, clients: Sequence[dict[str, Any]], now: datetime) -> list[int]:
    """Clients who have said YES, unless their row says otherwise; answers their ids, in order."""
    with database.session() as session:
        number = session.scalars(select(SendingNumber)).one()
        common = {
            "practice_id": coach.practice_id,
            "sending_number_id": number.id,
            "country": "US",
            "timezone": zone_at_noon(now),
            "locale": "en",
            "consent": "granted",
            "touches_per_day": 2,
            "created_at": now,
        }
        rows = [common | {"phone": phone_of(place)} | client for place, client in enumerate(clients)]
        made = session.scalars(insert(Client).returning(Client.id, sort_by_parameter_order=True), rows)
        ids = list(made)
        links = [{"coach_id": coach.id, "client_id": client_id} for client_id in ids]
        session.execute(insert(CoachClient), links)
    return ids


def add_goals(database: Database, coach: Coach, goals: Sequence[dict[str, Any]], now: datetime) -> list[int]:
    """Goals by their `client_id`, `position` and `title`; answers their ids, in order."""
    common = {"practice_id": coach.practice_id, "cadence": "daily", "direction": "at_least", "created_at": now}
    with database.session() as session:
        rows = [common | goal for goal in goals]
        return list(session.scalars(insert(Goal).returning(Goal.id, sort_by_parameter_order=True), rows))


def ask_now(
    database: Database,
    coach: Coach,
    client_ids: Sequence[int],
    now: datetime,
    kind: str = "check_in",
    *,
    awake: bool = True,
    where: str | None = None,
) -> list[int]:
    """A schedule for each client, due this very minute unless it is not awake; answers their ids, in order.

    `where` is their zone, if it was chosen at another moment.
    """
    due_at = now.replace(second=0, microsecond=0)
    local = due_at.astimezone(zone(where or zone_at_noon(now)))
    common = {
        "practice_id": coach.practice_id,
        "kind": kind,
        "days": EVERY_DAY,
        "local_time": f"{local:%H:%M}",
        "next_due_at": due_at if awake else None,
        "created_at": now,
    }
    with database.session() as session:
        rows = [common | {"client_id": client_id} for client_id in client_ids]
        made = insert(CheckInSchedule).returning(CheckInSchedule.id, sort_by_parameter_order=True)
        return list(session.scalars(made, rows))


def zone_at_noon(now: datetime) -> str:
    """A zone where it is now between noon and one, so that a trial may text whenever it is run."""
    west = now.astimezone(UTC).hour - 12
    return f"Etc/GMT{west:+}"
