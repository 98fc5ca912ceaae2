"""What stories need: clients, goals, schedules and planned texts, with sensible defaults."""

from datetime import datetime
from typing import Any

from coach_portal.core.db import Database
from coach_portal.core.models import Client, Coach, Practice
from coach_portal.core.services.moments import schedules
from coach_portal.core.services.people import clients, consent
from coach_portal.core.services.progress import goals
from coach_portal.core.services.sending import outbox
from coach_portal.core.services.signing_in import sign_in
from tests.cast import ALICES_NUMBER, NOW, PASSWORD, RUTH, RUTHS_PHONE, Cast

EVERY_DAY = "1234567"


def make_client(database: Database, coach: int, *, agreed: bool = True, now: datetime = NOW, **details: Any) -> int:
    """Take a client on; they have said YES unless told otherwise."""
    with database.session() as session:
        client, _ = clients.add_client(session, session.get_one(Coach, coach), {**RUTH, **details}, now)
        if agreed:
            consent.grant(session.connection(), clients.party_of(client), None, now)
        return client.id


def make_goal(database: Database, cast: Cast, title: str = "5 squats", *, now: datetime = NOW, **agreed: Any) -> int:
    """Agree a goal with a client: Ruth, unless `client` says whose."""
    client = agreed.pop("client", cast.ruth)
    data = {"title": title, "cadence": "daily", "direction": "at_least", **agreed}
    with database.session() as session:
        coach = session.get_one(Coach, cast.alice)
        return goals.add_goal(session, coach, session.get_one(Client, client), data, now).id


def make_schedule(
    database: Database, cast: Cast, local_time: str = "09:00", *, now: datetime = NOW, **wanted: Any
) -> int:
    """Ask a client at a time, every day unless told otherwise: Ruth, unless `client` says whom."""
    client = wanted.pop("client", cast.ruth)
    data = {"kind": "check_in", "days": EVERY_DAY, "local_time": local_time, **wanted}
    with database.session() as session:
        coach = session.get_one(Coach, cast.alice)
        return schedules.add_schedule(session, coach, session.get_one(Client, client), data, now).id


def make_message(
    database: Database, cast: Cast, body: str = "How are you?", *, now: datetime = NOW, **more: Any
) -> int:
    """Plan a text to Ruth, by hand unless `kind` says otherwise."""
    with database.session() as session:
        practice_id = session.get_one(Coach, cast.alice).practice_id
        row = outbox.outgoing(
            **{
                "kind": "by_hand",
                "practice_id": practice_id,
                "client_id": cast.ruth,
                "from_phone": ALICES_NUMBER,
                "to_phone": RUTHS_PHONE,
                "body": body,
                "now": now,
                **more,
            }
        )
        return outbox.plan(session, row)


def make_coach(
    database: Database, cast: Cast, name: str = "Dana Fox", role: str = "coach", *, now: datetime = NOW
) -> int:
    """Someone more in Alice's practice; their address is their first name's."""
    with database.session() as session:
        practice = session.get_one(Practice, session.get_one(Coach, cast.alice).practice_id)
        email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
        return sign_in.add_coach(session, practice, name, email, role, PASSWORD, "America/New_York", now).id
