"""One place commits; moments are aware and come back in UTC; a reader leaves nothing behind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from coach_portal.core import bulk
from coach_portal.core.db import make_engine
from coach_portal.core.models import JobRun, tables
from tests.rows import count, row

MOMENT = datetime(2026, 11, 18, 13, 30, 15, 123456, UTC)


def run(**values):
    """A row of the simplest table."""
    return {"job": "sweep", "began_at": MOMENT, "ended_at": None, "did": {"planned": 1}, "error": None, **values}


def test_a_block_that_ends_well_is_kept(database):
    with database.transaction() as connection:
        connection.execute(insert(tables.job_run), run())
    with database.session() as session:
        session.get_one(JobRun, "sweep").error = "none"
    assert row(database, tables.job_run).error == "none"


@pytest.mark.parametrize("way", ["transaction", "session"])
def test_a_block_that_fails_leaves_nothing(database, way):
    with pytest.raises(ZeroDivisionError), getattr(database, way)() as opened:
        opened.execute(insert(tables.job_run), run(error=f"{1 / 0}"))
    assert count(database, tables.job_run) == 0


def test_what_a_reader_changes_is_thrown_away(database):
    with database.transaction() as connection:
        connection.execute(insert(tables.job_run), run())
    with database.reading() as session:
        session.get_one(JobRun, "sweep").error = "scribbled"
        session.flush()
    assert row(database, tables.job_run).error is None


def test_a_moment_comes_back_as_the_same_moment_in_utc(database):
    elsewhere = MOMENT.astimezone(timezone(timedelta(hours=-5)))
    with database.transaction() as connection:
        connection.execute(insert(tables.job_run), run(began_at=elsewhere))
    began_at = row(database, tables.job_run).began_at
    assert began_at == MOMENT
    assert began_at.tzinfo is UTC


def test_a_naive_datetime_is_refused(database):
    with database.transaction() as connection, pytest.raises(StatementError, match="naive datetime"):
        connection.execute(insert(tables.job_run), run(began_at=MOMENT.replace(tzinfo=None)))


def test_foreign_keys_hold(database):
    orphan = {"practice_id": 99, "phone": "+16175550100"}
    with pytest.raises(IntegrityError), database.transaction() as connection:
        connection.execute(insert(tables.sending_number), orphan)


def test_what_is_said_in_the_drivers_words_fails_with_the_same_error_and_quotes_no_values(database):
    orphan = {"practice_id": 99, "phone": "+16175550100"}
    with pytest.raises(IntegrityError) as caught, database.transaction() as connection:
        bulk.insert_row(connection, tables.sending_number, orphan)
    assert "[parameters:" not in str(caught.value)


def test_who_listens_hears_what_is_said_in_the_drivers_words(database, statements):
    with database.transaction() as connection:
        bulk.insert_rows(connection, tables.clock_shift, [{"seconds": 0}])
    assert "INSERT" in statements[-1]


def test_of_many_who_count_up_at_once_none_is_lost(database):
    with database.transaction() as connection:
        connection.execute(insert(tables.clock_shift), {"seconds": 0})

    def count_up(_):
        with database.transaction() as connection:
            connection.execute(select(tables.clock_shift.c.seconds).with_for_update()).scalar_one()
            connection.execute(update(tables.clock_shift).values(seconds=tables.clock_shift.c.seconds + 1))

    with ThreadPoolExecutor(8) as people:
        list(people.map(count_up, range(40)))
    assert row(database, tables.clock_shift).seconds == 40


def test_sqlite_is_set_up_for_many_readers_and_one_writer(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/deep/down/coach_portal.db")
    with engine.connect() as connection:
        found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys")]
    engine.dispose()
    assert found == ["wal", 1]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_a_postgres_address_means_psycopg(scheme):
    engine = make_engine(f"{scheme}://ana:secret@db.example.com/coach_portal")
    assert engine.url.drivername == "postgresql+psycopg"
    engine.dispose()


def test_a_file_of_peoples_texts_is_its_owners_alone(tmp_path):
    file = tmp_path / "data" / "portal.db"
    engine = make_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE said (words TEXT)"))
        connection.execute(text("INSERT INTO said VALUES ('hello')"))
        modes = {path.name: path.stat().st_mode & 0o777 for path in file.parent.iterdir()}
    engine.dispose()
    assert set(modes.values()) == {0o600}, modes
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_database_in_memory_makes_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for url in ("sqlite://", "sqlite:///:memory:"):
        with make_engine(url).connect() as connection:
            connection.execute(text("SELECT 1"))
    assert list(tmp_path.iterdir()) == []
