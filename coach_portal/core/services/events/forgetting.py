"""What is forgotten of what other software was told."""

from sqlalchemy import Connection, delete, select, update

from coach_portal.core.models import tables

_event, _delivery, _kept = tables.event, tables.event_delivery, tables.kept_answer


def forget(connection: Connection, practice_id: int, client_id: int) -> None:
    """Forget a client's events, and what the practice's other software was answered
    lately: it may name them. Whoever asks again is told that it was done.
    """
    theirs = select(_event.c.id).where(_event.c.client_id == client_id)
    connection.execute(delete(_delivery).where(_delivery.c.event_id.in_(theirs)))
    connection.execute(delete(_event).where(_event.c.client_id == client_id))
    connection.execute(update(_kept).where(_kept.c.practice_id == practice_id).values(answer=None))
