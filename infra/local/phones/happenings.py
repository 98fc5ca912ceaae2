"""What just happened, in plain words, read from the texts themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from coach_portal.core.models import Client, Coach, Goal, Message
from coach_portal.core.services import scope
from coach_portal.web import words

SHOWN, READ = 7, 60

Goals = Mapping[int, Row[int, str, str]]
"""Goals by their ids, each a row of id, title and direction."""

_ASKED = {
    "check_in": ("was asked about the day", "were asked about their day"),
    "wins": ("was asked for small wins", "were asked for small wins"),
    "digest": ("got the week back, with a question", "got their week back, with a question each"),
    "programme": ("got a text of the programme", "got a text of their programme"),
    "by_hand": ("got a text from the coach", "got a text from the coach"),
    "invitation": ("was asked to agree", "were asked to agree"),
    "safety": ("got the numbers to call, at once", "got the numbers to call, at once"),
}
_CALLED = ("was called about the day", "were called about their day")
_ON_A_CALL = {"call": "called", "voicemail": "left the coach a message on a call"}
_UNTOLD = frozenset({"reply", "help", "goodbye", "stranger", "coach_alert", "coach_note", "coach_answer"})
_WHY = {
    "already_told": "had told us already",
    "held": "on hold until the coach has looked",
    "paused": "on a pause",
    "unreachable": "the number is out of service",
    "opted_out": "opted out",
    "no_consent": "no YES yet",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: when, whom it is about, what is said of them, and what was understood, if they wrote."""

    at: datetime
    clients: tuple[tuple[int, str], ...]
    what: str
    understood: tuple[str, ...] = field(default=())


def latest(session: Session, coach: Coach, names: Mapping[int, str]) -> list[Happening]:
    """The last few, newest first; the same thing happening to several at once is one line."""
    statement = (
        select(Message.client_id, Message.direction, Message.channel, Message.kind, Message.state, Message.reason)
        .add_columns(Message.created_at, Message.understanding)
        .where(Message.client_id.in_(scope.ids_of(coach)), Message.kind.not_in(_UNTOLD))
        .order_by(Message.id.desc())
        .limit(READ)
    )
    rows = session.execute(statement).all()
    goals = _goals(session, coach)
    told: list[Happening] = []
    for _, group in groupby(rows, key=_alike):
        told.append(_happening(list(group), names, goals))
        if len(told) == SHOWN:
            break
    return told


def _alike(row: Row[Any]) -> tuple[object, ...]:
    """What several texts share when they are told in one line. What people write is never lumped together."""
    own = row.created_at if row.direction == "in" else None
    return row.direction, row.channel, row.kind, row.state == "not_sent", row.reason, row.created_at.date(), own


def _happening(rows: Sequence[Row[Any]], names: Mapping[int, str], goals: Goals) -> Happening:
    row = rows[0]
    clients = tuple(
        (client_id, names.get(client_id, "Someone")) for client_id in dict.fromkeys(r.client_id for r in rows)
    )
    if row.direction == "in":
        did = _ON_A_CALL.get(row.kind, "said or pressed on a call") if row.channel == "call" else "texted"
        return Happening(row.created_at, clients, did, _understood(row.understanding or {}, goals))
    if row.state == "not_sent":
        return Happening(
            row.created_at,
            clients,
            f"{'was' if len(clients) == 1 else 'were'} not asked: {_WHY.get(row.reason, 'too late')}",
        )
    is_call = row.channel == "call"
    one, many = _CALLED if is_call else _ASKED.get(row.kind, ("got a text", "got a text"))
    return Happening(row.created_at, clients, one if len(clients) == 1 else many)


def _understood(meaning: Mapping[str, Any], goals: Goals) -> tuple[str, ...]:
    done = [_amount(win, goals) for win in meaning.get("wins", ())]
    misses = [miss["goal_id"] for miss in meaning.get("misses", ())]
    over = [_title(goal_id, goals) for goal_id in misses if _is_limit(goal_id, goals)]
    missed = [_title(goal_id, goals) for goal_id in misses if not _is_limit(goal_id, goals)]
    acts = [words.UNDERSTOOD[act][1] for act in meaning.get("acts", ()) if act in words.UNDERSTOOD]
    told = (("Done", done), ("Not today", missed), ("Over the limit", over))
    return (*(f"{how}: {words.listed(what)}" for how, what in told if what), *acts)


def _amount(win: Mapping[str, Any], goals: Goals) -> str:
    if win["goal_id"] is None:
        return "a win of their own"
    amount = "" if win["amount"] is None else f" ({win['amount']:g})"
    return f"{_title(win['goal_id'], goals)}{amount}"


def _title(goal_id: int, goals: Goals) -> str:
    return goals[goal_id].title if goal_id in goals else "a goal"


def _is_limit(goal_id: int, goals: Goals) -> bool:
    return goal_id in goals and goals[goal_id].direction == "at_most"


def _goals(session: Session, coach: Coach) -> Goals:
    rows = session.execute(select(Goal.id, Goal.title, Goal.direction).where(Goal.client_id.in_(scope.ids_of(coach))))
    return {row.id: row for row in rows}


def names_of(clients: Sequence[Client]) -> dict[int, str]:
    """First names by id."""
    return {client.id: client.name.partition(" ")[0] for client in clients}
