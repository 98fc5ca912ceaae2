"""Rows that pages are about, written straight into the database."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.models import Alert, CheckIn, CheckInSchedule, Client, Coach, Goal, Message, Miss, Win
from coach_portal.core.services.people import clients, consent
from coach_portal.core.services.progress import goals

SQUATS = {"title": "5 squats", "anchor": "after I brush my teeth", "cadence": "daily", "amount": 5.0, "unit": "squats"}


def goal(session: Session, client_id: int, now: datetime, **changes) -> Goal:
    """A goal agreed now."""
    client = session.get_one(Client, client_id)
    coach = session.scalars(select(Coach).where(Coach.practice_id == client.practice_id)).first()
    return goals.add_goal(session, coach, client, SQUATS | changes, now)


def text_from(session: Session, client_id: int, body: str, at: datetime, understanding: dict | None = None) -> Message:
    """A text a client sent."""
    client = session.get_one(Client, client_id)
    message = Message(
        practice_id=client.practice_id,
        client_id=client_id,
        direction="in",
        kind="inbound",
        from_phone=client.phone,
        to_phone="+16175550100",
        body=body,
        state="received",
        understanding=understanding,
        created_at=at,
    )
    session.add(message)
    session.flush()
    return message


def win(
    session: Session, of: Goal, on: date, at: datetime, amount: float | None = None, message: Message | None = None
):
    """A win."""
    message_id = message.id if message else None
    row = Win(practice_id=of.practice_id, client_id=of.client_id, goal_id=of.id, local_date=on, amount=amount)
    row.source, row.message_id, row.recorded_at = "text", message_id, at
    session.add(row)
    session.flush()
    return row


def miss(session: Session, of: Goal, on: date, at: datetime, message: Message | None = None) -> None:
    """A miss."""
    row = Miss(practice_id=of.practice_id, client_id=of.client_id, goal_id=of.id, local_date=on, recorded_at=at)
    row.message_id = message.id if message else None
    session.add(row)


def asked(session: Session, of: Goal, on: date, at: datetime, state: str = "asked") -> None:
    """A check-in about one goal."""
    schedule_id = session.scalar(select(CheckInSchedule.id).where(CheckInSchedule.client_id == of.client_id))
    row = CheckIn(practice_id=of.practice_id, client_id=of.client_id, schedule_id=schedule_id, kind="check_in")
    row.local_date, row.due_at, row.goal_ids, row.open_goal_ids, row.state = on, at, [of.id], [], state
    session.add(row)


def alert(session: Session, client_id: int, kind: str, at: datetime, message: Message | None = None) -> Alert:
    """Something that wants the coach."""
    practice_id = session.get_one(Client, client_id).practice_id
    row = Alert(practice_id=practice_id, client_id=client_id, kind=kind, created_at=at)
    row.message_id = message.id if message else None
    session.add(row)
    session.flush()
    return row


def crowd(session: Session, coach_id: int, number: int, now: datetime) -> None:
    """So many more clients, each with a goal and a week of wins."""
    coach = session.get_one(Coach, coach_id)
    for place in range(number):
        data = {"name": f"Client {place}", "phone": f"+1617556{place:04}", "timezone": "America/New_York"}
        client, _ = clients.add_client(session, coach, data | {"locale": "en", "country": "US"}, now)
        consent.grant(session.connection(), clients.party_of(client), None, now)
        of = goal(session, client.id, now)
        for back in range(7):
            win(session, of, now.date() - timedelta(days=back), now, 5)
