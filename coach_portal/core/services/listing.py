"""Lists, a page at a time: rows as plain columns, and a cursor to the page after.

A page begins where the last row of the page before ended, by id, so that rows added meanwhile move nothing: who
follows the cursors sees every row that was there once. Conversations and reports come newest first, what was agreed in
the order it was agreed.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.services import scope
from coach_portal.core.services.practice import tokens as api_tokens

USUAL = 50
"""How many rows a page has unless asked otherwise."""

_BAD_CURSOR = "Send what the page before gave as next, or leave it out for the first page."


@dataclass(frozen=True, slots=True)
class Window:
    """Which page is wanted: at most `limit` rows, those after `cursor` (none: from the beginning)."""

    limit: int = USUAL
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the cursor of the page after; None when this is the last."""

    items: Sequence[Row[Any]]
    next: str | None


def client_row(session: Session, coach: Coach, client_id: int) -> Row[Any]:
    """One client with `next_due_at`. Raises NotFound, for a stranger's client too."""
    row = session.execute(_clients(coach).where(tables.client.c.id == client_id)).first()
    if row is None:
        raise NotFound("no such client")
    return row


def clients(session: Session, coach: Coach, window: Window) -> Page:
    """The clients this coach may see, those of old first, each with `next_due_at`."""
    return _page(session, _clients(coach), tables.client.c.id, window)


def goals(session: Session, client: Client, window: Window) -> Page:
    """A client's goals in the order they see them, retired ones too: wins speak of those."""
    goal = tables.goal.c
    return _page(session, select(tables.goal).where(goal.client_id == client.id), goal.id, window)


def questions(session: Session, coach: Coach, window: Window) -> Page:
    """The practice's own Sunday questions, retired ones too."""
    question = tables.reflection_question.c
    own = select(tables.reflection_question).where(question.practice_id == coach.practice_id)
    return _page(session, own, question.id, window)


def schedules(session: Session, client: Client, window: Window) -> Page:
    """When a client is asked."""
    schedule = tables.schedule.c
    current = select(tables.schedule).where(schedule.client_id == client.id, schedule.removed_at.is_(None))
    return _page(session, current, schedule.id, window)


def appointments(session: Session, client: Client, window: Window) -> Page:
    """A client's sessions, the last agreed first."""
    appointment = tables.appointment.c
    mine = select(tables.appointment).where(appointment.client_id == client.id)
    return _page(session, mine, appointment.id, window, newest=True)


def consents(session: Session, client: Client, window: Window) -> Page:
    """What a client agreed to and took back, from the first line of the ledger on."""
    consent = tables.consent.c
    theirs = select(tables.consent).where(consent.client_id == client.id, consent.practice_id == client.practice_id)
    return _page(session, theirs, consent.id, window)


def wins(session: Session, client: Client, window: Window) -> Page:
    """What a client did, the last told first; `title` is the goal's, or the client's own words outside the goals."""
    standing = _wins(client).where(tables.win.c.undone_at.is_(None))
    return _page(session, standing, tables.win.c.id, window, newest=True)


def win_row(session: Session, client: Client, win_id: int) -> Row[Any]:
    """One win, as `wins` has it."""
    return session.execute(_wins(client).where(tables.win.c.id == win_id)).one()


def misses(session: Session, client: Client, window: Window) -> Page:
    """What a client said they did not do, the last told first, each with the goal's `title`."""
    miss, goal = tables.miss.c, tables.goal.c
    rows = select(tables.miss, goal.title).join(tables.goal, goal.id == miss.goal_id)
    standing = rows.where(miss.client_id == client.id, miss.undone_at.is_(None))
    return _page(session, standing, miss.id, window, newest=True)


def messages(session: Session, client: Client, window: Window) -> Page:
    """The conversation with a client, the newest first, each text with the client's `timezone`."""
    return _page(session, _messages(client), tables.message.c.id, window, newest=True)


def message_row(session: Session, client: Client, message_id: int) -> Row[Any]:
    """One text of the conversation with a client, as `messages` has it."""
    return session.execute(_messages(client).where(tables.message.c.id == message_id)).one()


def notes(session: Session, client: Client, window: Window) -> Page:
    """The practice's notes about a client, the newest first, each with `author`."""
    return _page(
        session, _notes(client).where(tables.note.c.removed_at.is_(None)), tables.note.c.id, window, newest=True
    )


def note_row(session: Session, client: Client, note_id: int) -> Row[Any]:
    """One note, as `notes` has it."""
    return session.execute(_notes(client).where(tables.note.c.id == note_id)).one()


