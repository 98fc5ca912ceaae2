"""Writing down what SQLAlchemy says to the driver, and saying it again without SQLAlchemy.

This is how a job's floor is found: the same statements, parameters and transactions by the raw driver.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from unittest.mock import patch

import psycopg
from sqlalchemy import Connection, Engine, event, make_url

from coach_portal.core import arrays


class Statement(NamedTuple):
    """One statement as the driver was given it."""

    sql: str
    parameters: Any
    many: bool


@dataclass
class Transaction:
    """What was said between BEGIN and COMMIT; `alone` when the driver made each statement its own transaction."""

    alone: bool = False
    statements: list[Statement] = field(default_factory=list)

    @property
    def round_trips(self) -> int:
        """How often a server has to be asked: psycopg sends BEGIN and COMMIT by themselves."""
        return len(self.statements) + (0 if self.alone else 2)


class Recorder:
    """Listens to one engine."""

    def __init__(self) -> None:
        self.said: list[Transaction] = []
        self._is_open = False

    def begin(self, connection: Connection) -> None:
        """A transaction begins, unless a statement was heard before its beginning."""
        if not self._is_open:
            alone = getattr(connection.connection.driver_connection, "autocommit", None) is True
            self.said.append(Transaction(alone))
            self._is_open = True

    def execute(
        self, connection: Connection, _cursor: Any, sql: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        """The driver is given a statement."""
        self.begin(connection)
        # Rows that SQLAlchemy has put into one statement come as one row of parameters.
        self.said[-1].statements.append(Statement(sql, parameters, many and isinstance(parameters, list)))

    def end(self, _connection: Connection) -> None:
        """A transaction ends."""
        self._is_open = False


@contextmanager
def recording(engine: Engine) -> Iterator[list[Transaction]]:
    """Everything that is said through this engine, transaction by transaction."""
    recorder = Recorder()
    listeners = [
        ("begin", recorder.begin),
        ("before_cursor_execute", recorder.execute),
        ("commit", recorder.end),
        ("rollback", recorder.end),
    ]
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield recorder.said
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)


@contextmanager
def listening(module: Any, name: str) -> Iterator[list[tuple[Any, Any]]]:
    """What a function is called with from its module, call by call, so that it can be called so again."""
    heard: list[tuple[Any, Any]] = []
    say = getattr(module, name)

    def listen(*words: Any, **names: Any) -> Any:
        heard.append((words, names))
        return say(*words, **names)

    with patch.object(module, name, listen):
        yield heard


def rows_as_lists() -> AbstractContextManager[Any]:
    """Rows go to Postgres' driver as it takes them, as lists of values: we write them down ourselves, being quicker."""
    return patch.object(arrays, "as_array", list)


class SqliteFloor:
    """sqlite3 and nothing else."""

    def __init__(self, url: str) -> None:
        self._connection = sqlite3.connect(str(make_url(url).database), isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
            self._connection.execute(f"PRAGMA {pragma}")

    def say(self, transactions: Iterable[Transaction]) -> None:
        """Say it all again, and read every answer."""
        execute, many = self._connection.execute, self._connection.executemany
        for transaction in transactions:
            execute("BEGIN IMMEDIATE")
            for statement in transaction.statements:
                say = many if statement.many else execute
                say(statement.sql, statement.parameters).fetchall()
            execute("COMMIT")

    def alone(self, statements: Iterable[str]) -> None:
        """Say these, each a transaction of its own."""
        for statement in statements:
            self._connection.execute(statement)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class PostgresFloor:
    """psycopg and nothing else."""

    def __init__(self, url: str) -> None:
        address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(address)
        self._alone = psycopg.connect(address, autocommit=True)

    def say(self, transactions: Iterable[Transaction]) -> None:
        """Say it all again, and read every answer."""
        for transaction in transactions:
            connection = self._alone if transaction.alone else self._connection
            for statement in transaction.statements:
                with connection.cursor() as cursor:
                    say = cursor.executemany if statement.many else cursor.execute
                    say(statement.sql, statement.parameters)
                    if cursor.description:
                        cursor.fetchall()
            if not transaction.alone:
                connection.commit()

    def alone(self, statements: Iterable[str]) -> None:
        """Say these, each a transaction of its own."""
        for statement in statements:
            self._alone.execute(statement)

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()
        self._alone.close()


def raw_driver(url: str) -> SqliteFloor | PostgresFloor:
    """The raw driver for a database."""
    return (SqliteFloor if make_url(url).get_backend_name() == "sqlite" else PostgresFloor)(url)
