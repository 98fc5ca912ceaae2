"""The ledger of consent only grows, and a past that was changed shows (R12)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from coach_portal.core.models import Client, tables
from coach_portal.core.services.people import ledger
from coach_portal.migrations import steps
from tests.factories import make_client

LIFT = {
    "sqlite": ("DROP TRIGGER consent_no_update", "DROP TRIGGER consent_no_delete"),
    "postgresql": ("ALTER TABLE consent DISABLE TRIGGER ALL",),
}


@pytest.fixture
def grown(story):
    """A ledger with eight lines: Ruth's and Eli's in Alice's practice, one of Charlie's."""
    eli = make_client(story.wired.database, story.cast.alice, name="Eli", phone="+16175550112", agreed=False)
    make_client(story.wired.database, story.cast.charlie, agreed=False)
    for word in ("STOP", "START"):
        story.text(word)
    story.text("YES", sender="+16175550112")
    assert eli
    return story


def tamper(story, statement, **values):
    """Change the ledger as someone could who owns the database."""
    with story.wired.database.transaction() as connection:
        for lift in LIFT[connection.dialect.name]:
            connection.execute(text(lift))
        connection.execute(statement, values)


def chains(story):
    """Every practice's chain, checked."""
    with story.wired.database.reading() as session:
        return ledger.chains(session)


@pytest.mark.parametrize("change", [update(tables.consent).values(event="granted"), delete(tables.consent)])
def test_r12_the_database_refuses_to_change_or_remove_a_line(grown, change):
    before = grown.rows(tables.consent)
    with pytest.raises(DBAPIError, match="append-only"), grown.wired.database.transaction() as connection:
        connection.execute(change)
    assert grown.rows(tables.consent) == before


def test_r12_nor_can_all_lines_be_removed_at_once(grown):
    if grown.wired.database.engine.dialect.name == "postgresql":
        with pytest.raises(DBAPIError, match="append-only"), grown.wired.database.transaction() as connection:
            connection.execute(text("TRUNCATE consent"))


def test_each_practice_has_a_chain_of_its_own(grown):
    alices, charlies = chains(grown)
    assert (alices.lines, alices.broken) == (6, "")
    assert (charlies.lines, charlies.broken) == (1, "")
    assert alices.ends_with != charlies.ends_with


def test_r12_a_line_that_was_changed_shows(grown):
    line = grown.rows(tables.consent, event="revoked")[0]
    tamper(grown, update(tables.consent).where(tables.consent.c.id == line.id).values(event="granted"))
    assert chains(grown)[0].broken == f"line {line.place} is not as it was written"


def test_r12_a_line_that_was_removed_shows(grown):
    line = grown.rows(tables.consent, event="revoked")[0]
    tamper(grown, delete(tables.consent).where(tables.consent.c.id == line.id))
    assert chains(grown)[0].broken == f"line {line.place} is missing"


def test_r12_an_end_that_was_cut_off_shows(grown):
    last = grown.rows(tables.consent)[-1]
    tamper(grown, delete(tables.consent).where(tables.consent.c.id == last.id))
    assert chains(grown)[0].broken == f"the lines after {last.place - 1} are missing"


def test_lines_written_at_once_make_one_chain(grown):
    database, charlie = grown.wired.database, grown.cast.charlie

    def take_on(place):
        make_client(database, charlie, name="Kim", phone=f"+1617555{300 + place:04}", agreed=True)

    with ThreadPoolExecutor(4) as callers:
        list(callers.map(take_on, range(12)))
    assert [(chain.lines, chain.broken) for chain in chains(grown)] == [(6, ""), (25, "")]


def test_what_was_written_before_there_was_a_chain_is_chained(grown):
    before = chains(grown)
    steps.downgrade(grown.wired.database.engine, "0003_moments")
    steps.upgrade(grown.wired.database.engine)
    assert chains(grown) == before


def test_a_clients_lines_are_theirs_alone_from_the_first_on(grown):
    with grown.wired.database.reading() as session:
        lines = ledger.lines_of(session, session.get_one(Client, grown.cast.ruth))
        assert [line.event for line in lines] == ["invited", "granted", "revoked", "granted"]
