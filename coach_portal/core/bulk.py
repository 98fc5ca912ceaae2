"""Many rows at once, the way each database likes it.

Postgres takes arrays through `unnest` (2.2 times as fast as executemany there, measured), SQLite takes executemany from
the driver itself (SQLAlchemy would take every row apart again). Statements are built once for each table and set of
columns.
"""

from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

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

Row = Mapping[str, Any]
Selected = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]


class among(FunctionElement[bool]):  # noqa: N801
    """Whether a column's number is one of those in the named parameter, a list of any length.

    On Postgres it is one parameter: a thousand of them take longer to write down than to find (measured). SQLite finds
    them sooner when they are many.
    """

    inherit_cache = True
    type = Boolean()

    def __init__(self, column: ColumnElement[int], name: str) -> None:
        super().__init__(column)
        self.name = name


@compiles(among)
def _in_list(element: among, compiler: SQLCompiler, **how: Any) -> str:
    (column,) = element.clauses
    return compiler.process(column.in_(bindparam(element.name, expanding=True)), **how)


@compiles(among, "postgresql")
def _in_array(element: among, compiler: SQLCompiler, **how: Any) -> str:
    (column,) = element.clauses
    return compiler.process(column == any_(bindparam(element.name, type_=_Numbers())), **how)


class _Numbers(TypeDecorator[Sequence[int]]):
    """Whole numbers as one array, written down here: the driver takes seven times as long over each (measured)."""

    impl = postgresql.ARRAY(BigInteger)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """The array as Postgres writes one."""
        return lambda numbers: f"{{{','.join(map(str, numbers))}}}"


def fetch(connection: Connection, statement: Selected, values: Mapping[str, Any]) -> list[Any]:
    """All rows, as plain named tuples: an attribute of SQLAlchemy's own rows takes fifteen times as long (measured).

    Values are read column by column, and a moment that many rows share is read once.
    """
    found = connection.execute(statement, values)
    shape, cursor = _shape(*found.keys()), found.cursor
    types = [column.type for column in statement.selected_columns]
    codes: list[Any] = [column[1] for column in cursor.description]
    readers = [_reader(kind, connection.dialect, code) for kind, code in zip(types, codes, strict=True)]
    rows: Iterable[Any] = cursor.fetchall()
    found.close()
    if rows and any(readers):
        columns = zip(readers, zip(*rows, strict=True), strict=True)
        rows = zip(*[map(read, column) if read else column for read, column in columns], strict=True)
    return list(map(shape._make, rows))


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
        connection.execute(_insert_arrays(table, columns, once), values)
    else:
        insert = _insert_one(table, columns, "?") + _unless_known(once)
        connection.exec_driver_sql(insert, list(zip(*values.values(), strict=True)))


def insert_row(connection: Connection, table: Table, row: Row, *, once: bool = False) -> Any:
    """Insert one row and answer its key; None where `once` is asked and a unique index knows it already.

    What SQLAlchemy spends on such a statement is more than what SQLite spends on carrying it out (measured).
    """
    columns, mark = tuple(row), "?" if connection.dialect.name == "sqlite" else "%s"
    preparers = _preparers(connection.dialect, table, columns)
    values = tuple(prepare(value) if prepare else value for prepare, value in zip(preparers, row.values(), strict=True))
    insert = _insert_returning(table, columns, mark, once)
    return connection.exec_driver_sql(insert, values).scalar_one_or_none()


def update_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Update rows by `id`; every other key is a column to set."""
    if not rows:
        return
    columns = (*(name for name in rows[0] if name != "id"), "id")
    values = _columns(connection.dialect, table, columns, rows)
    if connection.dialect.name == "postgresql":
        connection.execute(_update_arrays(table, columns), values)
    else:
        connection.exec_driver_sql(_update_one(table, columns), list(zip(*values.values(), strict=True)))


@cache
def _shape(*names: str) -> Any:
    return namedtuple("Row", names)


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
    return f'INSERT INTO "{table.name}" ({_quoted(columns)}) VALUES ({marks})'  # noqa: S608


@cache
def _update_one(table: Table, columns: tuple[str, ...]) -> str:
    sets = ", ".join(f'"{name}" = ?' for name in columns[:-1])
    return f'UPDATE "{table.name}" SET {sets} WHERE id = ?'  # noqa: S608


@cache
def _insert_arrays(table: Table, columns: tuple[str, ...], once: bool) -> Executable:
    source = f"unnest({_casts(table, columns)}){_unless_known(once)}"
    return text(f'INSERT INTO "{table.name}" ({_quoted(columns)}) SELECT * FROM {source}')  # noqa: S608


@cache
def _update_arrays(table: Table, columns: tuple[str, ...]) -> Executable:
    sets = ", ".join(f'"{name}" = given."{name}"' for name in columns[:-1])
    source = f"unnest({_casts(table, columns)}) AS given({_quoted(columns)})"
    return text(f'UPDATE "{table.name}" AS target SET {sets} FROM {source} WHERE target.id = given.id')  # noqa: S608


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
        values[name] = column if prepare is None else [prepare(value) for value in column]
    return values


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
    return prepare if prepare is None or isinstance(kind, JSON) else lru_cache(maxsize=4096)(prepare)
