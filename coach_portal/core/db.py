"""The database: engine, transactions and the base of the tables. The one place that commits."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError, TimeoutError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

AWAY = (OperationalError, InterfaceError, InternalError, TimeoutError)
"""What a database raises that is away: down, starting, failing over, or out of connections."""
CONNECT_WITHIN = 4
"""Seconds for a connection to Postgres. A webhook that waits longer loses its caller."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Only aware datetimes go in, only UTC comes out, also from SQLite, which knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC; a naive datetime is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value.isoformat()} where a moment is wanted")
        return value if value.tzinfo is UTC else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say UTC where the database could not."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigId = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, int: BigId}  # noqa: RUF012


class HasId:
    """A table with a number of its own."""

    id: Mapped[int] = mapped_column(primary_key=True)


class Database:
    """One engine, and the only ways into it. Every block commits when it ends well and rolls back when it does not."""

    def __init__(self, url: str):
        self.engine = make_engine(url)
        self._autocommitting = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        # SQLite takes writes one at a time. Waiting here instead of in its sleeping busy handler cuts the slowest
        # webhook eightfold where threads contend (measured; it changes nothing between processes).
        sqlite = self.engine.dialect.name == "sqlite"
        self._write_lock: AbstractContextManager[Any] = threading.Lock() if sqlite else nullcontext()
        self._writer: Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection to write with: what the hot paths speak."""
        with self._write_lock, self._writing() as connection, connection.begin():
            begin(connection)
            yield connection

    def _writing(self) -> AbstractContextManager[Connection]:
        # Whoever holds SQLite's write lock is alone: there is no need to take a connection from the pool each time.
        if self.engine.dialect.name != "sqlite":
            return self.engine.connect()
        if self._writer is None:
            self._writer = self.engine.connect()
        return nullcontext(self._writer)

    def statement(self) -> AbstractContextManager[Connection]:
        """A connection for statements that need not hold together. On Postgres each commits itself, which spares two
        round trips."""
        return self._alone() if self.engine.dialect.name == "postgresql" else self.transaction()

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        with self._autocommitting.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def session(self) -> Iterator[Session]:
        """An ORM session to write with: what the pages speak."""
        with self._write_lock, Session(self.engine) as session, session.begin():
            begin(session.connection())
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """An ORM session to read with. Whatever it changes is thrown away."""
        with Session(self.engine) as session:
            begin(session.connection(), "BEGIN")
            yield session
            session.rollback()

    def scrub(self) -> None:
        """Rewrite SQLite's file without the bytes of what was deleted. Postgres reuses them by itself (autovacuum)."""
        if self.engine.dialect.name == "sqlite":
            with self._write_lock, self.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    driver.execute(statement).fetchall()

    def dispose(self) -> None:
        """Close every connection."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """An engine for SQLite or Postgres. `postgres://` and `postgresql://` addresses mean the psycopg driver.

    Its errors quote no values: they are bodies and phone numbers.
    """
    parsed = make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        patience = {"connect_timeout": CONNECT_WITHIN}
        return create_engine(parsed, connect_args=patience, pool_size=10, max_overflow=10, hide_parameters=True)
    if parsed.database and parsed.database != ":memory:":
        _make_file(Path(parsed.database))
    engine = create_engine(parsed, connect_args={"check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _make_file(file: Path) -> None:
    """A file that other users of the machine cannot read; SQLite gives those beside it the same rights."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, in `begin`
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def begin(connection: Connection, how: str = "BEGIN IMMEDIATE") -> None:
    """Begin for SQLite, whose driver we keep from beginning by itself.

    A transaction that will write takes the lock at once: one that reads first and writes later can be refused half-way,
    which no busy timeout helps. Said here and not by a listener, since SQLAlchemy asks at every statement of an engine
    that has one whom it must tell; and to the driver, since by SQLAlchemy it costs six times as much (both measured).
    """
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute(how)


def tell(connection: Connection, sql: str, values: Any, *, many: bool = False) -> Any:
    """Say a statement in the driver's own words; answers the driver's cursor, for the caller to read and close.

    By SQLAlchemy a statement of 31 columns costs about five times as much as by SQLite itself (measured). Whoever
    listens to the engine hears it all the same, and errors are SQLAlchemy's. Raises DBAPIError.
    """
    cursor: Any = connection.connection.cursor()
    for hear in connection.dispatch.before_cursor_execute:
        hear(connection, cursor, sql, values, None, many)
    try:
        (cursor.executemany if many else cursor.execute)(sql, values)
    except connection.dialect.loaded_dbapi.Error as error:
        kind: Any = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(sql, None, error, kind, hide_parameters=True, dialect=connection.dialect) from error
    return cursor
