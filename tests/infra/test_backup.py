"""`coach-portal backup` and `restore`: what comes back, what is refused, and what is not done twice afterwards."""

import sqlite3
import threading
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from coach_portal.core.db import Database
from coach_portal.core.models import tables
from coach_portal.core.services.sending import outbound, recovery
from infra.cli import main
from tests import databases
from tests.cast import NOW, found_in, hire
from tests.factories import make_goal, make_message, make_schedule
from tests.fakes import FakeSender
from tests.rows import change, count, row, rows


@pytest.fixture
def data_dir(tmp_path, monkeypatch):
    """A machine whose practice has a photo, a text that waits to be recorded, and an email that was kept."""
    here = tmp_path / "data"
    for name, content in (
        ("files/photos/1/a.jpg", b"\xff\xd8 a photo"),
        ("inbound/1-SM1.json", b"{}"),
        ("mail/1.eml", b"m"),
    ):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_bytes(content)
    with databases.fresh("sqlite", here, hire):
        monkeypatch.setenv("DATA_DIR", str(here))
        monkeypatch.delenv("DATABASE_URL", raising=False)
        yield here


@pytest.fixture
def database(data_dir):
    """Its database."""
    opened = Database(f"sqlite:///{data_dir / 'coach_portal.db'}")
    yield opened
    opened.dispose()


@pytest.fixture
def says(capsys):
    """Run a command; answers its exit code and what it printed."""

    def run(*argv):
        code = main([str(each) for each in argv])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


@pytest.fixture
def backup(data_dir, tmp_path, says):
    """A backup of it, as it is when the test asks."""

    def make():
        file = tmp_path / "a.zip"
        assert says("backup", file)[0] == 0
        return file

    return make


def test_what_was_backed_up_comes_back_elsewhere(data_dir, backup, says, tmp_path, monkeypatch):
    file, elsewhere = backup(), tmp_path / "elsewhere"
    monkeypatch.setenv("DATA_DIR", str(elsewhere))
    code, told = says("restore", file)
    assert code == 0, told
    for name in ("files/photos/1/a.jpg", "inbound/1-SM1.json", "mail/1.eml"):
        assert (elsewhere / name).read_bytes() == (data_dir / name).read_bytes()
    back = Database(f"sqlite:///{elsewhere / 'coach_portal.db'}")
    assert [each.name for each in rows(back, tables.client)] == ["Ruth Adeyemi"]
    back.dispose()


def test_it_is_whole_though_somebody_writes_all_the_while(database, backup, data_dir):
    done, written = threading.Event(), []

    def write():
        while not done.is_set():
            with database.transaction() as connection:
                values = {"name": f"k{len(written)}", "sealed": b"x" * 2000, "changed_at": NOW}
                connection.execute(tables.secret.insert(), values)
            written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        file = backup()
    finally:
        done.set()
        writer.join()
    assert main(["restore", str(file), "--check"]) == 0


def test_nobody_else_can_read_it(backup):
    assert backup().stat().st_mode & 0o777 == 0o600


def test_it_takes_the_place_of_no_other_file(backup, says):
    file = backup()
    before = file.read_bytes()
    code, told = says("backup", file)
    assert (code, file.read_bytes()) == (1, before)
    assert "choose another name" in told


def test_data_is_not_overwritten_unless_told_so(database, backup, says):
    file = backup()
    change(database, tables.client, found_in(database).ruth, name="Ruth the Second")
    code, told = says("restore", file)
    assert code == 1
    assert "--overwrite" in told
    assert row(database, tables.client).name == "Ruth the Second"


def test_what_is_overwritten_is_set_aside(database, backup, says, data_dir):
    file = backup()
    change(database, tables.client, found_in(database).ruth, name="Ruth the Second")
    database.dispose()
    code, told = says("restore", file, "--overwrite")
    assert code == 0, told
    assert row(database, tables.client).name == "Ruth Adeyemi"
    (aside,) = data_dir.glob("before-restore-*")
    with closing(sqlite3.connect(aside / "coach_portal.db")) as old:
        assert old.execute("SELECT name FROM client").fetchone() == ("Ruth the Second",)
    assert (aside / "files/photos/1/a.jpg").exists()


def test_a_server_that_runs_is_not_taken_its_database_from(database, backup, says):
    file = backup()
    with database.reading() as session:
        session.execute(tables.client.select()).all()
        code, told = says("restore", file, "--overwrite")
    assert code == 1
    assert "stop it first" in told


