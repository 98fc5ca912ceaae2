"""What goes out: all of one person or of a practice, nothing of anybody else's, and safe to open."""

import csv
import io
import json
import zipfile

import pytest

from coach_portal.core.errors import NotAllowed
from coach_portal.core.models import Base, Client, Coach, tables
from coach_portal.core.services.records import footprint, outgoing
from tests import factories

PEERS_PHONE = "+16175550188"


@pytest.fixture
def day(story):
    """A day of Ruth's, and one of Pete's."""
    pete = factories.make_client(story.wired.database, story.cast.alice, name="Pete Sole", phone=PEERS_PHONE)
    story.goal("5 squats")
    story.goal("tea", client=pete)
    story.schedule("08:31")
    story.it_is("2026-11-18 08:31")
    story.text("=SUM(A1) did 5 squats")
    story.text("did tea", sender=PEERS_PHONE)
    return story


def of_ruth(story):
    """Everything of Ruth's."""
    with story.wired.database.reading() as session:
        return outgoing.of_person(session, session.get_one(Client, story.cast.ruth), story.wired.clock.now())


def practice_zip(story, coach):
    """Everything of a coach's practice, as the files it consists of."""
    into = io.BytesIO()
    with story.wired.database.reading() as session:
        outgoing.practice_into(session, session.get_one(Coach, coach).practice_id, into)
    packed = zipfile.ZipFile(into)
    return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


def test_it_holds_what_they_texted_did_and_agreed_to(day):
    told = of_ruth(day)
    assert "=SUM(A1) did 5 squats" in [row["body"] for row in told["message"]]
    assert [row["event"] for row in told["consent"]] == ["invited", "granted"]
    assert {"client", "goal", "win", "check_in", "charge"} <= told.keys()


def test_it_holds_nothing_of_another_client(day):
    assert PEERS_PHONE not in json.dumps(of_ruth(day))


def test_every_row_that_erasure_would_remove_is_in_it(day):
    told = of_ruth(day)
    with day.wired.database.reading() as session:
        person = footprint.person_of(session.get_one(Client, day.cast.ruth))
        found = footprint.of(session.connection(), person).ids
    for name in found.keys() - outgoing.NOT_THEIRS:
        assert len(told.get(name, [])) == len(found[name]), name


def test_as_tables_no_cell_is_a_formula(day):
    packed = zipfile.ZipFile(io.BytesIO(outgoing.zipped(of_ruth(day))))
    rows = list(csv.DictReader(io.StringIO(packed.read("message.csv").decode("utf-8-sig"))))
    assert "'=SUM(A1) did 5 squats" in [row["body"] for row in rows]
    assert {row["to_phone"][:2] for row in rows} == {"'+"}
    assert json.loads(packed.read("everything.json"))["client_id"] == day.cast.ruth


def test_a_practice_takes_all_of_its_own_and_nothing_of_another(day):
    files = practice_zip(day, day.cast.alice)
    assert "Ruth Adeyemi" in files["client.csv"]
    assert "Stone Coaching" not in "".join(files.values())
    lines = [json.loads(line) for line in files["message.jsonl"].splitlines()]
    assert len(lines) == len(day.rows(tables.message))


def test_what_opens_something_to_whoever_knows_it_stays_in_the_house(day):
    files = practice_zip(day, day.cast.alice)
    heads = {name: text.partition("\r\n")[0].split(",") for name, text in files.items() if name.endswith(".csv")}
    assert "password_hash" in Base.metadata.tables["coach"].c
    leaks = {name: [column for column in head if outgoing.is_secret(column)] for name, head in heads.items()}
    assert {name: columns for name, columns in leaks.items() if columns} == {"consent.csv": ["hash"]}
    assert "web_session.csv" not in files


def test_only_the_owner_takes_everything_out(day):
    with day.wired.database.session() as session:
        bob = session.get_one(Coach, day.cast.bob)
        with pytest.raises(NotAllowed):
            outgoing.note(session, bob, f"practice:{bob.practice_id}", "zip", day.wired.clock.now())
