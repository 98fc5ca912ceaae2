"""Doing what a client wished about when and how often we ask, so that their coach can take it back.

They say it by text, or choose it on their own page.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Client, Wish, tables
from coach_portal.core.rules import wishes as rules
from coach_portal.core.rules.habit.easing import next_less
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.replies.understanding import Understanding
from coach_portal.core.rules.texts.wishes import all_granted
from coach_portal.core.services import audit
from coach_portal.core.services.moments import pauses, schedules
from coach_portal.core.services.people import own_pages
from coach_portal.core.services.replies.arrival import Arrival
from coach_portal.core.services.replies.situation import Circumstances

_client, _schedule = tables.client, tables.schedule

# The hours in which a part of the day lies, and when we ask who wants to be asked then: (from, until, at).
ONLY = {"morning": ("", "12:00", "09:00"), "afternoon": ("12:00", "17:00", "14:00"), "evening": ("17:00", "", "18:30")}
NEVER = {"morning": ("12:00", "", "12:30"), "afternoon": ("", "12:00", "09:00"), "evening": ("", "17:00", "16:00")}
WEEK_ENDS = "reflection"
OPEN_QUESTIONS = frozenset({"wins", "reflection"})

_NOW = select(_client.c.pace, _client.c.texts_from, _client.c.texts_until).where(_client.c.id == bindparam("client"))
_SCHEDULES = select(_schedule.c.id, _schedule.c.kind, _schedule.c.days, _schedule.c.local_time).where(
    _schedule.c.client_id == bindparam("client"), _schedule.c.removed_at.is_(None)
)
_SET_CLIENT = update(_client).where(_client.c.id == bindparam("client_id"))
_SET_SCHEDULE = (
    update(_schedule)
    .where(_schedule.c.id == bindparam("schedule"), _schedule.c.removed_at.is_(None))
    .values(days=bindparam("on"), local_time=bindparam("at"), next_due_at=None)
)


def heard(body: str, around: Circumstances, understood: Understanding) -> rules.Heard | None:
    """The wishes of a text, where it may have any: not with danger or a stop in it, nor where we hold our answers.

    To the day's and the week's open questions "mornings are bad" is an answer; there only the plainest is a wish.
    """
    row = around.row
    if row.client_id is None or row.consent != "granted" or row.held_at is not None:
        return None
    if understood.risk or understood.acts & {"stop", "start", "help", "crisis"}:
        return None
    found = rules.hear(body, around.situation.locale, asked_to_go_on=row.go_on_asked_at is not None)
    if around.situation.prompt in OPEN_QUESTIONS and not _is_plain(found.wishes, body):
        return None
    return found if found.wishes else None


def _is_plain(wished: Sequence[rules.Wish], body: str) -> bool:
    return len(body.split()) > 1 and all(wish.kind in {"less", "half", "weekly", "more", "page"} for wish in wished)


def grant(connection: Connection, arrival: Arrival, wished: Sequence[rules.Wish], links: Links) -> str:
    """Do what was wished; answers what to say to it."""
    around = arrival.around
    done, told = [], []
    for wish in wished:
        if wish.kind == "page":
            told.append(own_pages.answer(connection, around, links))
            continue
        if wish.kind == "rest":
            pauses.begin(connection, around.row.practice_id, around.row.client_id, None, around.now)
        elif wish.kind == "go_on":
            pauses.end(connection, around.row.client_id, around.now)
        done.append(wish if wish.kind in {"rest", "go_on"} else _change(connection, arrival, wish))
    return " ".join([*([all_granted(done, around.situation.locale)] if done else []), *told[:1]])


def choose(session: Session, client: Client, kind: str, chosen: Mapping[str, str | None], now: datetime) -> Wish:
    """Do what a client chose on their own page, "pace" or "hours" (`chosen` as the columns have it): a wish as any."""
    before = _as_it_is(session.connection(), client.id)
    after = {
        "client": before["client"] | chosen,
        "schedules": {key: dict(one) for key, one in before["schedules"].items()},
    }
    if kind == "hours":
        opens, closes = chosen["texts_from"] or "", chosen["texts_until"] or ""
        _keep_within(after["schedules"], opens, closes, opens or _an_hour_before(closes))
    wish = Wish(practice_id=client.practice_id, client_id=client.id, kind=kind, before=before, after=after, at=now)
    session.add(wish)
    session.flush()
    _set(session.connection(), client.id, after, now)
    session.refresh(client)
    audit.record(session, client.practice_id, f"client:{client.id}", "choose", f"wish:{wish.id}", now)
    return wish


def undo(session: Session, by: str, client: Client, wish_id: int, now: datetime) -> None:
    """Ask as before the wish; `by` as the trail names who does it. Raises NotFound when there is no such wish of this
    client's, or no longer."""
    wish = session.get(Wish, wish_id)
    if wish is None or wish.client_id != client.id or wish.undone_at is not None:
        raise NotFound("no such wish")
    wish.undone_at = now
    session.flush()
    _set(session.connection(), client.id, wish.before, now)
    session.refresh(client)
    audit.record(session, client.practice_id, by, "undo_wish", f"wish:{wish.id}", now)


