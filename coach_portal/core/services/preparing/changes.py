"""What changed about a client since a moment: goals, pauses, consent, where they are."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.models import Client, tables
from coach_portal.core.rules.may_send import FOREVER
from coach_portal.core.rules.preparation.material import Change
from coach_portal.core.rules.preparation.phrases import on
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts import labels
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.words import GoalWords

_goal, _former, _pause = tables.goal, tables.former_terms, tables.pause
_consent, _wish, _audit = tables.consent, tables.wish, tables.audit_event


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
    terms = ("title", "anchor", "cadence", "amount", "unit", "direction")
    rows = (
        select(
            _goal.c.id, _goal.c.created_at, _goal.c.retired_at, *(_goal.c[name] for name in terms),
            *(_former.c[name].label(f"old_{name}") for name in terms), _former.c.changed_at,
        )
        .outerjoin(_former, _former.c.goal_id == _goal.c.id)
        .where(_goal.c.client_id == client.id)
        .order_by(_goal.c.id, _former.c.id.desc())
    )  # fmt: skip
    seen: dict[int, dict[str, Any]] = {}
    for row in session.execute(rows):
        title = _named(row._mapping, terms)
        if row.id not in seen:
            seen[row.id] = {name: row._mapping[name] for name in terms}
            for kind, at in (("added", row.created_at), ("retired", row.retired_at)):
                if at and begins <= at <= as_of:
                    yield Change(_day(at, client), kind, {"title": title}, row.id)
        if row.changed_at is None:
            continue
        after, before = seen[row.id], {name: row._mapping[f"old_{name}"] for name in terms}
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
    rows = select(_pause).where(_pause.c.client_id == client.id, _pause.c.began_at.between(begins, as_of))
    for row in session.execute(rows.order_by(_pause.c.id)):
        end = row.ended_at or row.until_at
        until = "" if end >= FOREVER else f", until {on(_day(end, client))}"
        yield Change(_day(row.began_at, client), "paused", {"until": until})


def _ledger(session: Session, client: Client, begins: datetime, as_of: datetime) -> Iterator[Change]:
    rows = select(_consent.c.event, _consent.c.at).where(
        _consent.c.client_id == client.id,
        _consent.c.practice_id == client.practice_id,
        _consent.c.at.between(begins, as_of),
    )
    for row in session.execute(rows.order_by(_consent.c.id)):
        yield Change(_day(row.at, client), row.event)


def _wishes(session: Session, client: Client, begins: datetime, as_of: datetime) -> Iterator[Change]:
    rows = select(_wish.c.at).where(
        _wish.c.client_id == client.id, _wish.c.at.between(begins, as_of), _wish.c.undone_at.is_(None)
    )
    for row in session.execute(rows.order_by(_wish.c.id)):
        yield Change(_day(row.at, client), "fewer")


def _moves(session: Session, client: Client, begins: datetime, as_of: datetime) -> Iterator[Change]:
    rows = select(_audit.c.at, _audit.c.detail).where(
        _audit.c.practice_id == client.practice_id,
        _audit.c.subject == f"client:{client.id}",
        _audit.c.action == "edit_client",
        _audit.c.at.between(begins, as_of),
    )
    for row in session.execute(rows.order_by(_audit.c.id)):
        if moved := row.detail.get("moved"):
            before, after = (name.rsplit("/", 1)[-1].replace("_", " ") for name in moved)
            yield Change(_day(row.at, client), "moved", {"before": before, "after": after})


def _day(at: datetime, client: Client) -> date:
    return at.astimezone(zone(client.timezone)).date()
