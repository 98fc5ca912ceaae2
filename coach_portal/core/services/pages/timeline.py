"""All that happened with one client on one line, newest first: texts, wins by hand, notes, goals, agreements, alerts.

Each kind is one statement that reads no more rows than a page shows, so that two years cost what two weeks do.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from coach_portal.core.models import (
    Alert,
    Appointment,
    Client,
    Coach,
    Consent,
    FormerTerms,
    Goal,
    Message,
    Note,
    Pause,
    Win,
    Wish,
)
from coach_portal.core.services import scope
from coach_portal.core.services.pages import banners, transcript
from coach_portal.core.services.pages.banners import Banners
from coach_portal.core.services.replies.readings import BY_COACH

PAGE = 40
SHOWN = {
    "all": "texts wins notes goals agreements sessions alerts",
    "texts": "texts",
    "wins": "deeds goals",
    "notes": "notes",
    "agreements": "agreements sessions alerts",
}
"""What can be looked at alone, by the sources that hold it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `what` is the row, or for a text what the conversation shows of it."""

    at: datetime
    kind: str
    what: Any
    more: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of it, newest first; `before` is where the page after begins, None where nothing is older."""

    now: datetime
    client: Client
    banners: Banners
    show: str
    entries: list[Entry]
    goals: dict[int, Goal]
    before: datetime | None


@dataclass(frozen=True, slots=True)
class _Ask:
    """Whose rows, how old at most, and how many."""

    session: Session
    client: Client
    now: datetime
    before: datetime
    goals: dict[int, Goal]

    def rows(self, model: Any, at: Any, *which: ColumnElement[bool]) -> Sequence[Any]:
        """The newest rows of a client's before a moment."""
        theirs = select(model).where(model.client_id == self.client.id, at < self.before, at.is_not(None), *which)
        return self.session.scalars(theirs.order_by(at.desc(), model.id.desc()).limit(PAGE + 1)).all()


def read(
    session: Session, coach: Coach, client_id: int, now: datetime, show: str = "all", before: datetime | None = None
) -> Timeline:
    """A page of what happened with a client this coach may see, before a moment if one is given. Raises NotFound."""
    client = scope.client_of(session, coach, client_id)
    goals = {goal.id: goal for goal in session.scalars(select(Goal).where(Goal.client_id == client.id))}
    asked = _Ask(session, client, now, before or datetime.max.replace(tzinfo=now.tzinfo), goals)
    show = show if show in SHOWN else "all"
    found = [entry for source in SHOWN[show].split() for entry in _SOURCES[source](asked)]
    found.sort(key=lambda entry: entry.at, reverse=True)
    entries = found[:PAGE]
    # What happened at the very moment of the last one stays with it: the next page begins before that.
    entries += [entry for entry in found[PAGE:] if entry.at == entries[-1].at]
    older = entries[-1].at if len(found) > len(entries) else None
    return Timeline(now, client, banners.read(session, client), show, entries, goals, older)


def _texts(ask: _Ask) -> Iterable[Entry]:
    # By id, which the index has in order; a text's row is written when it comes or is planned.
    theirs = select(Message).where(Message.client_id == ask.client.id, Message.created_at < ask.before)
    messages = ask.session.scalars(theirs.order_by(Message.id.desc()).limit(PAGE + 1)).all()
    for said in transcript.said(ask.session, messages, ask.goals):
        yield Entry(said.message.created_at, "text", said)


def _wins(ask: _Ask) -> Iterable[Entry]:
    """Those a coach logged: the others stand under the texts that told them."""
    return _deeds(ask, Win.source == BY_COACH, Win.message_id.is_(None))


def _deeds(ask: _Ask, *which: ColumnElement[bool]) -> Iterable[Entry]:
    for win in ask.rows(Win, Win.recorded_at, Win.undone_at.is_(None), *which):
        yield Entry(win.recorded_at, "win", win, transcript.win_in_words(win, ask.goals))


def _notes(ask: _Ask) -> Iterable[Entry]:
    for note in ask.rows(Note, Note.created_at, Note.removed_at.is_(None)):
        yield Entry(note.created_at, "note", note)


def _goals(ask: _Ask) -> Iterable[Entry]:
    for goal in ask.goals.values():
        if goal.created_at < ask.before:
            yield Entry(goal.created_at, "goal_agreed", goal)
        if goal.retired_at and goal.retired_at < ask.before:
            yield Entry(goal.retired_at, "goal_retired", goal)
    changed = select(FormerTerms).join(Goal, Goal.id == FormerTerms.goal_id)
    theirs = changed.where(Goal.client_id == ask.client.id, FormerTerms.changed_at < ask.before)
    for terms in ask.session.scalars(theirs.order_by(FormerTerms.changed_at.desc()).limit(PAGE + 1)):
        yield Entry(terms.changed_at, "goal_changed", ask.goals[terms.goal_id], terms.title)


def _agreements(ask: _Ask) -> Iterable[Entry]:
    for line in ask.rows(Consent, Consent.at, Consent.purpose == "check_in"):
        yield Entry(line.at, "consent", line)
    for pause in ask.rows(Pause, Pause.began_at):
        yield Entry(pause.began_at, "pause", pause)
    for wish in ask.rows(Wish, Wish.at, Wish.undone_at.is_(None)):
        yield Entry(wish.at, "wish", wish)


def _sessions(ask: _Ask) -> Iterable[Entry]:
    for met in ask.rows(
        Appointment, Appointment.starts_at, Appointment.cancelled_at.is_(None), Appointment.starts_at <= ask.now
    ):
        yield Entry(met.starts_at, "session", met)


def _alerts(ask: _Ask) -> Iterable[Entry]:
    for alert in ask.rows(Alert, Alert.created_at):
        yield Entry(alert.created_at, "alert", alert)


_SOURCES: dict[str, Callable[[_Ask], Iterable[Entry]]] = {
    "texts": _texts,
    "wins": _wins,
    "deeds": _deeds,
    "notes": _notes,
    "goals": _goals,
    "agreements": _agreements,
    "sessions": _sessions,
    "alerts": _alerts,
}
