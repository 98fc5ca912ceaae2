"""A database in which everything happens in one transaction: weeks of history in one breath, or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from coach_portal.core.db import Database, begin


class OneBreath(Database):
    """Hands its one connection to whoever wants a transaction. For one thread; nothing is kept before `finish`."""

    def __init__(self, url: str):
        super().__init__(url)
        self._connection = self.engine.connect()
        self._whole = self._connection.begin()
        begin(self._connection)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """The connection."""
        yield self._connection

    @contextmanager
    def session(self) -> Iterator[Session]:
        """An ORM session on it."""
        with Session(self._connection, join_transaction_mode="rollback_only") as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """An ORM session that sees what is not kept yet."""
        with self.session() as session:
            yield session

    def finish(self) -> None:
        """Keep it all."""
        self._whole.commit()
        self._connection.close()
        self.dispose()
