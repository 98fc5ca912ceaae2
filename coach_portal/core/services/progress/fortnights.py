"""The last days of many clients, a bit for each day, gathered by the database: as many statements for five as for 500.

A fortnight of five hundred clients is fifteen hundred numbers in this form instead of twenty thousand days.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Date, Integer, Select, bindparam, literal, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.marks import Aim, Day, Days, days_in_bits, mark_of
from coach_portal.core.services.moments import pauses

_win, _miss, _asked, _goal = tables.win, tables.miss, tables.check_in, tables.goal


class day_bits(FunctionElement[int]):  # noqa: N801
    """The days of a group of rows, each as the bit of how many days before the parameter `last` it was."""

    inherit_cache = True
    type = Integer()

    def __init__(self, day: ColumnElement[date]) -> None:
        super().__init__(bindparam("last", type_=Date()), day)


@compiles(day_bits)
def _summed(element: day_bits, compiler: SQLCompiler, **how: Any) -> str:
    last, day = (compiler.process(clause, **how) for clause in element.clauses)
    return f"sum(DISTINCT 1 << CAST(julianday({last}) - julianday({day}) AS INTEGER))"


@compiles(day_bits, "postgresql")
def _ored(element: day_bits, compiler: SQLCompiler, **how: Any) -> str:
    last, day = (compiler.process(clause, **how) for clause in element.clauses)
    return f"bit_or(1 << ({last} - {day}))"


@dataclass(slots=True)
class Bits:
    """What was told and asked of a client's goals, all together, the lowest bit for the last day."""

    did: int = 0
    missed: int = 0
    asked: int = 0
    away: int = 0


NOTHING = Bits()


@dataclass(frozen=True, slots=True)
class Fortnights:
    """The days of many clients, up to the last day that anyone has reached."""

    last: date
    by_client: Mapping[int, Bits]

    def of(self, client_id: int, today: date) -> Days:
        """One client's days, up to the day that it is where they are."""
        bits, ahead = self.by_client.get(client_id, NOTHING), (self.last - today).days
        return days_in_bits(bits.did >> ahead, bits.missed >> ahead, bits.asked >> ahead, bits.away >> ahead)


def read(session: Session, client_ids: Select[int], days: Sequence[date]) -> Fortnights:
    """What became of these days, of the clients whose ids the statement gives.

    Goals retired meanwhile count, as do wins outside the goals. A limit is judged by what holds of it today.
    """
    connection, values = session.connection(), {"since": days[0], "last": days[-1]}
    found: defaultdict[int, Bits] = defaultdict(Bits)
    for client_id, what, bits in connection.execute(_gathered(client_ids), values):
        setattr(found[client_id], what, bits)
    limited: defaultdict[tuple[int, int, date, float | None], Day] = defaultdict(Day)
    for client_id, goal_id, day, amount, most in bulk.fetch(connection, _limited(client_ids), {"since": days[0]}):
        limited[client_id, goal_id, day, most].amounts.append(amount)
    for (client_id, _, day, most), told in limited.items():
        kept = mark_of(Aim(most, "at_most"), told) == "done"
        bit = 1 << (days[-1] - day).days
        if kept:
            found[client_id].did |= bit
        else:
            found[client_id].missed |= bit
    for client_id, rests in pauses.read(connection, client_ids).items():
        away = (1 << (days[-1] - day).days for day in days if any(rest.covers(day) for rest in rests))
        found[client_id].away = sum(away)
    return Fortnights(days[-1], found)


def _gathered(client_ids: Select[int]) -> CompoundSelect[Any]:
    limits = select(_goal.c.id).where(_goal.c.client_id.in_(client_ids), _goal.c.direction == "at_most")
    told = _win.c.undone_at.is_(None) & (_win.c.goal_id.is_(None) | _win.c.goal_id.not_in(limits))
    sent = (_asked.c.kind == "check_in") & (_asked.c.state != "not_sent")
    return union_all(
        _bits_of(_win, "did", client_ids).where(told),
        _bits_of(_miss, "missed", client_ids).where(_miss.c.undone_at.is_(None)),
        _bits_of(_asked, "asked", client_ids).where(sent),
    )


def _bits_of(table: Any, what: str, client_ids: Select[int]) -> Select[Any]:
    within = table.c.client_id.in_(client_ids) & table.c.local_date.between(bindparam("since"), bindparam("last"))
    return (
        select(table.c.client_id, literal(what, literal_execute=True), day_bits(table.c.local_date))
        .where(within)
        .group_by(table.c.client_id)
    )


def _limited(client_ids: Select[int]) -> Select[Any]:
    return (
        select(_win.c.client_id, _win.c.goal_id, _win.c.local_date, _win.c.amount, _goal.c.amount.label("most"))
        .join(_goal, _goal.c.id == _win.c.goal_id)
        .where(_win.c.client_id.in_(client_ids), _win.c.local_date >= bindparam("since"), _win.c.undone_at.is_(None))
        .where(_goal.c.direction == "at_most")
    )
