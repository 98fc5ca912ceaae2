"""The roster: every client this coach may see, who needs them first, a page at a time, in a fixed number of statements.

How everybody stands is judged from bits that the database gathers; only those shown have their fortnight drawn.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.models import Coach, tables
from coach_portal.core.rules import marks
from coach_portal.core.rules.marks import Mark, Tally
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.standing import ORDER, Situation, Standing, standing
from coach_portal.core.services import scope
from coach_portal.core.services.people import tags as tag_service
from coach_portal.core.services.progress import fortnights, strips

SHOWN = 50
"""Clients on a page: half of what a roster costs is its drawing."""

Alerts = Mapping[int, Sequence[tuple[str, datetime]]]

_client, _message, _appointment = tables.client, tables.message, tables.appointment
_RANK = {state: rank for rank, state in enumerate(ORDER)}
_ABOUT = ("id", "name", "timezone", "consent", "paused_until", "held_at", "unreachable_at", "created_at")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which clients are wanted, as schemas.roster has it, and how many on a page."""

    standing: Standing | None = None
    tag: str | None = None
    find: str | None = None
    sort: str = "needs"
    page: int = 1
    size: int = SHOWN


@dataclass(frozen=True, slots=True)
class Line:
    """One client in the roster. `flagged` are the places in the strip of days with a text that wants the coach."""

    id: int
    name: str
    timezone: str
    standing: Standing
    tally: Tally
    tags: tuple[str, ...]
    invited_at: datetime
    today: date
    heard_at: datetime | None = None
    next_at: datetime | None = None
    marks: tuple[Mark, ...] = ()
    flagged: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """The lines of one page, above the days they share. `counts` are of all who were found, however they stand."""

    days: tuple[date, ...]
    today: date
    lines: list[Line]
    ids: list[int]
    counts: dict[Standing, int]
    everyone: int
    page: int
    pages: int
    tags: list[str]


_KEYS: dict[str, Callable[[Line], Any]] = {
    "needs": lambda line: _RANK[line.standing],
    "name": lambda line: 0,
    # Whoever has nothing to count comes last.
    "done": lambda line: line.tally.done / line.tally.days if line.tally.days else 2,
    "heard": lambda line: line.heard_at or line.invited_at,
    "session": lambda line: (line.next_at is None, line.next_at or line.invited_at),
}


