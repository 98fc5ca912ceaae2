"""A coach is away: who covers, and who was told so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Absence, Coach, tables
from coach_portal.core.rules.schedule import moment_of, zone
from coach_portal.core.rules.texts.holds import away as away_words
from coach_portal.core.services import audit, scope
from coach_portal.core.services.reaching import choices
from coach_portal.core.services.replies.situation import Circumstances

_absence, _told, _coach, _link = tables.absence, tables.absence_told, tables.coach, tables.coach_client

_colleague = _coach.alias("colleague")

_RUNNING = (
    select(_absence, _colleague.c.name.label("colleague"), _coach.c.timezone)
    .join(_coach, _coach.c.id == _absence.c.coach_id)
    .outerjoin(_colleague, (_colleague.c.id == _absence.c.covered_by) & _colleague.c.active)
    .where(_absence.c.coach_id == bindparam("coach"))
    .where(_absence.c.begins_at <= bindparam("now"), _absence.c.ends_at > bindparam("now"))
    .order_by(_absence.c.id.desc())
    .limit(1)
)
_COACH_OF = select(_link.c.coach_id).where(_link.c.client_id == bindparam("client")).order_by(_link.c.coach_id).limit(1)
_TELL = {
    name: dialect.insert(_told).on_conflict_do_nothing().returning(_told.c.client_id)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


@dataclass(frozen=True, slots=True)
class Away:
    """An absence that is running: `covered_by` a colleague, `cover` whom to name, "" where nobody covers."""

    id: int
    covered_by: int | None
    cover: str
    ends_at: datetime
    timezone: str


def absent(connection: Connection, coach_id: int, now: datetime) -> Away | None:
    """The absence that is running; None where the coach is here. A colleague who left covers nobody."""
    found = connection.execute(_RUNNING, {"coach": coach_id, "now": now}).one_or_none()
    if found is None:
        return None
    covered_by = found.covered_by if found.colleague else None
    return Away(found.id, covered_by, found.colleague or found.cover_name or "", found.ends_at, found.timezone)


def in_answer(connection: Connection, around: Circumstances) -> tuple[str, str]:
    """Whom the answer to a client's text names as its reader, and what it adds: once for each absence, that the coach
    is away and who covers."""
    coach_id = connection.execute(_COACH_OF, {"client": around.row.client_id}).scalar_one_or_none()
    away = absent(connection, coach_id, around.now) if coach_id is not None else None
    if away is None:
        return around.coach_name, ""
    reader = away.cover.partition(" ")[0] if away.covered_by is not None else around.coach_name
    told = {"absence_id": away.id, "client_id": around.row.client_id, "at": around.now}
    if connection.execute(_TELL[connection.dialect.name], told).first() is None:
        return reader, ""
    back_on = away.ends_at.astimezone(zone(away.timezone)).date()
    cover = reader if away.covered_by is not None else away.cover
    return reader, away_words(around.coach_name, cover, back_on, around.today, around.situation.locale)


def running_or_coming(session: Session, coach: Coach, now: datetime) -> Absence | None:
    """The absence to show this coach: the one that is running, else the next."""
    mine = select(Absence).where(Absence.coach_id == coach.id, Absence.ends_at > now)
    return session.scalars(mine.order_by(Absence.begins_at).limit(1)).first()


def who_may_cover(session: Session, coach: Coach) -> list[Coach]:
    """The colleagues who see this coach's clients anyway: whoever covers reads their words."""
    here = select(Coach).where(Coach.practice_id == coach.practice_id, Coach.active, Coach.id != coach.id)
    return list(session.scalars(here.where(Coach.role.in_(scope.SEES_ALL)).order_by(Coach.name)))


def go_away(session: Session, coach: Coach, data: Mapping[str, Any], now: datetime) -> Absence:
    """Be away from one local day until another, on which the coach is back. Raises Invalid.

    An absence that was planned or is running is replaced. `data` has "first_day", "back_on", "covered_by" (a
    colleague's id or None) and "cover_name".
    """
    begins = moment_of(data["first_day"], "00:00", coach.timezone)
    ends = moment_of(data["back_on"], "00:00", coach.timezone)
    if ends <= max(begins, now):
        raise Invalid({"back_on": "Choose a day after the first one, and after today."})
    colleagues = {colleague.id for colleague in who_may_cover(session, coach)}
    if data["covered_by"] is not None and data["covered_by"] not in colleagues:
        raise Invalid({"covered_by": "Choose a colleague who sees your clients."})
    come_back(session, coach, now)
    away = Absence(
        practice_id=coach.practice_id,
        coach_id=coach.id,
        begins_at=max(begins, now),
        ends_at=ends,
        covered_by=data["covered_by"],
        cover_name=data["cover_name"] or None if data["covered_by"] is None else None,
        created_at=now,
    )
    session.add(away)
    session.flush()
    audit.record(session, coach.practice_id, audit.by(coach), "go_away", f"absence:{away.id}", now)
    return away


def come_back(session: Session, coach: Coach, now: datetime) -> None:
    """End what is running, and call off what was to come."""
    for away in session.scalars(select(Absence).where(Absence.coach_id == coach.id, Absence.ends_at > now)):
        away.begins_at, away.ends_at = min(away.begins_at, now), now
        audit.record(session, coach.practice_id, audit.by(coach), "come_back", f"absence:{away.id}", now)
    choices.tell_anew(session, coach, now)
