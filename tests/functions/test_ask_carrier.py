"""What the carrier did not tell us of its own accord, it is asked."""

from datetime import timedelta

import pytest

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.models import tables
from coach_portal.core.ports import CarrierText, KeptText
from functions import ask_carrier
from tests import webhooks
from tests.cast import ALICES_NUMBER, RUTHS_PHONE

SID = f"SM{1:032x}"
MISSED = "SM" + "d" * 32


def ask(story):
    """The minute's pass."""
    return ask_carrier.handler(webhooks.event("schedule"), None)


@pytest.fixture
def sent(story):
    """A text that the carrier has taken and says no more of."""
    (invitation,) = story.rows(tables.message)
    story.change(tables.message, invitation.id, ask_at=None)
    message = story.message()
    story.send()
    return message


def tells(story, word, price=None, code=None):
    """What the carrier says when it is asked about the text."""
    story.wired.sender.told[SID] = CarrierText(SID, word, 1, code, price, "USD" if price else None)


def arrives(story, body, minutes_ago=3, sid=MISSED):
    """A text that reached the carrier and never us."""
    form = {"MessageSid": sid, "From": RUTHS_PHONE, "To": ALICES_NUMBER, "Body": body, "NumMedia": "0"}
    at = story.wired.clock.now() - timedelta(minutes=minutes_ago)
    story.wired.sender.arrived.append(KeptText(form, at))


def test_a_receipt_that_was_lost_is_asked_for(story, sent):
    tells(story, "delivered")
    story.wired.clock.move_on(minutes=9)
    ask(story)
    assert story.row(tables.message, id=sent).state == "accepted", "it may still come"
    story.wired.clock.move_on(minutes=2)
    assert ask(story)["asked"] == 1
    assert story.row(tables.message, id=sent).state == "delivered"


def test_sent_is_not_delivered_and_is_asked_about_less_and_less(story, sent):
    tells(story, "sent")
    asked_at = []
    for minute in range(0, 5 * 24 * 60, 10):
        story.wired.clock.move_on(minutes=10)
        if ask(story)["asked"]:
            asked_at.append(minute + 10)
    assert asked_at[:4] == [10, 20, 40, 80]
    assert len(asked_at) < 12, "after three days nobody asks any more"
    assert story.row(tables.message, id=sent).state == "sent"


def test_once_it_is_delivered_and_priced_nobody_asks_again(story, sent):
    tells(story, "delivered", price=11_800)
    story.wired.clock.move_on(minutes=11)
    ask(story)
    message = story.row(tables.message, id=sent)
    assert (message.price_micros, message.price_currency, message.ask_at) == (11_800, "USD", None)


def test_what_the_carrier_tells_has_the_same_consequences_as_a_receipt(story, sent):
    tells(story, "undelivered", code="30005")
    story.wired.clock.move_on(minutes=11)
    ask(story)
    assert story.row(tables.client).unreachable_code == "30005"


def test_a_carrier_that_is_away_is_asked_again_at_the_next_pass(story, sent):
    story.wired.clock.move_on(minutes=11)
    story.wired.sender.mute = CarrierOutcomeUnknown("timed out")
    assert ask(story)["asked"] == 0
    story.wired.sender.mute = None
    tells(story, "delivered")
    assert ask(story)["asked"] == 1


def test_a_text_the_carrier_does_not_know_holds_nobody_up(story, sent):
    story.wired.clock.move_on(minutes=11)
    story.wired.sender.mute = CarrierError("20404", "no such message", permanent=True)
    assert ask(story)["asked"] == 1
    assert story.row(tables.message, id=sent).ask_at > story.wired.clock.now()


def test_a_text_no_webhook_brought_is_recorded_once(story):
    ask(story)
    story.wired.clock.move_on(minutes=6)
    story.goal()
    arrives(story, "did my 5 squats")
    assert [ask(story)["missed"] for _ in range(2)] == [1, 0]
    story.wired.clock.move_on(minutes=6)
    assert ask(story)["missed"] == 0
    assert len(story.rows(tables.win)) == 1


def test_a_text_the_webhook_did_bring_is_left_alone(story):
    ask(story)
    story.wired.clock.move_on(minutes=6)
    story.text("did it", sid=MISSED)
    arrives(story, "did it")
    assert ask(story)["missed"] == 0


def test_the_webhook_may_bring_it_after_all(story):
    ask(story)
    story.wired.clock.move_on(minutes=6)
    story.goal()
    arrives(story, "did my 5 squats")
    ask(story)
    story.text("did my 5 squats", sid=MISSED)
    assert len(story.rows(tables.win)) == 1


def test_what_came_just_now_is_left_to_the_webhook(story):
    ask(story)
    story.wired.clock.move_on(minutes=8)
    arrives(story, "did it", minutes_ago=1)
    assert ask(story)["missed"] == 0


def test_what_came_before_we_had_the_number_is_none_of_ours(story):
    arrives(story, "STOP", minutes_ago=60)
    ask(story)
    story.wired.clock.move_on(minutes=6)
    assert ask(story)["missed"] == 0


def test_a_missed_stop_stops(story):
    ask(story)
    story.wired.clock.move_on(minutes=6)
    arrives(story, "STOP")
    ask(story)
    assert story.row(tables.client).consent == "revoked"


def test_a_missed_cry_for_help_is_answered_and_told(story):
    ask(story)
    story.wired.clock.move_on(minutes=6)
    arrives(story, "I want to kill myself")
    ask(story)
    for _ in range(2):
        story.wired.clock.move_on(minutes=2)
        story.tick()
    assert any("988" in text for text in story.phone())
    assert "risk" in {alert.kind for alert in story.rows(tables.alert)}


def test_an_answer_that_is_hours_late_counts_for_its_day_and_is_not_acknowledged_now(story):
    ask(story)
    story.goal()
    story.it_is("2026-11-18 23:55")
    arrives(story, "did my 5 squats", minutes_ago=5)
    story.wired.sender.mute = CarrierOutcomeUnknown("the carrier's list is away all night")
    ask(story)
    story.it_is("2026-11-19 07:00")
    story.wired.sender.mute = None
    before = len(story.phone())
    ask(story)
    story.send()
    assert story.row(tables.win).local_date.isoformat() == "2026-11-18"
    assert len(story.phone()) == before
