"""Wins that a coach writes down: told in a session or on the phone, for today or a day gone by.

What came by text is put right where the text is read (services.replies.corrections), so that its words are learnt.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import CheckIn, Client, Coach, Goal, Win, tables
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services import audit
from coach_portal.core.services.replies import readings
from coach_portal.core.services.replies.corrections import FARTHEST_BACK

TOLD = {"on": "That is on the record already."}


def log(session: Session, coach: Coach, client: Client, data: Mapping[str, Any], now: datetime) -> Win:
    """Write a win down. `data`: "goal_id" (None outside the goals), "amount", "on", "title".

    Raises Invalid for a goal that is not theirs, a day to come, and what is on the record already.
    """
    _check(session, client, data, now)
    row = {
        **_values(data),
        "practice_id": client.practice_id,
        "client_id": client.id,
        "source": readings.BY_COACH,
        "recorded_at": now,
    }
    win_id = bulk.insert_row(session.connection(), tables.win, row, once=True)
    if win_id is None:
        raise Invalid(TOLD)
    win = session.get_one(Win, win_id)
    _recorded(session, coach, win, "log_win", {win.local_date}, now)
    return win


def change(session: Session, coach: Coach, win: Win, data: Mapping[str, Any], now: datetime) -> None:
    """Put it right: another day, amount or goal. Raises Invalid as `log` does."""
    _check(session, session.get_one(Client, win.client_id), data, now)
    if _is_told(session, data, but_for=win.id):
        raise Invalid(TOLD)
    days = {win.local_date, data["on"]}
    for name, value in _values(data).items():
        setattr(win, name, value)
    session.flush()
    _recorded(session, coach, win, "change_win", days, now)


def take_back(session: Session, coach: Coach, win: Win, now: datetime) -> None:
    """It did not happen, or not so."""
    win.undone_at = now
    session.flush()
    _recorded(session, coach, win, "take_win_back", {win.local_date}, now)


def put_back(session: Session, coach: Coach, win: Win, now: datetime) -> None:
    """It did happen. Raises Invalid where the same has been told since."""
    if _is_told(session, {**given(win)}, but_for=win.id):
        raise Invalid(TOLD)
    win.undone_at = None
    session.flush()
    _recorded(session, coach, win, "put_win_back", {win.local_date}, now)


def win_of(session: Session, client: Client, win_id: int, *, undone: bool = False) -> Win:
    """The client's win with this id that a coach wrote down; `undone`: one taken back. Raises NotFound."""
    win = session.get(Win, win_id)
    if win is None or win.client_id != client.id or win.message_id is not None or win.source != readings.BY_COACH:
        raise NotFound("no such win")
    if (win.undone_at is not None) != undone:
        raise NotFound("no such win")
    return win


def given(win: Win) -> dict[str, Any]:
    """A win in the form in which a coach gives it."""
    return {"goal_id": win.goal_id, "amount": win.amount, "on": win.local_date, "title": win.title}


def _values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {**{name: data[name] for name in ("goal_id", "amount", "title")}, "local_date": data["on"]}


def _check(session: Session, client: Client, data: Mapping[str, Any], now: datetime) -> None:
    today = now.astimezone(zone(client.timezone)).date()
    if not today - FARTHEST_BACK <= data["on"] <= today:
        raise Invalid({"on": "Choose today or a day in the year before it."})
    if data["goal_id"] is None:
        if not data["title"]:
            raise Invalid({"title": "Write what they did, in their words."})
        return
    goal = session.get(Goal, data["goal_id"])
    if goal is None or goal.client_id != client.id:
        raise Invalid({"goal_id": f"This client has no goal with the id {data['goal_id']}."})


def _is_told(session: Session, data: Mapping[str, Any], but_for: int) -> bool:
    if data["goal_id"] is None:
        return False
    same = (Win.goal_id == data["goal_id"], Win.local_date == data["on"], Win.id != but_for, Win.undone_at.is_(None))
    return bool(session.scalar(select(exists().where(*same, Win.amount.is_not_distinct_from(data["amount"])))))


def _recorded(session: Session, coach: Coach, win: Win, action: str, days: set[date], now: datetime) -> None:
    """The questions of those days wait for what nobody has told of, and no longer for the rest."""
    asked = select(CheckIn).where(CheckIn.client_id == win.client_id, CheckIn.local_date.in_(days))
    for question in session.scalars(asked.where(CheckIn.kind == "check_in", CheckIn.state != "not_sent")):
        readings.settle(session, question, {question.local_date})
    audit.record(session, win.practice_id, audit.by(coach), action, f"win:{win.id}", now)
