"""Readings of a text: how two compare, what one mended by hand looks like, and the rows that stand for it."""

from collections.abc import Mapping, Set
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from coach_portal.core.models import CheckIn, Client, Message, Miss, Win, tables
from coach_portal.core.rules.schedule import zone

Reading = Mapping[str, Any]

BY_COACH = "coach"
_TABLES: tuple[type[Win] | type[Miss], ...] = (Win, Miss)
_REPORTS = frozenset({"win", "miss", "chatter"})
_INSERT_ONCE = {
    (table.name, name): dialect.insert(table).on_conflict_do_nothing()
    for table in (tables.win, tables.miss)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


def day_of(message: Message, client: Client) -> date:
    """The day a text was written, where the client was."""
    return message.created_at.astimezone(zone(client.timezone)).date()


def as_it_stands(session: Session, message: Message) -> dict[str, Any]:
    """The present understanding of a text; `taken_back` when the client has since undone what it reported."""
    understanding = dict(message.understanding or {})
    undone = [
        undone_at is not None
        for table in _TABLES
        for undone_at in session.scalars(select(table.undone_at).where(table.message_id == message.id))
    ]
    if undone and all(undone) and (understanding.get("wins") or understanding.get("misses")):
        understanding["taken_back"] = True
    return understanding


def reported(understanding: Reading) -> dict[str, Any]:
    """What an understanding reports, with days as dates; nothing where the client took it back."""
    if understanding.get("taken_back"):
        return {"wins": [], "misses": []}
    wins = [{**win, "on": date.fromisoformat(win["on"])} for win in understanding.get("wins", ())]
    return {"wins": wins, "misses": [miss["goal_id"] for miss in understanding.get("misses", ())]}


def given(understanding: Reading, body: str) -> dict[str, Any]:
    """What an understanding reports, in the form in which a coach gives it."""
    reading = reported(understanding)
    wins = [
        {
            "goal_id": win["goal_id"],
            "amount": win.get("amount"),
            "on": win["on"],
            "title": own_words_of(win, body) if win["goal_id"] is None else None,
        }
        for win in reading["wins"]
    ]
    return {"wins": wins, "misses": reading["misses"]}


def with_goal(reading: Reading, goal_id: int, day: date, *, done: bool) -> dict[str, Any]:
    """A reading that says the other way of one goal's day, and leaves the rest as it is."""
    that_day = [win for win in reading["wins"] if win["goal_id"] == goal_id and win["on"] == day]
    wins = [win for win in reading["wins"] if win not in that_day]
    misses = [missed for missed in reading["misses"] if missed != goal_id]
    if not done:
        return {"wins": wins, "misses": [*misses, goal_id]}
    kept = that_day or [{"goal_id": goal_id, "amount": None, "on": day, "title": None}]
    return {"wins": [*wins, *kept], "misses": misses}


def is_by_hand(understanding: Reading) -> bool:
    """Whether a coach said what the text reports, be it what we had understood."""
    return "corrected" in understanding


def same(one: Reading, other: Reading) -> bool:
    """Whether two understandings report the same."""
    return _essence(one) == _essence(other)


def mended(first: Reading, reading: Reading, body: str) -> dict[str, Any]:
    """The first understanding of a text with what a coach says it reports, each part with the evidence we had.

    `corrected` says whether that is something else than what we had understood.
    """
    first = {key: value for key, value in first.items() if key != "taken_back"}
    spans = {item["goal_id"]: _span(item) for item in (*first.get("misses", ()), *first.get("wins", ()))}
    acts = set(first.get("acts", ())) - _REPORTS | _acts_of(reading)
    after = {
        **first,
        "acts": sorted(acts or {"chatter"}),
        "wins": [_win(win, spans, first, body) for win in reading["wins"]],
        "misses": [
            {**spans.get(goal_id, {}), "goal_id": goal_id, "confidence": 1.0}
            for goal_id in dict.fromkeys(reading["misses"])
        ],
        "confidence": 1.0,
    }
    return {**after, "corrected": not same(after, first)}


def own_words_of(win: Reading, body: str) -> str:
    """A win outside the goals in the client's words: those that told of it, or all they wrote."""
    return win.get("title") or (body[win["start"] : win["end"]] if "start" in win else body)


def record(
    session: Session, client: Client, message: Message, understanding: Reading, first: Reading, now: datetime
) -> None:
    """Let the rows of a text say what this understanding reports, and nothing else."""
    _take_back(session, message, first, now)
    reading = reported(understanding)
    today = day_of(message, client)
    by = BY_COACH if is_by_hand(understanding) else "text"
    common = {"practice_id": client.practice_id, "client_id": client.id, "message_id": message.id}
    for win in reading["wins"]:
        title = own_words_of(win, message.body) if win["goal_id"] is None else None
        row = {"goal_id": win["goal_id"], "local_date": win["on"], "amount": win.get("amount"), "title": title}
        _stand(session, Win, {**common, **row}, {"source": by, "recorded_at": now})
    for goal_id in reading["misses"]:
        _stand(session, Miss, {**common, "goal_id": goal_id, "local_date": today}, {"recorded_at": now})


def close_question(session: Session, client: Client, message: Message) -> None:
    """Let the question a text answered wait for exactly the goals that nobody has told of."""
    question = session.get(CheckIn, message.check_in_id) if message.check_in_id else None
    if question is None or question.kind != "check_in" or question.state == "not_sent":
        return
    settle(session, question, {question.local_date, day_of(message, client)})


def settle(session: Session, question: CheckIn, days: Set[date]) -> None:
    """Let a question wait for exactly the goals that nobody has told of for any of these days."""
    told: set[int] = set()
    for table in _TABLES:
        rows = select(table.goal_id).where(
            table.client_id == question.client_id,
            table.local_date.in_(days),
            table.undone_at.is_(None),
            table.goal_id.is_not(None),
        )
        told.update(goal_id for goal_id in session.scalars(rows) if goal_id is not None)
    question.open_goal_ids = [goal_id for goal_id in question.goal_ids if goal_id not in told]
    question.state = "asked" if question.open_goal_ids else "answered"


def _take_back(session: Session, message: Message, first: Reading, now: datetime) -> None:
    # What we recorded stays, marked as taken back; what a correction recorded stands in the corrections.
    our_misses = [miss["goal_id"] for miss in first.get("misses", ())]
    session.execute(delete(Win).where(Win.message_id == message.id, Win.source == BY_COACH))
    session.execute(delete(Miss).where(Miss.message_id == message.id, Miss.goal_id.not_in(our_misses)))
    for table in _TABLES:
        of_this = update(table).where(table.message_id == message.id, table.undone_at.is_(None))
        session.execute(of_this.values(undone_at=now))


def _stand(session: Session, table: type[Win] | type[Miss], row: dict[str, Any], more: dict[str, Any]) -> None:
    """Have such a row: the one that was taken back stands again, or a new one, unless another text told the same."""
    same_row = [getattr(table, name).is_not_distinct_from(value) for name, value in row.items()]
    told = [getattr(table, name).is_not_distinct_from(row.get(name)) for name in ("goal_id", "local_date")]
    if table is Win:
        told.append(Win.amount.is_not_distinct_from(row["amount"]))
    if row["goal_id"] and session.scalar(select(exists().where(*told, table.undone_at.is_(None)))):
        return
    ours = session.scalar(select(table.id).where(*same_row, table.undone_at.is_not(None)).limit(1))
    if ours is not None:
        session.execute(update(table).where(table.id == ours).values(undone_at=None))
        return
    connection = session.connection()
    connection.execute(_INSERT_ONCE[table.__tablename__, connection.dialect.name], {**row, **more})


def _essence(understanding: Reading) -> tuple[Any, ...]:
    reading = reported(understanding)
    wins = [(win["goal_id"], win["on"], win.get("amount"), _words_at(win)) for win in reading["wins"]]
    return sorted(wins, key=repr), set(reading["misses"])


def _words_at(win: Reading) -> tuple[Any, ...]:
    """What tells one win outside the goals from another."""
    return () if win["goal_id"] is not None else (win.get("title"), win.get("start"), win.get("end"))


def _acts_of(reading: Reading) -> set[str]:
    return {act for act, found in (("win", reading["wins"]), ("miss", reading["misses"])) if found}


def _win(win: Reading, spans: Mapping[int | None, dict[str, int]], first: Reading, body: str) -> dict[str, Any]:
    told = {"goal_id": win["goal_id"], "amount": win.get("amount"), "on": win["on"].isoformat(), "confidence": 1.0}
    if win["goal_id"] is not None:
        return {**spans.get(win["goal_id"], {}), **told}
    return {**told, **_place(win.get("title"), first, body)}


def _place(title: str | None, first: Reading, body: str) -> dict[str, Any]:
    """Where in the text a win outside the goals is told; its title, where the text has no such words."""
    outside = [win for win in first.get("wins", ()) if win["goal_id"] is None]
    if title is None:
        return _span(outside[0]) if outside else {}
    for win in outside:
        if own_words_of(win, body).strip() == title.strip():
            return _span(win)
    start = body.find(title)
    return {"start": start, "end": start + len(title)} if start >= 0 else {"title": title}


def _span(item: Reading) -> dict[str, int]:
    return {key: item[key] for key in ("start", "end") if key in item}
