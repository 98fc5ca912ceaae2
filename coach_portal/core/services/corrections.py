"""When a coach reads a text otherwise than we did: the record is mended, the history kept, the words learnt."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Client, Coach, Correction, Goal, Message, Miss, Win
from coach_portal.core.services import audit

UNSURE_BELOW = 0.6
"""Understandings less sure than this wait for a coach's look; the index on messages knows the same figure."""
MOST_SYNONYMS = 40
LONGEST_SYNONYM = 120


def unsure(client_ids: Select[Any]) -> Select[Message]:
    """The texts of these clients that we are unsure of and nobody has looked at yet, newest first."""
    return (
        select(Message)
        .where(
            Message.direction == "in",
            Message.reviewed_at.is_(None),
            Message.confidence < UNSURE_BELOW,
            Message.client_id.in_(client_ids),
        )
        .order_by(Message.id.desc())
    )


def confirm(session: Session, coach: Coach, message: Message, now: datetime) -> None:
    """The coach read it as we did."""
    message.reviewed_at = now
    audit.record(session, coach.practice_id, audit.by(coach), "confirm_reading", f"message:{message.id}", now)


def correct(
    session: Session, coach: Coach, client: Client, message: Message, reading: Mapping[str, Any], now: datetime
) -> Correction:
    """Record what the text really said instead of what we took it for.

    `reading`: {"wins": [{"goal_id", "amount", "on"}], "misses": [goal_id]}; a goal_id of None is a win outside the
    goals. Raises Invalid for goals that are not the client's, or a day after the text.
    """
    goals = {goal.id: goal for goal in session.scalars(select(Goal).where(Goal.client_id == client.id))}
    _check(reading, goals)
    before = dict(message.understanding or {})
    _take_back(session, message, now)
    _record(session, client, message, reading, now)
    message.understanding = after = _mended(before, reading)
    message.reviewed_at, message.confidence = now, 1.0
    correction = Correction(
        practice_id=client.practice_id, message_id=message.id, coach_id=coach.id, before=before, after=after, at=now
    )
    session.add(correction)
    _learn(message.body, before, after, goals)
    audit.record(session, client.practice_id, audit.by(coach), "correct", f"message:{message.id}", now)
    return correction


def _check(reading: Mapping[str, Any], goals: Mapping[int, Goal]) -> None:
    named = {win["goal_id"] for win in reading["wins"]} | set(reading["misses"])
    if strangers := named - set(goals) - {None}:
        raise Invalid({"goals": f"This client has no goal with the id {min(strangers)}."})


def _take_back(session: Session, message: Message, now: datetime) -> None:
    for table in (Win, Miss):
        session.execute(
            update(table).where(table.message_id == message.id, table.undone_at.is_(None)).values(undone_at=now)
        )


def _record(session: Session, client: Client, message: Message, reading: Mapping[str, Any], now: datetime) -> None:
    common = {"practice_id": client.practice_id, "client_id": client.id, "message_id": message.id, "recorded_at": now}
    for win in reading["wins"]:
        told_before = session.scalars(_same_win(win)).first() if win["goal_id"] else None
        if told_before is None:
            title = None if win["goal_id"] else message.body
            session.add(
                Win(
                    goal_id=win["goal_id"],
                    amount=win.get("amount"),
                    local_date=win["on"],
                    title=title,
                    source="coach",
                    **common,
                )
            )
    for goal_id in reading["misses"]:
        on = reading.get("on") or message.created_at.date()
        if session.scalars(_same_miss(goal_id, on)).first() is None:
            session.add(Miss(goal_id=goal_id, local_date=on, **common))
    session.flush()


def _same_win(win: Mapping[str, Any]) -> Select[Win]:
    same = select(Win).where(Win.goal_id == win["goal_id"], Win.local_date == win["on"], Win.undone_at.is_(None))
    amount = win.get("amount")
    return same.where(Win.amount.is_(None) if amount is None else Win.amount == amount)


def _same_miss(goal_id: int, on: date) -> Select[Miss]:
    return select(Miss).where(Miss.goal_id == goal_id, Miss.local_date == on, Miss.undone_at.is_(None))


def _mended(before: Mapping[str, Any], reading: Mapping[str, Any]) -> dict[str, Any]:
    spans = {item.get("goal_id"): item for item in [*before.get("misses", ()), *before.get("wins", ())]}
    acts = set(before.get("acts", ())) - {"win", "miss", "chatter"}
    if reading["wins"]:
        acts.add("win")
    if reading["misses"]:
        acts.add("miss")
    wins = [
        {**_span(spans.get(win["goal_id"])), **win, "on": win["on"].isoformat(), "confidence": 1.0}
        for win in reading["wins"]
    ]
    misses = [{**_span(spans.get(goal_id)), "goal_id": goal_id, "confidence": 1.0} for goal_id in reading["misses"]]
    return {**before, "acts": sorted(acts), "wins": wins, "misses": misses, "confidence": 1.0}


def _span(item: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: item[key] for key in ("start", "end") if key in item} if item else {}


def _learn(body: str, before: Mapping[str, Any], after: Mapping[str, Any], goals: Mapping[int, Goal]) -> None:
    """The words that meant a goal we did not see become that client's own words for it."""
    seen, meant = _goals_in(before), _goals_in(after)
    new = meant - seen
    if len(new) != 1:
        return  # with two goals missed there is no telling which words meant which
    goal = goals[new.pop()]
    words = _words_for(body, [item for item in before.get("wins", ()) if item.get("goal_id") not in meant])
    if words and words not in goal.synonyms:
        goal.synonyms = [*goal.synonyms, words][-MOST_SYNONYMS:]


def _goals_in(reading: Mapping[str, Any]) -> set[int]:
    items: Sequence[Mapping[str, Any]] = [*reading.get("wins", ()), *reading.get("misses", ())]
    return {item["goal_id"] for item in items if item.get("goal_id") is not None}


def _words_for(body: str, misread: Sequence[Mapping[str, Any]]) -> str:
    spans = [body[item["start"] : item["end"]] for item in misread if "start" in item]
    words = " ".join((spans[0] if spans else body).split())
    return words.casefold() if len(words) <= LONGEST_SYNONYM else ""
