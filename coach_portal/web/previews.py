"""The text a client will get, shown beside the form that decides it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import g

from coach_portal.core.models import Client, Goal
from coach_portal.core.rules.reminders import remind_at
from coach_portal.core.rules.schedule import moment_of
from coach_portal.core.rules.texts import check_ins
from coach_portal.core.rules.texts.wordings import trouble
from coach_portal.core.rules.texts.words import GoalWords
from coach_portal.core.services.pages.transcript import goal_words
from coach_portal.core.services.people.clients import first_name
from coach_portal.core.services.preparing.appointments import text_of
from coach_portal.web.access import me
from coach_portal.web.prices import weight

COUNTED = re.compile(r"\s*(?P<amount>\d{1,4})\s+(?P<unit>[^\W\d_]{2,32})\b")
SAMPLE = {"title": "5 squats", "anchor": "after I brush my teeth", "amount": "5", "unit": "squats"}


@dataclass(frozen=True, slots=True)
class Preview:
    """A text, what it weighs and costs, whether it is only a sample, and what is to be said beside it."""

    name: str
    body: str
    weighed: str
    language: str
    is_sample: bool = False
    note: str = ""


def of_goal(client: Client, written: Mapping[str, Any]) -> Preview:
    """The check-in about a goal that is being written."""
    told = with_amount({name: str(written.get(name) or "").strip() for name in SAMPLE})
    is_sample = not told["title"]
    shown = SAMPLE if is_sample else told
    words = GoalWords(shown["title"], shown["anchor"], _number(shown["amount"]), shown["unit"])
    return _preview(client, _check_in(client, [words]), is_sample=is_sample)


def of_schedule(client: Client, kind: str, goals: Sequence[Goal], chosen: Sequence[str], note: str = "") -> Preview:
    """What will be asked at a time: the evening question, a reflective one, or the check-in about these goals."""
    if kind == "wins":
        return _preview(client, check_ins.wins_question(client.locale, client=first_name(client.name)), note=note)
    if kind == "reflection":
        question = check_ins.reflection_question(0, client.locale)
        body = check_ins.reflection(question, client.locale, client=first_name(client.name))
        return _preview(client, body, note=note)
    asked = [goal for goal in goals if str(goal.id) in chosen] or goals
    words = [goal_words(goal) for goal in asked] or [GoalWords(SAMPLE["title"], SAMPLE["anchor"], 5, SAMPLE["unit"])]
    return _preview(client, _check_in(client, words), is_sample=not asked, note=note)


def of_appointment(client: Client, written: Mapping[str, Any], now: datetime) -> Preview:
    """The reminder of a session that is being agreed, as it reads when it goes."""
    try:
        day, at = date.fromisoformat(str(written.get("day") or "")), str(written.get("local_time") or "10:00")
        starts_at = moment_of(day, at, me().timezone)
        told_at = remind_at(starts_at, int(written.get("remind_hours") or 24), client.timezone)
    except (ValueError, OverflowError):
        starts_at, told_at = now + timedelta(days=1), now
    names = {"client": first_name(client.name), "coach": first_name(me().name)}
    body = text_of(starts_at, client.timezone, told_at, client.locale, place=str(written.get("place") or ""), **names)
    return _preview(client, body, is_sample=not written.get("day"))


def of_wording(kind: str, locale: str, body: str) -> Preview:
    """A wording as it reads for a client called Sam, with what is wrong with it, if anything."""
    wrong = trouble(kind, body) if body.strip() else None
    own = (body,) if body.strip() and wrong is None else ()
    names = {"client": "Sam", "coach": first_name(me().name)}
    if kind == "wins":
        text = check_ins.wins_question(locale, client="Sam", own=own)
    elif kind == "reminder":
        at = datetime(2030, 1, 2, 10, 0, tzinfo=UTC)
        text = check_ins.reminder(at, at.date() - timedelta(days=1), locale, own=own, **names)
    else:
        goal = GoalWords(SAMPLE["title"], SAMPLE["anchor"], 5, SAMPLE["unit"])
        text = check_ins.check_in([goal], locale, own=own, **names)
    weighed = weight(text, g.signed_in.country)
    return Preview("Sam", text, weighed, locale, is_sample=not own, note=wrong or "")


def with_amount(written: Mapping[str, Any]) -> dict[str, Any]:
    """Take amount and unit from an action that begins with its number ("5 squats"), unless they were written."""
    said = COUNTED.match(written.get("title", ""))
    if said is None or written.get("amount", "").strip() or written.get("unit", "").strip():
        return dict(written)
    return {**written, "amount": said["amount"], "unit": said["unit"]}


def _check_in(client: Client, goals: Sequence[GoalWords]) -> str:
    return check_ins.check_in(goals, client.locale, client=first_name(client.name), coach=first_name(me().name))


def _preview(client: Client, body: str, *, is_sample: bool = False, note: str = "") -> Preview:
    return Preview(first_name(client.name), body, weight(body, client.country), client.locale, is_sample, note)


def _number(written: str) -> float | None:
    try:
        return float(written) if written else None
    except ValueError:
        return None