@pytest.mark.parametrize("harm", ["cut", "byte", "rubbish", "another zip"])
def test_a_damaged_backup_changes_nothing(backup, says, database, harm):
    file = backup()
    content = bytearray(file.read_bytes())
    if harm == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif harm == "byte":
        content[len(content) // 2] ^= 0xFF
        file.write_bytes(content)
    elif harm == "rubbish":
        file.write_bytes(b"no zip")
    else:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("letter.txt", "hello")
    change(database, tables.client, found_in(database).ruth, name="Ruth the Second")
    database.dispose()
    code, told = says("restore", file, "--overwrite")
    assert code == 1
    assert "damaged" in told
    assert row(database, tables.client).name == "Ruth the Second"


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "files/../../outside", "etc/passwd"])
def test_nothing_is_unpacked_outside_of_its_folder(backup, says, name, tmp_path):
    file = backup()
    with zipfile.ZipFile(file) as archive:
        kept = {each: archive.read(each) for each in archive.namelist()}
    listed = kept["backup.json"].decode().replace('"mail/1.eml"', f'"{name}"').encode()
    with zipfile.ZipFile(file, "w") as archive:
        for inside, content in {**kept, "backup.json": listed, name: b"m"}.items():
            archive.writestr(inside, content)
    code, told = says("restore", file, "--check")
    assert code == 1
    assert "no place in a backup" in told
    assert not list(tmp_path.rglob("outside"))


def test_a_backup_of_a_newer_version_is_refused(database, backup, says):
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    code, told = says("restore", backup(), "--check")
    assert code == 1
    assert "newer version" in told


def test_on_postgres_it_says_how(says, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal@127.0.0.1/portal")
    for argv in (["backup"], ["restore", tmp_path / "a.zip"]):
        code, told = says(*argv)
        assert code == 1
        assert "pg_dump" in told


def test_a_text_that_left_after_the_backup_is_not_sent_again(database, backup, says):
    message_id = make_message(database, found_in(database), kind="reply", now=datetime.now(UTC))
    file, carrier = backup(), FakeSender()
    deliver(database, carrier, message_id)
    database.dispose()
    assert says("restore", file, "--overwrite")[0] == 0
    deliver(database, carrier, message_id)
    assert len(carrier.sent) == 1
    assert row(database, tables.message, id=message_id).state == "sent"


def test_a_text_that_did_not_leave_is_sent_then(database, backup, says):
    message_id = make_message(database, found_in(database), kind="reply", now=datetime.now(UTC))
    file, carrier = backup(), FakeSender()
    database.dispose()
    assert says("restore", file, "--overwrite")[0] == 0
    deliver(database, carrier, message_id)
    assert len(carrier.sent) == 1


def test_a_question_that_came_due_after_the_backup_is_left_out(database, backup, says):
    cast, yesterday = found_in(database), datetime.now(UTC) - timedelta(days=1)
    make_goal(database, cast, now=yesterday)
    schedule_id = make_schedule(database, cast, now=yesterday)
    change(database, tables.schedule, schedule_id, next_due_at=yesterday)
    file = backup()
    database.dispose()
    code, told = says("restore", file, "--overwrite")
    assert code == 0
    assert "1 questions" in told
    assert row(database, tables.schedule, id=schedule_id).next_due_at > datetime.now(UTC)
    assert count(database, tables.check_in) == 0


def test_no_number_of_a_text_that_was_lost_is_given_anew(database, backup, says):
    cast = found_in(database)
    file = backup()
    lost = make_message(database, cast)
    database.dispose()
    assert says("restore", file, "--overwrite")[0] == 0
    assert make_message(database, cast) > lost + 1000


def test_the_server_that_starts_on_it_picks_up_what_was_on_its_way(database, backup, says):
    message_id = make_message(database, found_in(database), kind="reply", now=datetime.now(UTC))
    file = backup()
    database.dispose()
    assert says("restore", file, "--overwrite")[0] == 0
    later = datetime.now(UTC) + timedelta(minutes=2)
    with database.transaction() as connection:
        assert recovery.pick_up(connection, later, later, requeue_after=timedelta()) == [message_id]


def deliver(database, carrier, message_id):
    """Send one text, as the server does some time later."""
    later = datetime.now(UTC) + timedelta(minutes=2)
    outbound.deliver(database, carrier, message_id, later, lambda: later)
