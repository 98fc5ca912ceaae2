"""The invitation is the one text that goes to someone who has not agreed, so it cannot be pressed upon anyone."""

import pytest
from sqlalchemy import func, select

from coach_portal.core.models import Client, Message
from coach_portal.core.services.people import clients, consent
from tests.cast import NOW

ELI = {"name": "Eli Brandt", "phone": "+16175550112", "timezone": "America/New_York", "locale": "en"}


@pytest.fixture
def eli(alice):
    """The address of Eli's page, who has just been asked once."""
    return alice.post("/clients/new", ELI).location


def asked(database):
    """How often Eli was asked."""
    with database.reading() as session:
        mine = select(Client.id).where(Client.phone == ELI["phone"]).scalar_subquery()
        return session.scalar(select(func.count()).where(Message.client_id == mine, Message.kind == "invitation"))


def test_who_said_no_is_not_asked_again(alice, eli, database):
    with database.session() as session:
        client = session.scalars(select(Client).where(Client.phone == ELI["phone"])).one()
        consent.decline(session.connection(), clients.party_of(client), consent.Proof("text", "", ""), NOW)
    alice.post(f"{eli}/invite", page="/clients/new")
    page = alice.get(eli)
    assert "They can text START to begin" in page.text
    assert "Eli said no to texts" in page.text
    assert asked(database) == 1


def test_who_does_not_answer_is_asked_three_times_at_most(alice, eli, database):
    for _ in range(10):
        alice.post(f"{eli}/invite", page="/clients/new")
    assert "has been asked three times" in alice.get(eli).text
    assert asked(database) == 3