def read(session: Session, coach: Coach, now: datetime, wanted: Wanted) -> Roster:
    """Those wanted of everyone this coach may see who has not been archived."""
    ids = scope.ids_of(coach).where(_client.c.archived_at.is_(None))
    rows = _everyone(session, coach)
    today = now.astimezone(zone(coach.timezone)).date()
    reached = {name: now.astimezone(zone(name)).date() for name in {row.timezone for row in rows}}
    # Who lives east of the coach may be a day ahead: the grid ends with the last day anyone has reached.
    days = marks.last_days(max([today, *reached.values()]))
    alerts, told = _alerts(session, ids), fortnights.read(session, ids, days)
    tagged = tag_service.of_clients(session, ids)
    everyone = [_line(row, reached[row.timezone], told, alerts.get(row.id, ()), tagged, now) for row in rows]
    found = [line for line in everyone if _is_found(line, wanted)]
    counts = Counter(line.standing for line in found)
    chosen = [line for line in found if wanted.standing in {None, line.standing}]
    pages = max(-(-len(chosen) // wanted.size), 1)
    page = min(wanted.page, pages)
    ordered = _ordered(session, chosen, wanted, now)
    shown = ordered[(page - 1) * wanted.size : page * wanted.size]
    return Roster(
        days=days,
        today=today,
        lines=_drawn(session, shown, alerts, days, now),
        ids=[line.id for line in ordered],
        counts={state: counts[state] for state in ORDER if counts[state]},
        everyone=len(found),
        page=page,
        pages=pages,
        tags=sorted({tag for tags in tagged.values() for tag in tags}, key=str.casefold),
    )


def _everyone(session: Session, coach: Coach) -> list[Any]:
    goal = tables.goal
    has_goal = exists().where(goal.c.client_id == _client.c.id, goal.c.retired_at.is_(None)).label("has_goal")
    mine = select(*(_client.c[name] for name in _ABOUT), has_goal)
    return bulk.fetch(session.connection(), mine.where(scope.visible(coach), _client.c.archived_at.is_(None)), {})


def _alerts(session: Session, ids: Any) -> Alerts:
    alert = tables.alert
    found: defaultdict[int, list[tuple[str, datetime]]] = defaultdict(list)
    rows = select(alert.c.client_id, alert.c.kind, alert.c.created_at).where(
        alert.c.client_id.in_(ids), alert.c.closed_at.is_(None)
    )
    for client_id, kind, at in session.execute(rows):
        found[client_id].append((kind, at))
    return found


def _line(
    row: Any,
    today: date,
    told: fortnights.Fortnights,
    alerts: Sequence[tuple[str, datetime]],
    tagged: Mapping[int, tuple[str, ...]],
    now: datetime,
) -> Line:
    days = told.of(row.id, today)
    situation = Situation(
        consent=row.consent,
        alerts={kind for kind, _ in alerts},
        held=row.held_at is not None,
        paused_until=row.paused_until,
        unreachable=row.unreachable_at is not None,
        has_goal=row.has_goal,
        days=days,
    )
    stands = standing(situation, now)
    return Line(row.id, row.name, row.timezone, stands, days.tally, tagged.get(row.id, ()), row.created_at, today)


def _is_found(line: Line, wanted: Wanted) -> bool:
    if wanted.tag is not None and wanted.tag not in line.tags:
        return False
    sought = (wanted.find or "").strip().casefold()
    return not sought or any(sought in word.casefold() for word in (line.name, *line.tags))


def _ordered(session: Session, lines: Sequence[Line], wanted: Wanted, now: datetime) -> list[Line]:
    by_name = sorted(lines, key=lambda line: line.name.casefold())
    if wanted.sort in {"heard", "session"}:
        by_name = _with_times(session, by_name, now)
    return sorted(by_name, key=_KEYS[wanted.sort])


def _drawn(session: Session, lines: Sequence[Line], alerts: Alerts, days: Sequence[date], now: datetime) -> list[Line]:
    drawn = strips.of_clients(session, {line.id: line.timezone for line in lines}, days)
    full = []
    for line in _with_times(session, lines, now):
        reached = sum(day <= line.today for day in days)
        ahead: list[Mark] = ["ahead"] * (len(days) - reached)
        wants = {
            at.astimezone(zone(line.timezone)).date() for kind, at in alerts.get(line.id, ()) if kind != "bad_number"
        }
        flagged = tuple(place for place, day in enumerate(days) if day in wants)
        full.append(replace(line, marks=(*drawn[line.id][:reached], *ahead), flagged=flagged))
    return full


def _with_times(session: Session, lines: Sequence[Line], now: datetime) -> list[Line]:
    """When each was last heard, and their next session; once known, not asked again."""
    if any(line.heard_at or line.next_at for line in lines):
        return list(lines)
    heard_at = (
        select(_message.c.created_at)
        .where(_message.c.client_id == _client.c.id, _message.c.direction == "in")
        .order_by(_message.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    next_at = (
        select(_appointment.c.starts_at)
        .where(
            _appointment.c.client_id == _client.c.id,
            _appointment.c.starts_at > now,
            _appointment.c.cancelled_at.is_(None),
        )
        .order_by(_appointment.c.starts_at)
        .limit(1)
        .scalar_subquery()
    )
    statement = select(_client.c.id, heard_at.label("heard_at"), next_at.label("next_at")).where(
        bulk.among(_client.c.id, "clients")
    )
    rows = bulk.fetch(session.connection(), statement, {"clients": [line.id for line in lines]})
    times = {row.id: (row.heard_at, row.next_at) for row in rows}
    return [replace(line, heard_at=times[line.id][0], next_at=times[line.id][1]) for line in lines]


def names(session: Session, coach: Coach, client_ids: Sequence[int]) -> list[str]:
    """The names of these clients, as far as this coach may see them, by the alphabet."""
    rows = select(_client.c.name).where(scope.visible(coach), _client.c.id.in_(client_ids))
    return sorted(session.scalars(rows), key=str.casefold)
