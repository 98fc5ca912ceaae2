"""Receipts move a text forward and never back, in whatever order and number they come."""

from itertools import permutations

import pytest

from coach_portal.core.models import tables
from coach_portal.core.ports import CarrierText
from coach_portal.core.services.sending import delivery
from tests.fakes import Crash

SID = f"SM{1:032x}"
"""What the recording carrier calls its first text."""


@pytest.fixture
def sent(story, send):
    """A text that the carrier has taken; answers its id."""
    message = story.message()
    send(message)
    return message


def state_of(story, message):
    """Where a message stands."""
    return story.row(tables.message, id=message).state


@pytest.mark.parametrize("last", ["delivered", "undelivered", "failed"])
def test_receipts_in_any_order_end_the_same(story, sent, last):
    for order in permutations(["queued", "sent", last]):
        story.change(tables.message, sent, state="accepted", settled_at=None)
        for word in order:
            story.report(SID, word)
        assert state_of(story, sent) == last, order


def test_receipts_come_again_and_again(story, sent):
    moved = [report(story, sent, word) for word in ("sent", "sent", "delivered", "sent", "delivered", "failed")]
    assert moved == [True, False, True, False, False, False]
    assert state_of(story, sent) == "delivered"


def test_a_word_that_says_nothing_changes_nothing(story, sent):
    assert not report(story, sent, "receiving")
    assert state_of(story, sent) == "accepted"


def test_a_receipt_that_outran_our_own_record_is_believed(story, send):
    message = story.message()
    story.wired.sender.breaking_off = Crash()
    with pytest.raises(Crash):
        send(message)
    story.report(SID, "delivered", message=message)
    row = story.row(tables.message, id=message)
    assert (row.state, row.sid) == ("delivered", SID)


def test_our_own_record_does_not_take_a_receipt_back(story, send):
    message = story.message()
    story.wired.sender.meanwhile = lambda: story.report(SID, "delivered", message=message)
    send(message)
    assert state_of(story, message) == "delivered"


def test_a_receipt_of_a_text_that_is_not_ours_is_taken_politely(story, sent):
    assert story.report("SM" + "9" * 32, "delivered")["statusCode"] == 204
    assert state_of(story, sent) == "accepted"


def test_a_receipt_with_another_texts_number_on_it_changes_nothing(story, sent):
    story.report("SM" + "9" * 32, "failed", message=sent, error="30006")
    assert state_of(story, sent) == "accepted"


def test_when_it_was_handed_over_and_settled_is_kept(story, sent):
    handed = story.row(tables.message, id=sent).handed_at
    story.wired.clock.move_on(minutes=3)
    story.report(SID, "delivered")
    row = story.row(tables.message, id=sent)
    assert (row.handed_at, row.settled_at) == (handed, story.wired.clock.now())


def test_a_landline_is_marked_unreachable_and_the_coach_told_once(story, sent):
    for _ in range(2):
        story.report(SID, "undelivered", error="30006")
    client = story.row(tables.client)
    assert (client.unreachable_code, client.unreachable_at) == ("30006", story.wired.clock.now())
    assert story.row(tables.alert).kind == "bad_number"


def test_a_text_from_a_number_marked_dead_shows_that_it_lives(story, sent):
    story.report(SID, "undelivered", error="30006")
    story.text("HELP")
    client = story.row(tables.client)
    assert (client.unreachable_at, client.unreachable_code) == (None, None)
    assert len(story.phone()) == 2


def test_a_passing_failure_marks_nobody(story, sent):
    story.report(SID, "undelivered", error="30003")
    assert story.row(tables.client).unreachable_at is None
    assert story.row(tables.message, id=sent).error_code == "30003"


def test_a_receipt_of_a_block_is_an_opt_out(story, sent):
    story.report(SID, "failed", error="21610")
    assert story.row(tables.client).consent == "revoked"


def test_a_safety_answer_that_did_not_arrive_is_told(story):
    story.text("I want to kill myself")
    row = story.row(tables.message, kind="safety")
    story.report("SM" + "c" * 32, "undelivered", message=row.id, error="30003")
    assert [alert.kind for alert in story.rows(tables.alert)] == ["risk", "not_delivered"]


def report(story, message, word):
    """Take a report in; answers whether it changed anything."""
    with story.wired.database.transaction() as connection:
        return delivery.record_report(connection, message, CarrierText(SID, word), story.wired.clock.now())