def standing(session: Session, client: Client, most: int = 3) -> list[Wish]:
    """What the client wished and nobody took back, the last first."""
    theirs = select(Wish).where(Wish.client_id == client.id, Wish.undone_at.is_(None))
    return list(session.scalars(theirs.order_by(Wish.id.desc()).limit(most)))


def _change(connection: Connection, arrival: Arrival, wish: rules.Wish) -> rules.Wish:
    """Change how they are asked, and keep the way back; answers the wish as it was granted."""
    client_id, now = arrival.around.row.client_id, arrival.around.now
    before = _as_it_is(connection, client_id)
    if wish.kind == "less":
        wish = rules.Wish(next_less(before["client"]["pace"]))  # type: ignore[arg-type]
    after = _wished(before, wish)
    _set(connection, client_id, after, now)
    row = {
        "practice_id": arrival.around.row.practice_id,
        "client_id": client_id,
        "message_id": arrival.message_id,
        "kind": wish.kind,
        "before": before,
        "after": after,
        "at": now,
    }
    connection.execute(insert(tables.wish), row)
    return wish


def _as_it_is(connection: Connection, client_id: int) -> dict[str, Any]:
    client = connection.execute(_NOW, {"client": client_id}).one()
    asked = connection.execute(_SCHEDULES, {"client": client_id}).all()
    return {
        "client": dict(client._mapping),
        "schedules": {str(row.id): {"kind": row.kind, "days": row.days, "at": row.local_time} for row in asked},
    }


def _wished(before: dict[str, Any], wish: rules.Wish) -> dict[str, Any]:
    client, asked = dict(before["client"]), {key: dict(one) for key, one in before["schedules"].items()}
    if wish.kind in {"half", "weekly", "more"}:
        client["pace"] = "full" if wish.kind == "more" else wish.kind
    for one in asked.values():
        if wish.kind == "days":
            one["days"] = _days_within(one, wish.days)
        elif wish.kind == "at" and one["kind"] == "check_in":
            one["at"] = wish.at
    if wish.kind in {"part", "not_part"}:
        opens, closes, at = (ONLY if wish.kind == "part" else NEVER)[wish.part]
        client |= {"texts_from": opens or None, "texts_until": closes or None}
        _keep_within(asked, opens, closes, at)
    return {"client": client, "schedules": asked}


def _keep_within(asked: dict[str, Any], opens: str, closes: str, at: str) -> None:
    """What is asked outside these hours is asked at `at` instead."""
    for one in asked.values():
        fits = (not opens or one["at"] >= opens) and (not closes or one["at"] < closes)
        one["at"] = one["at"] if fits else at


def _an_hour_before(closes: str) -> str:
    return f"{int(closes[:2]) - 1:02}{closes[2:]}" if closes else ""


def _days_within(one: dict[str, Any], wanted: str) -> str:
    """The days of a schedule that are wanted, or else those wanted; the week comes back on the last of them."""
    kept = "".join(day for day in one["days"] if day in wanted)
    if one["kind"] == WEEK_ENDS:
        return kept or wanted[-1]
    return kept or wanted


def _set(connection: Connection, client_id: int, wanted: dict[str, Any], now: datetime) -> None:
    connection.execute(_SET_CLIENT.values(**wanted["client"]), {"client_id": client_id})
    for schedule_id, one in wanted["schedules"].items():
        connection.execute(_SET_SCHEDULE, {"schedule": int(schedule_id), "on": one["days"], "at": one["at"]})
    schedules.wake_schedules(connection, client_id, now)
