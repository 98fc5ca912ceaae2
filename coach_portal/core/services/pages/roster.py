"""The roster: every client this coach may see, who needs them first, a page at a time, in a fixed number of statements.

How everybody stands is judged from bits that the database gathers; only those shown have their fortnight drawn.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.models import Coach, tables
from coach_portal.core.rules import marks
from coach_portal.core.rules.marks import Days, Mark, Tally
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.standing import ORDER, Situation, Standing, standing
from coach_portal.core.services import scope
from coach_portal.core.services.people import groups
from coach_portal.core.services.people import tags as tag_service
from coach_portal.core.services.people.groups import GroupLine
from coach_portal.core.services.progress import fortnights, strips

SHOWN = 50
"""Clients on a page: half of what a roster costs is its drawing."""

Alerts = Mapping[int, Sequence[tuple[str, datetime]]]

_client, _message, _appointment = tables.client, tables.message, tables.appointment
_goal, _alert = tables.goal, tables.alert
_RANK = {state: rank for rank, state in enumerate(ORDER)}
_ABOUT = ("id", "name", "timezone", "consent", "paused_until", "held_at", "unreachable_at", "created_at")
_HAS_GOAL = exists().where(_goal.c.client_id == _client.c.id, _goal.c.retired_at.is_(None))
_EVERYONE = select(*(_client.c[name] for name in _ABOUT), _HAS_GOAL.label("has_goal")).where(
    scope.VISIBLE, _client.c.archived_at.is_(None)
)
_ALERTS = select(_alert.c.client_id, _alert.c.kind, _alert.c.created_at).where(
    bulk.among(_alert.c.client_id, "clients"), _alert.c.closed_at.is_(None)
)
_HEARD_AT = (
    select(_message.c.created_at)
    .where(_message.c.client_id == _client.c.id, _message.c.direction == "in")
    .order_by(_message.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_NEXT_AT = (
    select(_appointment.c.starts_at)
    .where(
        _appointment.c.client_id == _client.c.id,
        _appointment.c.starts_at > bindparam("now"),
        _appointment.c.cancelled_at.is_(None),
    )
    .order_by(_appointment.c.starts_at)
    .limit(1)
    .scalar_subquery()
)
_TIMES = select(_client.c.id, _HEARD_AT.label("heard_at"), _NEXT_AT.label("next_at")).where(
    bulk.among(_client.c.id, "clients")
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which clients are wanted, as schemas.roster has it, and how many on a page."""

    standing: Standing | None = None
    tag: str | None = None
    group: int | None = None
    find: str | None = None
    sort: str = "needs"
    page: int = 1
    size: int = SHOWN


class Judged(NamedTuple):
    """One client as they stand, before anything of them is drawn."""

    row: Any
    today: date
    standing: Standing
    days: Days
    tags: tuple[str, ...]


class Times(NamedTuple):
    """When a client was last heard, and their next session."""

    heard_at: datetime | None
    next_at: datetime | None


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
    heard_at: datetime | None
    next_at: datetime | None
    marks: tuple[Mark, ...]
    flagged: tuple[int, ...]


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
    groups: list[GroupLine]


