"""Many rows at once, the way each database likes it.

Postgres takes arrays through `unnest` (2.2 times as fast as executemany there, measured), SQLite takes executemany from
the driver itself (SQLAlchemy would take every row apart again). Statements are built once for each table and set of
columns.
"""

from collections import namedtuple
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    CompoundSelect,
    Connection,
    Dialect,
    Executable,
    Select,
    Table,
    TextClause,
    UpdateBase,
    any_,
    bindparam,
    func,
    select,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from coach_portal.core import arrays
from coach_portal.core.db import tell

Row = Mapping[str, Any]
Selected = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
Answering = Selected | UpdateBase
Sayable = Answering | TextClause


class among(FunctionElement[bool]):  # noqa: N801
    """Whether a column's number is one of those in the named parameter, a list of any length.

    It is one parameter: a thousand of them take longer to write down than to find (measured on both databases).
    """

    inherit_cache = True
    type = Boolean()

    def __init__(self, column: ColumnElement[int], name: str) -> None:
        super().__init__(column, bindparam(name, type_=_Numbers()))

    def self_group(self, against: Any = None) -> "among":
        """Stand as it is beside other conditions: SQLite looks up no index for "x IN (...) = 1"."""
        return self


@compiles(among)
def _in_list(element: among, compiler: SQLCompiler, **how: Any) -> str:
    column, numbers = (compiler.process(clause, **how) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608  # nosec B608 # names of ours


@compiles(among, "postgresql")
def _in_array(element: among, compiler: SQLCompiler, **how: Any) -> str:
    column, numbers = element.clauses
    return compiler.process(column == any_(numbers), **how)


class _Numbers(TypeDecorator[Sequence[int]]):
    """Whole numbers as one array, written down here: Postgres' driver takes about five times as long over each."""

    impl = postgresql.ARRAY(BigInteger)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """The array as this database writes one."""
        opens, closes = "{}" if dialect.name == "postgresql" else "[]"
        return lambda numbers: f"{opens}{','.join(map(str, numbers))}{closes}"


def fetch(connection: Connection, statement: Answering, values: Mapping[str, Any]) -> list[Any]:
    """All rows, as plain named tuples: an attribute of SQLAlchemy's own rows takes fifteen times as long (measured).

    Values are read column by column, and a moment that many rows share is read once.
    """
    cursor = _say(connection, statement, values)
    rows, codes = cursor.fetchall(), [column[1] for column in cursor.description]
    cursor.close()
    if not rows:
        return []
    shape, readers = _shape_of(statement, connection.dialect, *codes)
    if readers:
        columns = list(zip(*rows, strict=True))
        for place, read in readers:
            columns[place] = tuple(map(read, columns[place]))
        rows = zip(*columns, strict=True)
    return list(map(shape._make, rows))


def first(connection: Connection, statement: Answering, values: Mapping[str, Any]) -> Any:
    """The first row, or None."""
    rows = fetch(connection, statement, values)
    return rows[0] if rows else None


def change(connection: Connection, statement: UpdateBase, values: Mapping[str, Any]) -> int:
    """Carry out a statement that answers nothing; how many rows it changed."""
    cursor = _say(connection, statement, values)
    changed: int = cursor.rowcount
    cursor.close()
    return changed


def _say(connection: Connection, statement: Sayable, values: Mapping[str, Any]) -> Any:
    """Say a statement as it was written down once; the driver's cursor."""
    written = _written(statement, connection.dialect)
    known = {**written.fixed, **values}
    given = [prepare(known[name]) if prepare else known[name] for name, prepare in written.binds]
    if connection.dialect.positional:
        return tell(connection, written.sql, given)
    names = [name for name, _ in written.binds]
    return tell(connection, written.sql, dict(zip(names, given, strict=True)))


class _Written(NamedTuple):
    """A statement as the driver takes it: its parameters in order, each with what prepares it, and fixed values."""

    sql: str
    binds: list[tuple[str, Any]]
    fixed: Mapping[str, Any]


@cache
def _written(statement: Sayable, dialect: Dialect) -> _Written:
    compiled: Any = statement.compile(dialect=dialect)
    asked = {name: None for name, bind in compiled.binds.items() if bind.required}
    state = compiled.construct_expanded_state(asked)
    names = state.positiontup or list(state.parameters)
    types = {name: compiled.binds[name].type for name in names if name in compiled.binds}
    binds = [(name, _preparer(types[name], dialect) if name in types else None) for name in names]
    return _Written(state.statement, binds, state.parameters)


@cache
def _shape_of(statement: Answering, dialect: Dialect, *codes: Any) -> tuple[Any, list[tuple[int, Any]]]:
    """The named tuple of a statement's rows, and what reads the values of each column that has to be read."""
    columns = statement.exported_columns
    readers = [_reader(column.type, dialect, code) for column, code in zip(columns, codes, strict=True)]
    names = [str(name) for name in columns.keys()]  # noqa: SIM118
    return namedtuple("Row", names), [(place, read) for place, read in enumerate(readers) if read]


def reserve_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """Numbers for `count` new rows of a table, in rising order, known before the rows are written."""
    if connection.dialect.name == "postgresql":
        sequence = f"{table.name}_id_seq"
        rows = connection.execute(_RESERVE, {"sequence": sequence, "count": count})
        return [row[0] for row in rows]
    # Safe because the transaction that writes holds SQLite's one write lock from its start.
    newest = connection.execute(_newest(table)).scalar_one()
    return list(range(newest + 1, newest + 1 + count))


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row], *, once: bool = False) -> None:
    """Insert rows that all have the same keys; `once` passes over those that a unique index knows already.

    No rows, no statement: SQLAlchemy would insert a row of defaults.
    """
    if not rows:
        return
    columns = tuple(rows[0])
    values = _columns(connection.dialect, table, columns, rows)
    if connection.dialect.name == "postgresql":
        _say(connection, _insert_arrays(table, columns, once), _arrays(values)).close()
    else:
        insert = _insert_one(table, columns, "?") + _unless_known(once)
        tell(connection, insert, list(zip(*values.values(), strict=True)), many=True).close()


