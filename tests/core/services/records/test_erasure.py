"""Forgetting one person: everything of theirs goes, nothing of anybody else's, and the proof stays."""

import pytest
from sqlalchemy import String, cast, func, or_, select

from coach_portal.core.errors import Invalid, NotAllowed
from coach_portal.core.models import Base, Client, Coach, tables
from coach_portal.core.services.people import clients, consent, ledger
from coach_portal.core.services.records import erasure, striking
from functions import keep_records
from tests import factories
from tests.cast import RUTH
from tests.rows import count, rows

MARKER = "Zebediah"
ZEBS_PHONE = "+16175550177"
PROOF = {"consent"}


@pytest.fixture
def zeb(story):
    """Zebediah Quill, who has agreed, has a goal, and texts about his day as Ruth does about hers."""
    zeb = factories.make_client(
        story.wired.database, story.cast.alice, name=f"{MARKER} Quill", phone=ZEBS_PHONE, now=story.wired.clock.now()
    )
    story.goal("5 squats")
    story.goal(f"call {MARKER}")
    story.goal("3 pages", client=zeb)
    story.schedule("08:31")
    story.schedule("08:31", client=zeb)
    story.it_is("2026-11-18 08:31")
    story.text("did 5 squats, and then tea with Ruth Adeyemi", sender=ZEBS_PHONE)
    story.text(f"did 5 squats. saw {MARKER.lower()} today, his number is (617) 555-0177")
    story.text("I want it all to end", sender=ZEBS_PHONE)
    story.tick()
    return zeb


def erase(story, client_id, *, strike=True, typed=None, coach=None):
    """Alice erases a client, and the next passes forget the copies."""
    database, now = story.wired.database, story.wired.clock.now()
    with database.session() as session:
        client = session.get_one(Client, client_id)
        who = session.get_one(Coach, coach or story.cast.alice)
        made = erasure.erase_client(session, who, client, typed or client.name, now, strike=strike).id
    for hours in (0, 2, 2):
        story.wired.clock.move_on(hours=hours)
        keep_records.handler({}, None)
    return made


def holding(database, marker):
    """The tables in which a search for this finds something."""
    found = set()
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            held = or_(*(func.lower(cast(column, String)).contains(marker.lower()) for column in table.c))
            if session.execute(select(func.count()).select_from(table).where(held)).scalar_one():
                found.add(table.name)
    return found


def test_a_search_for_their_name_finds_the_proof_alone(story, zeb):
    assert {"message", "client", "goal"} < holding(story.wired.database, MARKER)
    erase(story, zeb)
    assert holding(story.wired.database, MARKER) == PROOF


def test_a_search_for_their_number_finds_the_proof_alone(story, zeb):
    erase(story, zeb)
    assert holding(story.wired.database, ZEBS_PHONE[2:]) == PROOF


def test_the_others_keep_every_row(story, zeb):
    database, ruth = story.wired.database, story.cast.ruth
    before = {table.name: count(database, table, client_id=ruth) for table in of_clients()}
    erase(story, zeb)
    assert {table.name: count(database, table, client_id=ruth) for table in of_clients()} == before


def test_in_texts_of_others_their_name_and_number_are_blanked_out_and_nothing_else(story, zeb):
    erase(story, zeb)
    theirs = [row.body for row in rows(story.wired.database, tables.message, direction="in")]
    assert theirs == ["did 5 squats. saw ________ today, his number is ______________"]


def test_who_wishes_it_leaves_the_texts_of_others_as_they_are(story, zeb):
    erase(story, zeb, strike=False)
    assert "message" in holding(story.wired.database, MARKER)


def test_the_chain_of_proof_stays_whole(story, zeb):
    erase(story, zeb)
    with story.wired.database.reading() as session:
        assert [chain.broken for chain in ledger.chains(session)] == [""]