def read(session: Session, coach: Coach, now: datetime, wanted: Wanted) -> Roster:
    """Those wanted of everyone this coach may see who has not been archived."""
    rows = bulk.fetch(session.connection(), _EVERYONE, scope.who(coach))
    today = now.astimezone(zone(coach.timezone)).date()
    reached = {name: now.astimezone(zone(name)).date() for name in {row.timezone for row in rows}}
    # Who lives east of the coach may be a day ahead: the grid ends with the last day anyone has reached.
    days = marks.last_days(max([today, *reached.values()]))
    ids = [row.id for row in rows]
    alerts, told, tagged = (
        _alerts(session, ids),
        fortnights.read(session, ids, days),
        tag_service.of_clients(session, ids),
    )
    everyone = [_judged(row, reached[row.timezone], told, alerts, tagged, now) for row in rows]
    members = _members(session, coach, wanted.group)
    found = [one for one in everyone if _is_found(one, wanted) and (members is None or one.row.id in members)]
    counts = Counter(one.standing for one in found)
    ordered, times = _ordered(session, [one for one in found if wanted.standing in {None, one.standing}], wanted, now)
    pages = max(-(-len(ordered) // wanted.size), 1)
    page = min(wanted.page, pages)
    shown = ordered[(page - 1) * wanted.size : page * wanted.size]
    return Roster(
        days=days,
        today=today,
        lines=_lines(session, shown, times or _times(session, shown, now), alerts, days),
        ids=[one.row.id for one in ordered],
        counts={state: counts[state] for state in ORDER if counts[state]},
        everyone=len(found),
        page=page,
        pages=pages,
        tags=sorted({tag for tags in tagged.values() for tag in tags}, key=str.casefold),
        groups=groups.in_use(session, coach),
    )


def _members(session: Session, coach: Coach, group: int | None) -> set[int] | None:
    """Who is in the group asked for; nobody where it is none of the practice's, None where none is asked for."""
    if group is None:
        return None
    found = next((one for one in groups.in_use(session, coach) if one.id == group), None)
    return set(groups.members(session, coach, groups.group_of(session, coach, group))) if found else set()


def _alerts(session: Session, client_ids: Sequence[int]) -> Alerts:
    found: defaultdict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for row in bulk.fetch(session.connection(), _ALERTS, {"clients": client_ids}):
        found[row.client_id].append((row.kind, row.created_at))
    return found


def _judged(
    row: Any,
    today: date,
    told: fortnights.Fortnights,
    alerts: Alerts,
    tagged: Mapping[int, tuple[str, ...]],
    now: datetime,
) -> Judged:
    days = told.of(row.id, today)
    situation = Situation(
        row.consent,
        {kind for kind, _ in alerts.get(row.id, ())},
        row.held_at is not None,
        row.paused_until,
        row.unreachable_at is not None,
        row.has_goal,
        days,
    )
    return Judged(row, today, standing(situation, now), days, tagged.get(row.id, ()))


def _is_found(one: Judged, wanted: Wanted) -> bool:
    if wanted.tag is not None and wanted.tag not in one.tags:
        return False
    sought = (wanted.find or "").strip().casefold()
    return not sought or any(sought in word.casefold() for word in (one.row.name, *one.tags))


def _ordered(
    session: Session, found: Sequence[Judged], wanted: Wanted, now: datetime
) -> tuple[list[Judged], Mapping[int, Times]]:
    """Those found in the order wanted, and their times where the order asked for them."""
    by_name = sorted(found, key=lambda one: str(one.row.name).casefold())
    if wanted.sort not in {"heard", "session"}:
        keys = {"needs": _by_need, "name": lambda _: 0, "done": _by_share}
        return sorted(by_name, key=keys[wanted.sort]), {}
    times = _times(session, by_name, now)
    if wanted.sort == "heard":
        return sorted(by_name, key=lambda one: times[one.row.id].heard_at or one.row.created_at), times
    agreed = [one for one in by_name if times[one.row.id].next_at]
    agreed.sort(key=lambda one: times[one.row.id].next_at or now)
    return agreed + [one for one in by_name if not times[one.row.id].next_at], times


def _by_need(one: Judged) -> int:
    return _RANK[one.standing]


def _by_share(one: Judged) -> float:
    """Least done first; whoever has nothing to count comes last."""
    done, days = one.days.tally
    return done / days if days else 2


def _lines(
    session: Session, shown: Sequence[Judged], times: Mapping[int, Times], alerts: Alerts, days: Sequence[date]
) -> list[Line]:
    drawn = strips.of_clients(session, {one.row.id: one.row.timezone for one in shown}, days)
    lines = []
    for row, today, stands, known, tags in shown:
        reached = sum(day <= today for day in days)
        ahead: list[Mark] = ["ahead"] * (len(days) - reached)
        wants = {
            at.astimezone(zone(row.timezone)).date() for kind, at in alerts.get(row.id, ()) if kind != "bad_number"
        }
        lines.append(
            Line(
                id=row.id,
                name=row.name,
                timezone=row.timezone,
                standing=stands,
                tally=known.tally,
                tags=tags,
                invited_at=row.created_at,
                heard_at=times[row.id].heard_at,
                next_at=times[row.id].next_at,
                marks=(*drawn[row.id][:reached], *ahead),
                flagged=tuple(place for place, day in enumerate(days) if day in wants),
            )
        )
    return lines


def _times(session: Session, of: Sequence[Judged], now: datetime) -> dict[int, Times]:
    rows = bulk.fetch(session.connection(), _TIMES, {"clients": [one.row.id for one in of], "now": now})
    return {row.id: Times(row.heard_at, row.next_at) for row in rows}


def names(session: Session, coach: Coach, client_ids: Sequence[int]) -> list[str]:
    """The names of these clients, as far as this coach may see them, by the alphabet."""
    rows = select(_client.c.name).where(scope.visible(coach), _client.c.id.in_(client_ids))
    return sorted(session.scalars(rows), key=str.casefold)