def insert_row(connection: Connection, table: Table, row: Row, *, once: bool = False) -> Any:
    """Insert one row and answer its key; None where `once` is asked and a unique index knows it already."""
    columns, mark = tuple(row), "?" if connection.dialect.name == "sqlite" else "%s"
    preparers = _preparers(connection.dialect, table, columns)
    values = tuple(prepare(value) if prepare else value for prepare, value in zip(preparers, row.values(), strict=True))
    insert = _insert_returning(table, columns, mark, once)
    cursor = tell(connection, insert, values)
    written = cursor.fetchone()
    cursor.close()
    return written[0] if written else None


def update_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Update rows by `id`; every other key is a column to set."""
    if not rows:
        return
    columns = (*(name for name in rows[0] if name != "id"), "id")
    values = _columns(connection.dialect, table, columns, rows)
    if connection.dialect.name == "postgresql":
        _say(connection, _update_arrays(table, columns), _arrays(values)).close()
    else:
        tell(connection, _update_one(table, columns), list(zip(*values.values(), strict=True)), many=True).close()


_RESERVE = text("SELECT nextval(CAST(:sequence AS regclass)) FROM generate_series(1, :count)")


@cache
def _newest(table: Table) -> Executable:
    return select(func.coalesce(func.max(table.c.id), 0))


# S608: the names are those of our own tables and columns, never anything that somebody sent.
@cache
def _insert_returning(table: Table, columns: tuple[str, ...], mark: str, once: bool) -> str:
    key = table.primary_key.columns[0].name
    return f'{_insert_one(table, columns, mark)}{_unless_known(once)} RETURNING "{key}"'


def _unless_known(once: bool) -> str:
    return " ON CONFLICT DO NOTHING" if once else ""


@cache
def _insert_one(table: Table, columns: tuple[str, ...], mark: str) -> str:
    marks = ", ".join([mark] * len(columns))
    return f'INSERT INTO "{table.name}" ({_quoted(columns)}) VALUES ({marks})'  # noqa: S608  # nosec B608 # names of ours


@cache
def _update_one(table: Table, columns: tuple[str, ...]) -> str:
    sets = ", ".join(f'"{name}" = ?' for name in columns[:-1])
    return f'UPDATE "{table.name}" SET {sets} WHERE id = ?'  # noqa: S608  # nosec B608 # names of ours


@cache
def _insert_arrays(table: Table, columns: tuple[str, ...], once: bool) -> TextClause:
    source = f"unnest({_casts(table, columns)}){_unless_known(once)}"
    return text(f'INSERT INTO "{table.name}" ({_quoted(columns)}) SELECT * FROM {source}')  # noqa: S608  # nosec B608 # names of ours


@cache
def _update_arrays(table: Table, columns: tuple[str, ...]) -> TextClause:
    sets = ", ".join(f'"{name}" = given."{name}"' for name in columns[:-1])
    source = f"unnest({_casts(table, columns)}) AS given({_quoted(columns)})"
    return text(f'UPDATE "{table.name}" AS target SET {sets} FROM {source} WHERE target.id = given.id')  # noqa: S608  # nosec B608 # names of ours


def _quoted(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _casts(table: Table, columns: tuple[str, ...]) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    return ", ".join(f"CAST(:{name} AS {table.c[name].type.compile(dialect)}[])" for name in columns)


def _columns(dialect: Dialect, table: Table, columns: tuple[str, ...], rows: Sequence[Row]) -> dict[str, list[Any]]:
    """Every column's values as the driver takes them."""
    values = {}
    for name, prepare in zip(columns, _preparers(dialect, table, columns), strict=True):
        column = [row[name] for row in rows]
        if prepare is None:
            values[name] = column
        elif column.count(column[0]) == len(column):
            values[name] = [prepare(column[0])] * len(column)
        else:
            values[name] = [prepare(value) for value in column]
    return values


def _arrays(values: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    return {name: arrays.as_array(column) for name, column in values.items()}


@cache
def _preparers(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> list[Any]:
    """What makes each column's values as the driver takes them; None where they are so already."""
    return [_preparer(table.c[name].type, dialect) for name in columns]


@cache
def _reader(kind: TypeEngine[Any], dialect: Dialect, code: Any) -> Any:
    read = kind.dialect_impl(dialect).result_processor(dialect, code)
    return read if read is None or isinstance(kind, JSON) else lru_cache(maxsize=4096)(read)


@cache
def _preparer(kind: TypeEngine[Any], dialect: Dialect) -> Any:
    prepare = kind.dialect_impl(dialect).bind_processor(dialect)
    # Rows written together share most of their moments and dates.
    return prepare if prepare is None or isinstance(kind, (JSON, _Numbers)) else lru_cache(maxsize=4096)(prepare)
