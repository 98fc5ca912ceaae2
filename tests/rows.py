"""What a test finds in the database."""

from typing import Any

from sqlalchemy import Row, Table, func, select, update

from coach_portal.core.db import Database


def rows(database: Database, table: Table, **equal: Any) -> list[Row[Any]]:
    """The rows whose columns hold these values, in the order they were written."""
    with database.reading() as session:
        return list(session.execute(select(table).filter_by(**equal).order_by(*table.primary_key)).all())


def row(database: Database, table: Table, **equal: Any) -> Row[Any]:
    """The only such row."""
    (found,) = rows(database, table, **equal)
    return found


def count(database: Database, table: Table, **equal: Any) -> int:
    """How many such rows there are."""
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(table).filter_by(**equal)).scalar_one()


def change(database: Database, table: Table, row_id: int, **values: Any) -> None:
    """Set columns of one row."""
    with database.transaction() as connection:
        connection.execute(update(table).where(table.c.id == row_id).values(**values))
