"""The picture of a week: drawn when it is first asked for, from the week as it then stands, and kept until it expires.

So the sweep that plans a hundred thousand digests draws nothing, and the carrier's own look at the picture draws it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Client, Coach, Digest, Goal, Message, Practice, Win
from coach_portal.core.ports import FileStore, PictureMaker
from coach_portal.core.rules.habit.record import strip
from coach_portal.core.rules.marks import DID, Tally
from coach_portal.core.rules.pictures import GoalStrip, PicturedWeek, kept_as, picture
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts.digests import moment_of_week
from coach_portal.core.services import audit, scope
from coach_portal.core.services.progress import habits
from coach_portal.core.services.week.weeks import QUOTE_FROM, QUOTE_TO, days_meant

_TOKEN = re.compile(r"[\w-]{16,32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shown:
    """A week that may be shown: under which name its picture is kept, and how it is drawn where it is not."""

    name: str
    week: PicturedWeek
    locale: str


def opened_by(session: Session, token: str, now: datetime) -> Shown:
    """The week that this token opens. Raises NotFound when it opens none, no longer, or never did."""
    mine = select(Digest).where(Digest.picture_token == token, Digest.picture_until > now)
    found = session.scalar(mine) if _TOKEN.fullmatch(token) else None
    if found is None:
        raise NotFound("no such picture")
    return shown(session, found)


def seen_by(session: Session, coach: Coach, client_id: int, digest_id: int) -> Shown:
    """The same week for the client's coach, who needs no token. Raises NotFound."""
    return shown(session, digest_of(session, coach, client_id, digest_id))


def digest_of(session: Session, coach: Coach, client_id: int, digest_id: int) -> Digest:
    """One digest of a client whom this coach may see. Raises NotFound."""
    client = scope.client_of(session, coach, client_id)
    found = session.scalar(select(Digest).where(Digest.id == digest_id, Digest.client_id == client.id))
    if found is None:
        raise NotFound("no such week")
    return found


def png_of(shown: Shown, files: FileStore, maker: PictureMaker) -> bytes:
    """The picture, drawn only if nobody asked for it before."""
    kept = files.get(shown.name)
    if kept is not None:
        return kept
    drawn = maker.png(picture(shown.week, shown.locale))
    files.put(shown.name, drawn, "image/png")
    return drawn


def close(session: Session, coach: Coach, digest: Digest, files: FileStore, now: datetime) -> None:
    """Its link opens nothing from now on."""
    digest.picture_until = min(digest.picture_until or now, now)
    files.delete(kept_as(digest.id, digest.picture_token))
    audit.record(session, digest.practice_id, audit.by(coach), "close_picture", f"digest:{digest.id}", now)


def week_of(session: Session, client: Client, first_day: date, *, practice: str = "") -> PicturedWeek:
    """A client's seven days from this one on, as they stand."""
    days = [first_day + timedelta(days=offset) for offset in range(7)]
    goals = _goals(session, client, days)
    known = habits.read(session, [client.id], days[0])
    strips = []
    for goal in goals:
        record = known.record(goal, client.timezone)
        told = strip(record, days)
        # Counted as the text counts, so that the two never differ.
        done = sum(mark in DID for mark in told)
        until = days[-1] if goal.retired_at is None else habits.began_on(goal.retired_at, client.timezone)
        meant = days_meant(goal.cadence, max(days[0], record.began), min(days[-1], until), tuple(record.rests))
        strips.append(GoalStrip(goal.title, told, Tally(done, max(done, meant))))
    wins = _wins(session, client, days)
    quote = moment_of_week([body for _, body in wins if body], [goal.title for goal in goals], client.locale)
    return PicturedWeek(
        client=client.name.partition(" ")[0],
        days=days,
        goals=strips,
        own_wins=[title for title, _ in wins if title],
        quote=quote,
        practice=practice,
    )


def shown(session: Session, digest: Digest) -> Shown:
    """The week of a digest, for whoever may see it."""
    client = session.get_one(Client, digest.client_id)
    practice = session.get_one(Practice, digest.practice_id)
    week = week_of(session, client, digest.week_start, practice=practice.name)
    return Shown(kept_as(digest.id, digest.picture_token), week, client.locale)


def _goals(session: Session, client: Client, days: Sequence[date]) -> list[Goal]:
    """The goals there were in that week, in the order the client sees them."""
    mine = select(Goal).where(Goal.client_id == client.id).order_by(Goal.position)
    tz = zone(client.timezone)
    return [
        goal
        for goal in session.scalars(mine)
        if goal.created_at.astimezone(tz).date() <= days[-1]
        and (goal.retired_at is None or goal.retired_at.astimezone(tz).date() >= days[0])
    ]


def _wins(session: Session, client: Client, days: Sequence[date]) -> list[tuple[str | None, str | None]]:
    """Of every win whose text may be shown: its words where it lies outside the goals, and that text if it is short."""
    safe = Message.understanding["risk"].as_string().is_(None)
    told = (
        select(Win.title, Message.body)
        .outerjoin(Message, Message.id == Win.message_id)
        .where(Win.client_id == client.id, Win.local_date.between(days[0], days[-1]), Win.undone_at.is_(None))
        .where(Win.message_id.is_(None) | safe)
        .order_by(Win.local_date, Win.id)
    )
    fits = range(QUOTE_FROM, QUOTE_TO + 1)
    return [
        (title, body if body and len(body) in fits and "\n" not in body else None)
        for title, body in session.execute(told)
    ]
