"""What changed about a client since a moment: goals, pauses, consent, where they are."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.models import Client
from coach_portal.core.rules.may_send import FOREVER
from coach_portal.core.rules.preparation.material import Change
from coach_portal.core.rules.preparation.phrases import on
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts import labels
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.words import GoalWords
from coach_portal.core.services.preparing import statements


def changes(session: Session, client: Client, begins: datetime, as_of: datetime) -> list[Change]:
    """Everything that changed within this time, in five statements."""
    found = [
        *_goals(session, client, begins, as_of),
        *_pauses(session, client, begins, as_of),
        *_ledger(session, client, begins, as_of),
        *_wishes(session, client, begins, as_of),
        *_moves(session, client, begins, as_of),
    ]
    return sorted(found, key=lambda change: change.day)


def _goals(session: Session, client: Client, begins: datetime, as_of: datetime) -> Iterator[Change]:
    """A goal's terms follow one another: what was agreed before, then what holds now."""
    terms = statements.TERMS
    rows = bulk.fetch(session.connection(), statements.GOALS_AND_FORMER, {"client": client.id})
    seen: dict[int, dict[str, Any]] = {}
    for found in rows:
        row, told = found, found._asdict()
        title = _named(told, terms)
        if row.id not in seen:
            seen[row.id] = {name: told[name] for name in terms}
            for kind, at in (("added", row.created_at), ("retired", row.retired_at)):
                if at and begins <= at <= as_of:
                    yield Change(_day(at, client), kind, {"title": title}, row.id)
        if row.changed_at is None:
            continue
        after, before = seen[row.id], {name: told[f"old_{name}"] for name in terms}
        seen[row.id] = before
        if begins <= row.changed_at <= as_of:
            yield _changed(after, before, _day(row.changed_at, client), row.id)


def _changed(after: dict[str, Any], before: dict[str, Any], day: date, goal_id: int) -> Change:
    names = tuple(after)
    words = {"title": _named(after, names), "before": _named(before, names), "after": _named(after, names)}
    more, less = after["amount"], before["amount"]
    if more is not None and less is not None and more != less:
        grew = (more > less) == (after["direction"] == "at_least")
        return Change(day, "grown" if grew else "shrunk", words, goal_id)
    if words["before"] == words["after"]:
        words |= {"before": _how(before), "after": _how(after)}
    return Change(day, "changed", words, goal_id)


def _named(row: Any, names: tuple[str, ...]) -> str:
    told = {name: row[name] for name in names}
    words = GoalWords(told["title"], told["anchor"] or "", told["amount"], told["unit"] or "")
    return labels.agreed(words, language("en"), anchored=False, alone=True)


def _how(terms: dict[str, Any]) -> str:
    return f"{terms['anchor'] or 'no anchor'}, {terms['cadence'].replace('_', ' ')}"


def _pauses(session: Session, client: Client, begins: datetime, as_of: datetime) -> Iterator[Change]:
    for row in bulk.fetch(session.connection(), statements.PAUSES, _within(client, begins, as_of)):
        end = row.ended_at or row.until_at
        until = "" if end >= FOREVER else f", until {on(_day(end, client))}"
        yield Change(_day(row.began_at, client), "paused", {"until": until})


def _ledger(session: Session, client: Client, begins: datetime, as_of: datetime) -> Iterator[Change]:
    values = {"practice": client.practice_id, **_within(client, begins, as_of)}
    for row in bulk.fetch(session.connection(), statements.LEDGER, values):
        yield Change(_day(row.at, client), row.event)


def _wishes(session: Session, client: Client, begins: datetime, as_of: datetime) -> Iterator[Change]:
    for row in bulk.fetch(session.connection(), statements.WISHES, _within(client, begins, as_of)):
        yield Change(_day(row.at, client), "fewer")


def _moves(session: Session, client: Client, begins: datetime, as_of: datetime) -> Iterator[Change]:
    subject = {"practice": client.practice_id, "subject": f"client:{client.id}"}
    for row in bulk.fetch(session.connection(), statements.MOVES, subject | _within(client, begins, as_of)):
        if moved := row.detail.get("moved"):
            before, after = (name.rsplit("/", 1)[-1].replace("_", " ") for name in moved)
            yield Change(_day(row.at, client), "moved", {"before": before, "after": after})


def _day(at: datetime, client: Client) -> date:
    return at.astimezone(zone(client.timezone)).date()


def _within(client: Client, begins: datetime, as_of: datetime) -> dict[str, Any]:
    return {"client": client.id, "begins": begins, "as_of": as_of}
