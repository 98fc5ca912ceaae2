"""After an erasure not even the bytes of SQLite's own file, nor those of the carrier's, hold what was erased."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from coach_portal.core.db import Database
from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.services.records import erasure
from functions import keep_records
from tests import factories

MARKER = "Zebediah"


@pytest.fixture
def zeb(story):
    """Zebediah, whose name stands in the texts of both."""
    zeb = factories.make_client(story.wired.database, story.cast.alice, name=f"{MARKER} Quill", phone="+16175550177")
    for n in range(10):
        story.text(f"{MARKER} here, day {n}", sender="+16175550177")
        story.text(f"saw {MARKER} again, day {n}")
    return zeb


def occurrences(database: Database) -> int:
    """How often the marker stands in the files beside each other that are this database."""
    here = Path(str(database.engine.url.database))
    return sum(file.read_bytes().count(MARKER.encode()) for file in here.parent.glob(f"{here.name}*"))


def test_the_file_holds_their_name_as_often_as_the_proof_says_it(story, zeb):
    database = story.wired.database
    if database.engine.dialect.name != "sqlite":
        return  # Postgres reuses what was deleted by itself (autovacuum)
    assert occurrences(database) > 20
    with database.session() as session:
        alice, client = session.get_one(Coach, story.cast.alice), session.get_one(Client, zeb)
        erasure.erase_client(session, alice, client, client.name, story.wired.clock.now(), strike=True)
    keep_records.handler({}, None)
    with database.reading() as session:
        wordings = session.scalars(select(tables.consent.c.wording).where(tables.consent.c.client_id == zeb))
        said = sum(wording.count(MARKER) for wording in wordings)
        assert session.scalar(select(func.count()).select_from(tables.message)) > 0
    assert occurrences(database) == said
