"""What comes in from elsewhere: judged against what is here, kept as a draft, and taken once, all of it or nothing.

A file is read by the schemas of forms and API before it comes here. What it says of consent is not believed: whoever
comes in is asked by text, or not yet.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Coach, ImportDraft, tables
from coach_portal.core.services import audit, scope
from coach_portal.core.services.records import incoming_clients, incoming_progress

Row = tuple[int, dict[str, Any]]
BadRow = tuple[int, dict[str, str]]
Judge = Callable[[Session, Coach, Sequence[Row], datetime], tuple[list[Row], list[BadRow]]]

_draft = tables.import_draft

JUDGES: Final[dict[str, Judge]] = {
    "clients": incoming_clients.judge,
    "goals": incoming_progress.judge_goals,
    "wins": incoming_progress.judge_wins,
}
# Of two presses at once the second waits for the row, and finds nothing to change.
_CLAIM = update(_draft).where(_draft.c.taken_at.is_(None))


def preview(
    session: Session, coach: Coach, kind: str, content: str, read: Sequence[Row], bad: Sequence[BadRow], now: datetime
) -> ImportDraft:
    """Keep a file that was read, with what is wrong with which of its lines; nothing else is saved."""
    good, refused = JUDGES[kind](session, coach, read, now)
    told = [[line, fields] for line, fields in sorted([*bad, *refused], key=lambda each: each[0])]
    draft = ImportDraft(practice_id=coach.practice_id, coach_id=coach.id, kind=kind, content=content, created_at=now)
    draft.good, draft.bad = len(good), told
    session.add(draft)
    session.flush()
    return draft


def take(
    session: Session,
    coach: Coach,
    draft: ImportDraft,
    read: Sequence[Row],
    bad: Sequence[BadRow],
    now: datetime,
    *,
    invite: bool,
) -> list[int]:
    """Take the rows that can be taken, once; answers the ids of invitations to queue.

    Rows that became bad since the preview are left out and named as the others are. Raises Invalid when the file's text
    is gone by now, or was never any.
    """
    claim = _CLAIM.where(_draft.c.id == draft.id).values(taken_at=now)
    if not draft.content and draft.taken_at is None:
        raise Invalid({"file": "This file is kept no longer. Choose it again."})
    if not session.connection().execute(claim).rowcount:
        session.refresh(draft)
        return []
    good, refused = JUDGES[draft.kind](session, coach, read, now)
    invitations: list[int] = []
    if draft.kind == "clients":
        invitations = incoming_clients.take(session, coach, [row for _, row in good], now, invite=invite)
    elif draft.kind == "goals":
        incoming_progress.take_goals(session, coach, [row for _, row in good], now)
    else:
        incoming_progress.take_wins(session, coach, [row for _, row in good], now)
    session.refresh(draft)
    draft.bad = [[line, fields] for line, fields in sorted([*bad, *refused], key=lambda each: each[0])]
    draft.good = draft.taken = len(good)
    counts = {"kind": draft.kind, "taken": draft.taken, "left_out": len(draft.bad)}
    audit.record(session, coach.practice_id, audit.by(coach), "import", f"import:{draft.id}", now, **counts)
    return invitations


def draft_of(session: Session, coach: Coach, draft_id: int) -> ImportDraft:
    """One draft: a coach's own, or any of the practice for owner and assistant. Raises NotFound."""
    mine = select(ImportDraft).where(ImportDraft.id == draft_id, ImportDraft.practice_id == coach.practice_id)
    if coach.role not in scope.SEES_ALL:
        mine = mine.where(ImportDraft.coach_id == coach.id)
    found = session.scalar(mine)
    if found is None:
        raise NotFound("no such import")
    return found
