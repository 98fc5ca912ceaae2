"""When a coach reads a text otherwise than we did: the record is mended, the history kept, the words learnt.

A correction says what a text reports, and that alone: consent, pauses, alerts and holds stay as the text left them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Client, Coach, Correction, Goal, Message
from coach_portal.core.services import audit, scope
from coach_portal.core.services.replies import own_words, readings

FARTHEST_BACK = timedelta(days=366)
UNSURE_BELOW = 0.7
"""Understandings less sure than this wait for a coach's look; the index on messages knows the same figure."""

Reading = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Change:
    """What we first made of a text, what it was taken for until now, and what it is taken for from now on."""

    first: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]


def unsure(coach: Coach) -> Select[Message]:
    """The texts of this coach's clients that we are unsure of and nobody has looked at yet, newest first.

    Words under a safety hold are in no list, and a text that told of danger has been looked at as such.
    """
    return (
        select(Message)
        .join(Client, Client.id == Message.client_id)
        .where(
            scope.visible(coach),
            Client.archived_at.is_(None),
            Client.held_reason.is_distinct_from("safety"),
            Message.practice_id == coach.practice_id,
            # Written out, so that both databases see that the partial index holds these rows.
            Message.direction == literal("in", literal_execute=True),
            Message.reviewed_at.is_(None),
            Message.confidence < literal(UNSURE_BELOW, literal_execute=True),
            Message.understanding["risk"].as_string().is_distinct_from("explicit"),
        )
        .order_by(Message.id.desc())
    )


def text_of(
    session: Session, coach: Coach, client_id: int, message_id: int, *, to_change: bool = False
) -> tuple[Client, Message]:
    """A client this coach may see, and one text of theirs; `to_change` has colleagues wait. Raises NotFound."""
    client = scope.client_of(session, coach, client_id)
    message = session.get(Message, message_id, with_for_update=to_change)
    if message is None or message.client_id != client.id or message.direction != "in":
        raise NotFound("no such text")
    return client, message


def confirm(session: Session, coach: Coach, message: Message, now: datetime) -> None:
    """The coach read it as we did."""
    message.reviewed_at = now
    audit.record(session, coach.practice_id, audit.by(coach), "confirm_reading", f"message:{message.id}", now)


def look_again(session: Session, coach: Coach, message: Message, now: datetime) -> None:
    """The coach takes a confirmation back."""
    message.reviewed_at = None
    audit.record(session, coach.practice_id, audit.by(coach), "unconfirm_reading", f"message:{message.id}", now)


def correct(
    session: Session, coach: Coach, client: Client, message: Message, reading: Reading, now: datetime
) -> Correction | None:
    """Record what the text really said instead of what we took it for; None when that is what we took it for.

    `reading`: {"wins": [{"goal_id", "amount", "on"}], "misses": [goal_id]}; a goal_id of None is a win outside the
    goals, whose "title" says it in words. Raises Invalid for goals that are not the client's, days to come, and
    a goal both done and not done on one day.
    """
    goals = {goal.id: goal for goal in session.scalars(select(Goal).where(Goal.client_id == client.id))}
    _check(reading, goals, message, client)
    before, first = readings.as_it_stands(session, message), _first(session, message)
    after = readings.mended(first, reading, message.body)
    if readings.same(after, before):
        confirm(session, coach, message, now)
        return None
    own_words.forget(before, goals)
    if after["corrected"] and (learnt := own_words.learn(message.body, first, after, goals)):
        after["learnt"] = learnt
    return _change(session, coach, client, message, _Change(first, before, after), now)


def undo(
    session: Session, coach: Coach, client: Client, message: Message, correction_id: int, now: datetime
) -> Correction:
    """Read the text again as before its last correction. Raises Invalid when that is another one by now."""
    last = session.scalars(_corrections(message).order_by(Correction.id.desc()).limit(1)).first()
    if last is None or last.id != correction_id:
        raise Invalid({"correction": "This text has been looked at again since. Correct it instead."})
    goals = {goal.id: goal for goal in session.scalars(select(Goal).where(Goal.client_id == client.id))}
    own_words.forget(last.after, goals)
    own_words.remember(last.before, goals)
    change = _Change(_first(session, message), last.after, last.before)
    return _change(session, coach, client, message, change, now)


def _change(
    session: Session, coach: Coach, client: Client, message: Message, change: _Change, now: datetime
) -> Correction:
    after = change.after
    readings.record(session, client, message, after, change.first, now)
    readings.close_question(session, client, message)
    message.understanding, message.confidence = after, after.get("confidence")
    message.reviewed_at = now if readings.is_by_hand(after) else None
    correction = Correction(
        practice_id=client.practice_id,
        message_id=message.id,
        coach_id=coach.id,
        before=change.before,
        after=after,
        at=now,
    )
    session.add(correction)
    session.flush()
    audit.record(session, client.practice_id, audit.by(coach), "correct", f"message:{message.id}", now)
    return correction


def _corrections(message: Message) -> Select[Correction]:
    return select(Correction).where(Correction.message_id == message.id)


def _first(session: Session, message: Message) -> dict[str, Any]:
    """What we made of the text ourselves, before anyone corrected it."""
    first = session.scalars(_corrections(message).order_by(Correction.id).limit(1)).first()
    return dict((first.before if first else message.understanding) or {})


def _check(reading: Reading, goals: Mapping[int, Goal], message: Message, client: Client) -> None:
    today = readings.day_of(message, client)
    for name, named in (
        ("wins", [win["goal_id"] for win in reading["wins"]]),
        ("misses", list(reading["misses"])),
    ):
        if strangers := set(named) - set(goals) - {None}:
            raise Invalid({name: f"This client has no goal with the id {min(strangers)}."})
    if any(not today - FARTHEST_BACK <= win["on"] <= today for win in reading["wins"]):
        raise Invalid({"wins": "Choose the day of the text or one in the year before it."})
    done = {win["goal_id"] for win in reading["wins"] if win["on"] == today}
    if both := done & set(reading["misses"]):
        raise Invalid({"misses": f"{goals[min(both)].title} cannot be both done and not done that day."})
