"""The last days of many clients, a bit for each day, gathered by the database: as many statements for five as for 500.

A fortnight of five hundred clients is fifteen hundred numbers in this form instead of twenty thousand days.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    Table,
    bindparam,
    literal_column,
    not_,
    select,
    union_all,
)
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


def _bits_of(table: Table, what: str) -> Select[Any]:
    within = table.c.local_date.between(bindparam("since"), bindparam("last"))
    return (
        select(table.c.client_id, literal_column(f"'{what}'").label("what"), day_bits(table.c.local_date).label("bits"))
        .where(bulk.among(table.c.client_id, "clients"), within)
        .group_by(table.c.client_id)
    )


_COUNTS = _win.c.goal_id.is_(None) | not_(bulk.among(_win.c.goal_id, "limits"))
_GATHERED = union_all(
    _bits_of(_win, "did").where(_win.c.undone_at.is_(None), _COUNTS),
    _bits_of(_miss, "missed").where(_miss.c.undone_at.is_(None)),
    _bits_of(_asked, "asked").where(_asked.c.kind == "check_in", _asked.c.state != "not_sent"),
)
_LIMITS = select(_goal.c.id, _goal.c.client_id, _goal.c.amount).where(
    bulk.among(_goal.c.client_id, "clients"), _goal.c.direction == "at_most"
)
_OF_LIMITS = select(_win.c.goal_id, _win.c.local_date, _win.c.amount).where(
    bulk.among(_win.c.goal_id, "limits"),
    _win.c.local_date.between(bindparam("since"), bindparam("last")),
    _win.c.undone_at.is_(None),
)


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


def read(session: Session, client_ids: Sequence[int], days: Sequence[date]) -> Fortnights:
    """What became of these days, of these clients.

    Goals retired meanwhile count, as do wins outside the goals. A limit is judged by what holds of it today.
    """
    connection = session.connection()
    limits = {row.id: row for row in bulk.fetch(connection, _LIMITS, {"clients": client_ids})}
    values = {"clients": client_ids, "since": days[0], "last": days[-1], "limits": list(limits)}
    found: defaultdict[int, Bits] = defaultdict(Bits)
    for client_id, what, bits in bulk.fetch(connection, _GATHERED, values):
        setattr(found[client_id], what, bits)
    for client_id, day, kept in _kept(connection, limits, days):
        bit = 1 << (days[-1] - day).days
        if kept:
            found[client_id].did |= bit
        else:
            found[client_id].missed |= bit
    for client_id, rests in pauses.read(connection, client_ids).items():
        away = (1 << (days[-1] - day).days for day in days if any(rest.covers(day) for rest in rests))
        found[client_id].away = sum(away)
    return Fortnights(days[-1], found)


def _kept(connection: Connection, limits: Mapping[int, Any], days: Sequence[date]) -> Iterator[tuple[int, date, bool]]:
    """Each day on which something was told of a limit: whose, and whether they kept to it."""
    told: defaultdict[tuple[int, date], Day] = defaultdict(Day)
    for row in bulk.fetch(connection, _OF_LIMITS, {"limits": list(limits), "since": days[0], "last": days[-1]}):
        told[row.goal_id, row.local_date].amounts.append(row.amount)
    for (goal_id, day), of in told.items():
        limit = limits[goal_id]
        yield limit.client_id, day, mark_of(Aim(limit.amount, "at_most"), of) == "done"
