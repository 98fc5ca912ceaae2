"""Notes about a client: the practice's own, never sent and never shown to the client."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Client, Coach, Note
from coach_portal.core.services import audit


def add(session: Session, coach: Coach, client: Client, body: str, now: datetime) -> Note:
    """Write a note down."""
    note = Note(practice_id=client.practice_id, client_id=client.id, coach_id=coach.id, body=body, created_at=now)
    session.add(note)
    session.flush()
    _record(session, coach, note, "add_note", now)
    return note


def change(session: Session, coach: Coach, note: Note, body: str, now: datetime) -> None:
    """Say it otherwise."""
    note.body, note.changed_at = body, now
    _record(session, coach, note, "change_note", now)


def remove(session: Session, coach: Coach, note: Note, now: datetime) -> None:
    """Take it away, until it is put back."""
    note.removed_at = now
    _record(session, coach, note, "remove_note", now)


def put_back(session: Session, coach: Coach, note: Note, now: datetime) -> None:
    """Take that back."""
    note.removed_at = None
    _record(session, coach, note, "put_note_back", now)


def note_of(session: Session, client: Client, note_id: int, *, removed: bool = False) -> Note:
    """The client's note with this id; `removed`: one that was taken away. Raises NotFound."""
    note = session.get(Note, note_id)
    if note is None or note.client_id != client.id or (note.removed_at is not None) != removed:
        raise NotFound("no such note")
    return note


def latest(session: Session, client: Client, most: int) -> list[tuple[Note, str]]:
    """The last notes with the names of who wrote them, newest first."""
    theirs = select(Note, Coach.name).join(Coach, Coach.id == Note.coach_id)
    standing = theirs.where(Note.client_id == client.id, Note.removed_at.is_(None))
    return [(note, author) for note, author in session.execute(standing.order_by(Note.id.desc()).limit(most))]


def _record(session: Session, coach: Coach, note: Note, action: str, now: datetime) -> None:
    audit.record(session, note.practice_id, audit.by(coach), action, f"note:{note.id}", now)
