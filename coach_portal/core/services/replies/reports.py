"""Recording what a text was understood to say: wins, misses, reflections, and taking them back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, union_all, update

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.replies.understanding import Evidence, Understanding
from coach_portal.core.services.replies.situation import Circumstances

_win, _miss, _check_in = tables.win, tables.miss, tables.check_in

_SETTLE = (
    update(_check_in)
    .where(_check_in.c.id == bindparam("check_in"))
    .values(open_goal_ids=bindparam("still_open"), state=bindparam("new_state"))
)
# People send two texts in a row, and the carrier posts them side by side: who saw the question as it stands, settles.
_SETTLE_AS_SEEN = _SETTLE.where(_check_in.c.open_goal_ids == bindparam("seen", type_=_check_in.c.open_goal_ids.type))
_STILL_OPEN = select(_check_in.c.open_goal_ids).where(_check_in.c.id == bindparam("check_in"))
_REPORTS = union_all(
    *(
        select(table.c.message_id).where(table.c.client_id == bindparam("client"), table.c.undone_at.is_(None))
        for table in (_win, _miss)
    )
).subquery()
_LAST_REPORT = select(func.max(_REPORTS.c.message_id))
_TAKE_BACK = [
    update(table)
    .where(table.c.message_id == bindparam("message"), table.c.undone_at.is_(None))
    .values(undone_at=bindparam("at"))
    .returning(table.c.goal_id)
    for table in (_win, _miss)
]
_ITS_QUESTION = (
    select(_check_in.c.id, _check_in.c.goal_ids, _check_in.c.open_goal_ids)
    .join(tables.message, tables.message.c.check_in_id == _check_in.c.id)
    .where(tables.message.c.id == bindparam("message"))
)


def record(
    connection: Connection, around: Circumstances, understood: Understanding, message_id: int, text: str
) -> None:
    """Write down the wins, the misses and the reflection of one text, and close the question they answer."""
    wins = [_win_row(around, win, message_id, text) for win in understood.wins]
    misses = [_miss_row(around, miss.goal, message_id) for miss in understood.misses]
    for table, rows in ((_win, wins), (_miss, misses)):
        bulk.insert_rows(connection, table, rows, once=True)  # the same thing told twice is one win
    if "reflection" in understood.acts:
        _reflect(connection, around, message_id, text)
    asked_for = around.row.asked_for or around.today
    reported = {row["goal_id"] for row in wins if row["local_date"] >= asked_for}
    _close(connection, around, reported | {row["goal_id"] for row in misses}, understood)


def take_back(connection: Connection, client_id: int, now: datetime) -> None:
    """Undo what the client's last report recorded. The rows stay, marked as undone; the question is open again."""
    last = connection.execute(_LAST_REPORT, {"client": client_id}).scalar_one()
    if last is None:
        return
    undone: set[int] = set()
    for statement in _TAKE_BACK:
        undone.update(connection.execute(statement, {"message": last, "at": now}).scalars())
    question = connection.execute(_ITS_QUESTION, {"message": last}).one_or_none()
    if question is not None and undone.intersection(question.goal_ids):
        still_open = [goal_id for goal_id in question.goal_ids if goal_id in undone | set(question.open_goal_ids)]
        connection.execute(_SETTLE, {"check_in": question.id, "still_open": still_open, "new_state": "asked"})


def _win_row(around: Circumstances, win: Any, message_id: int, text: str) -> dict[str, Any]:
    return {
        "practice_id": around.row.practice_id,
        "client_id": around.row.client_id,
        "goal_id": None if win.goal is None else around.goal_ids[win.goal],
        "local_date": win.on,
        "amount": win.amount,
        "title": _own_words(win.evidence, text) if win.goal is None else None,
        "source": "text",
        "message_id": message_id,
        "recorded_at": around.now,
    }


def _own_words(evidence: Evidence | None, text: str) -> str:
    return text[evidence.start : evidence.end] if evidence else text


def _miss_row(around: Circumstances, goal: int, message_id: int) -> dict[str, Any]:
    # A miss is about the day asked, also when it is told the next morning.
    asked = around.goal_ids[goal] in (around.row.open_goal_ids or ())
    return {
        "practice_id": around.row.practice_id,
        "client_id": around.row.client_id,
        "goal_id": around.goal_ids[goal],
        "local_date": around.row.asked_for if asked else around.today,
        "message_id": message_id,
        "recorded_at": around.now,
    }


def _reflect(connection: Connection, around: Circumstances, message_id: int, text: str) -> None:
    row = {
        "practice_id": around.row.practice_id,
        "client_id": around.row.client_id,
        "digest_id": around.row.digest_id,
        "message_id": message_id,
        "question": around.row.question or "",
        "body": text,
        "local_date": around.today,
        "recorded_at": around.now,
    }
    connection.execute(insert(tables.reflection), row)


def _close(connection: Connection, around: Circumstances, reported: set[int | None], understood: Understanding) -> None:
    check_in_id, waiting = around.row.check_in_id, around.row.open_goal_ids or []
    if check_in_id is None:
        return
    while not _settled(connection, check_in_id, waiting, reported, answered="reflection" in understood.acts):
        waiting = connection.execute(_STILL_OPEN, {"check_in": check_in_id}).scalar_one()


def _settled(
    connection: Connection, check_in_id: int, waiting: Sequence[int], reported: set[int | None], *, answered: bool
) -> bool:
    """Whether nothing is left to do; False where another text has settled some of it since we looked."""
    still_open = [goal_id for goal_id in waiting if goal_id not in reported]
    answered = answered or (bool(waiting) and not still_open)
    if not answered and len(still_open) == len(waiting):
        return True
    state = "answered" if answered else "asked"
    values = {"check_in": check_in_id, "seen": waiting, "still_open": still_open, "new_state": state}
    return bool(bulk.change(connection, _SETTLE_AS_SEEN, values))