def reflections(session: Session, client: Client, window: Window) -> Page:
    """A client's answers to reflective questions, the newest first."""
    reflection = tables.reflection.c
    theirs = select(tables.reflection).where(reflection.client_id == client.id)
    return _page(session, theirs, reflection.id, window, newest=True)


def tokens(session: Session, coach: Coach, window: Window) -> Page:
    """The API tokens this coach may see, revoked ones too, the newest first, each with `made_for`."""
    return _page(session, api_tokens.seen_by(coach), tables.api_token.c.id, window, newest=True)


def people(session: Session, coach: Coach, window: Window) -> Page:
    """Who is in the practice."""
    theirs = tables.coach.c
    here = select(theirs.id, theirs.name, theirs.email, theirs.role)
    return _page(session, here.where(theirs.practice_id == coach.practice_id, theirs.active), theirs.id, window)


def groups(session: Session, coach: Coach, window: Window) -> Page:
    """The practice's groups of clients."""
    group = tables.client_group.c
    return _page(session, select(tables.client_group).where(group.practice_id == coach.practice_id), group.id, window)


def alerts(session: Session, coach: Coach, window: Window, client: Client | None = None) -> Page:
    """What needs a human, open and closed, the newest first; of one client or of all whom this coach may see."""
    alert = tables.alert.c
    rows = select(tables.alert, tables.client.c.name.label("client_name")).outerjoin(
        tables.client, tables.client.c.id == alert.client_id
    )
    about = alert.client_id == client.id if client else _about_theirs(coach)
    mine = rows.where(alert.practice_id == coach.practice_id, about)
    return _page(session, mine, alert.id, window, newest=True)


def _clients(coach: Coach) -> Select[Any]:
    schedule = tables.schedule.c
    next_due = (
        select(func.min(schedule.next_due_at))
        .where(schedule.client_id == tables.client.c.id, schedule.removed_at.is_(None))
        .scalar_subquery()
    )
    return select(tables.client, next_due.label("next_due_at")).where(scope.visible(coach))


def _wins(client: Client) -> Select[Any]:
    win, goal = tables.win.c, tables.goal.c
    title = func.coalesce(goal.title, win.title).label("title")
    told = (win.id, win.goal_id, win.local_date, win.amount, win.source, win.message_id, win.recorded_at)
    rows = select(*told, title, goal.unit).select_from(tables.win).outerjoin(tables.goal, goal.id == win.goal_id)
    return rows.where(win.client_id == client.id)


def _notes(client: Client) -> Select[Any]:
    note, coach = tables.note.c, tables.coach.c
    rows = select(tables.note, coach.name.label("author")).join(tables.coach, coach.id == note.coach_id)
    return rows.where(note.client_id == client.id)


def _messages(client: Client) -> Select[Any]:
    message, of, left = tables.message.c, tables.client.c, tables.recording.c
    told = (of.timezone, left.seconds.label("recording_seconds"), left.transcript)
    rows = select(tables.message, *told).join(tables.client, of.id == message.client_id)
    rows = rows.outerjoin(tables.recording, left.message_id == message.id)
    return rows.where(message.client_id == client.id)


def _about_theirs(coach: Coach) -> ColumnElement[bool]:
    # An alert about nobody we know is for those who see the whole practice.
    about = tables.alert.c.client_id.in_(scope.ids_of(coach))
    return about | tables.alert.c.client_id.is_(None) if coach.role in scope.SEES_ALL else about


def some_of(items: Sequence[Any], window: Window) -> Page:
    """A page of what was read whole, in its own order: the cursor tells how many came before."""
    begins = _read_cursor(window.cursor) if window.cursor is not None else 0
    ends = begins + window.limit
    return Page(items[begins:ends], _cursor(ends) if len(items) > ends else None)


def _page(session: Session, rows: Select[Any], key: ColumnElement[int], window: Window, newest: bool = False) -> Page:
    if window.cursor is not None:
        last = _read_cursor(window.cursor)
        rows = rows.where(key < last if newest else key > last)
    found = session.execute(rows.order_by(key.desc() if newest else key).limit(window.limit + 1)).all()
    items = found[: window.limit]
    return Page(items, _cursor(items[-1].id) if len(found) > window.limit else None)


def _cursor(last_id: int) -> str:
    return base64.urlsafe_b64encode(f"after:{last_id}".encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> int:
    try:
        word, _, number = (
            base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode().partition(":")
        )
        last_id = int(number)
    except (binascii.Error, ValueError) as error:
        raise Invalid({"cursor": _BAD_CURSOR}) from error
    if word != "after" or not 0 < last_id < 2**63:
        raise Invalid({"cursor": _BAD_CURSOR})
    return last_id
