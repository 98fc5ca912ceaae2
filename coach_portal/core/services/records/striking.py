"""Blanking out one person's name and number where other people's rows tell of them."""

import re
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import JSON, ColumnElement, Connection, String, Table, Text, cast, func, or_, select, update

from coach_portal.core.models import Base, tables
from coach_portal.core.rules.naming import blanked, mentions, telling_names, traces
from coach_portal.core.services.records.footprint import Person, numbers_of

NEVER: Final = frozenset({
    "audit_event", "client", "coach", "coach_invitation", "consent", "practice", "second_contact", "secret",
    "web_session",
})  # fmt: skip
"""Tables that are left alone: the proof, and the names of those who are still here."""
NOT_WORDS: Final = frozenset({"to_address", "media_url"})
FREE_TEXT: Final = 100
"""Columns that hold at least so many letters may hold what somebody wrote."""


class Struck(dict[str, list[int | str]]):
    """The keys of the rows in which something was blanked, by table."""


def names_of(connection: Connection, person: Person) -> list[str]:
    """By what this person is told from everybody else in the practice."""
    others: list[str] = []
    for table, column in ((tables.client, "name"), (tables.coach, "name"), (tables.supporter, "name")):
        here = select(table.c[column]).where(table.c.practice_id == person.practice_id)
        if table is tables.client:
            here = here.where(table.c.id != person.client_id)
        if table is tables.supporter:
            here = here.where(table.c.phone != person.phone)
        others.extend(connection.execute(here).scalars())
    return telling_names(person.name, others)


def strike(connection: Connection, person: Person) -> Struck:
    """Blank them out of every row of the practice that is not theirs; theirs must be gone by then."""
    names = names_of(connection, person)
    told = mentions(names, person.phone)
    struck = Struck()
    for table, row, changed in _found(connection, person, told, traces(names, person.phone)):
        key = next(iter(table.primary_key.columns))
        connection.execute(update(table).where(key == row[key.name]).values(**changed))
        struck.setdefault(table.name, []).append(row[key.name])
    return struck


def count(connection: Connection, person: Person) -> int:
    """How many texts to and from other clients name them."""
    names = names_of(connection, person)
    told = mentions(names, person.phone)
    found = _rows(connection, person, tables.message, traces(names, person.phone))
    others = (row for row in found if row["client_id"] not in {None, person.client_id})
    return sum(bool(told.search(row["body"])) for row in others)


def _found(
    connection: Connection, person: Person, told: re.Pattern[str], hints: list[str]
) -> Iterator[tuple[Table, Any, dict[str, Any]]]:
    for table in Base.metadata.sorted_tables:
        if table.name in NEVER or not words_of(table):
            continue
        for row in _rows(connection, person, table, hints):
            changed = {name: blanked(row[name], told) for name in words_of(table)}
            changed = {name: value for name, value in changed.items() if value != row[name]}
            if changed:
                yield table, row, changed


def _rows(connection: Connection, person: Person, table: Table, hints: list[str]) -> list[Any]:
    here = _here(connection, person, table)
    if here is None:
        return []
    texts = [func.lower(cast(table.c[name], Text)) for name in words_of(table)]
    held = or_(*(text.contains(hint, autoescape=True) for text in texts for hint in hints))
    return list(connection.execute(select(table).where(here, held)).mappings().all())


def _here(connection: Connection, person: Person, table: Table) -> ColumnElement[bool] | None:
    """The rows of a table that are the practice's; None for tables that are nobody's."""
    if table is tables.inbound_text:
        return table.c.to_phone.in_(numbers_of(connection, person.practice_id))
    return table.c.practice_id == person.practice_id if "practice_id" in table.c else None


def words_of(table: Table) -> list[str]:
    """The columns of a table in which somebody's words may stand."""
    return [column.name for column in table.c if column.name not in NOT_WORDS and _holds_words(column.type)]


def _holds_words(kind: Any) -> bool:
    if isinstance(kind, JSON):
        return True
    return isinstance(kind, String) and (kind.length is None or kind.length >= FREE_TEXT)