def test_the_carrier_is_told_to_forget_their_texts_and_those_that_name_them(story, zeb):
    database = story.wired.database
    theirs = {row.sid for row in rows(database, tables.message, client_id=zeb) if row.sid}
    naming = {row.sid for row in rows(database, tables.message) if row.sid and MARKER.lower() in row.body.lower()}
    erase(story, zeb)
    assert theirs | naming <= set(story.wired.sender.forgotten)


def test_an_erasure_is_done_when_the_last_copy_is_gone(story, zeb):
    erase(story, zeb)
    (made,) = rows(story.wired.database, tables.erasure)
    assert made.done_at is not None
    assert count(story.wired.database, tables.leftover) == 0


def test_a_carrier_that_is_away_is_asked_again(story, zeb):
    from coach_portal.core.errors import CarrierOutcomeUnknown

    story.wired.sender.mute = CarrierOutcomeUnknown("away")
    erase(story, zeb)
    assert count(story.wired.database, tables.leftover) > 0
    story.wired.sender.mute = None
    for _ in range(3):
        story.wired.clock.move_on(hours=7)
        keep_records.handler({}, None)
    assert count(story.wired.database, tables.leftover) == 0


def test_an_opt_out_outlives_them_and_nobody_can_take_them_on_again(story, zeb):
    story.text("STOP", sender=ZEBS_PHONE)
    erase(story, zeb)
    with story.wired.database.session() as session:
        alice = session.get_one(Coach, story.cast.alice)
        assert consent.is_suppressed(session.connection(), alice.practice_id, ZEBS_PHONE)
        with pytest.raises(Invalid):
            clients.add_client(session, alice, {**RUTH, "phone": ZEBS_PHONE}, story.wired.clock.now())


def test_nobody_is_given_their_number_in_our_books(story, zeb):
    erase(story, zeb)
    newest = max(row.message_id for row in rows(story.wired.database, tables.charge))
    new = factories.make_client(story.wired.database, story.cast.alice, phone="+16175550178", agreed=False)
    assert new > zeb
    assert story.message() > newest


def test_a_text_that_waited_for_them_is_not_sent(story, zeb):
    planned = story.message("Well done", client_id=zeb, to_phone=ZEBS_PHONE)
    erase(story, zeb)
    story.wired.queue.put([planned])
    assert story.send() == []
    assert "Well done" not in story.phone(ZEBS_PHONE)


def test_what_they_text_afterwards_is_a_strangers(story, zeb):
    erase(story, zeb)
    story.text("hello?", sender=ZEBS_PHONE)
    (heard,) = [row for row in rows(story.wired.database, tables.message, direction="in") if row.body == "hello?"]
    assert heard.client_id is None


def test_the_trail_says_who_erased_whom_by_number_alone(story, zeb):
    erase(story, zeb)
    (line,) = rows(story.wired.database, tables.audit_event, action="erase_client")
    assert (line.actor, line.subject) == (f"coach:{story.cast.alice}", f"client:{zeb}")


def test_the_owner_alone_erases(story, zeb):
    with pytest.raises(NotAllowed):
        erase(story, zeb, coach=story.cast.bob)


def test_the_name_must_be_typed(story, zeb):
    with pytest.raises(Invalid):
        erase(story, zeb, typed="Ruth Adeyemi")


def test_a_first_name_that_two_share_is_left_to_the_other(story):
    factories.make_client(story.wired.database, story.cast.alice, name="Ruth Ng", phone=ZEBS_PHONE)
    story.text("Ruth and Ruth Ng met", sender=ZEBS_PHONE)
    with story.wired.database.session() as session:
        person = erasure.footprint.person_of(session.get_one(Client, story.cast.ruth))
        assert striking.names_of(session.connection(), person) == ["Ruth Adeyemi", "Adeyemi"]


def test_the_same_phone_in_another_practice_is_somebody_elses_business(story, zeb):
    other = factories.make_client(story.wired.database, story.cast.charlie, name="Zebediah Quill", phone=ZEBS_PHONE)
    erase(story, zeb)
    assert count(story.wired.database, tables.client, id=other) == 1


def of_clients():
    """The tables with a client in every row."""
    return [table for table in Base.metadata.sorted_tables if "client_id" in table.c]
