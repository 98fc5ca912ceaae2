"""Every text is charged once, the sums come out, and a cap that is reached stops what nobody waits for."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach_portal.core.models import tables
from coach_portal.core.ports import CarrierText
from coach_portal.core.services.practice import money
from functions import ask_carrier
from tests import webhooks

MONTH = date(2026, 11, 1)
A_SEGMENT, A_SEGMENT_IN = 12_300, 8_300
SID = f"SM{1:032x}"


def lines(story):
    """The ledger."""
    return [(line.kind, line.direction, line.segments, line.micros) for line in story.rows(tables.charge)]


def books(story):
    """The month's sum as it is kept, and as the ledger adds up."""
    practice = story.row(tables.client).practice_id
    with story.wired.database.transaction() as connection:
        return money.spent(connection, practice, MONTH), money.summed(connection, practice, MONTH)


def ask(story):
    """The minute's pass."""
    ask_carrier.handler(webhooks.event("schedule"), None)


def cap(story, micros):
    """The practice spends no more than this a month."""
    practice = story.row(tables.client).practice_id
    story.change(tables.practice, practice, monthly_cap_micros=micros)
    return practice


def test_a_text_is_charged_when_it_has_left_and_only_once(story):
    message = story.message("Well done!")
    for _ in range(3):
        story.send()
        story.wired.queue.put([message])
    assert lines(story) == [("estimate", "out", 1, A_SEGMENT)]
    assert books(story) == (A_SEGMENT, A_SEGMENT)


def test_a_text_that_was_not_sent_costs_nothing(story):
    story.change(tables.client, story.cast.ruth, held_at=story.wired.clock.now())
    story.message(kind="check_in")
    story.send()
    assert lines(story) == []


def test_the_carriers_price_corrects_the_estimate_once(story):
    story.message()
    story.send()
    story.wired.sender.told[SID] = CarrierText(SID, "delivered", 1, None, 11_800, "USD")
    story.wired.clock.move_on(minutes=11)
    for _ in range(2):
        ask(story)
        story.wired.clock.move_on(hours=2)
    assert ("correction", "out", 0, 11_800 - A_SEGMENT) in lines(story)
    kept, added_up = books(story)
    assert kept == added_up
    assert story.row(tables.message, sid=SID).price_micros == 11_800


def test_a_price_in_another_currency_is_kept_and_corrects_nothing(story):
    message = story.message()
    story.send()
    with story.wired.database.transaction() as connection:
        money.settle(connection, message, 10_000, "EUR", story.wired.clock.now())
    assert lines(story) == [("estimate", "out", 1, A_SEGMENT)]
    assert story.row(tables.message, id=message).price_currency == "EUR"


def test_texts_that_come_in_are_charged_too_and_so_is_what_a_crash_left_out(story):
    story.text("hello there")
    story.wired.clock.move_on(minutes=3)
    ask(story)
    ask(story)
    assert ("estimate", "in", 1, A_SEGMENT_IN) in lines(story)
    assert len([line for line in lines(story) if line[1] == "in"]) == 1


@given(prices=st.lists(st.none() | st.integers(0, 100_000), min_size=1, max_size=6))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_charged_and_corrected_the_sums_agree_with_the_ledger(story, prices):
    for price in prices:
        message = story.message("Well done!")
        story.send()
        if price is not None:
            with story.wired.database.transaction() as connection:
                money.settle(connection, message, price, "USD", story.wired.clock.now())
    kept, added_up = books(story)
    assert kept == added_up


def test_a_cap_that_is_reached_is_noted_and_told_once(story):
    practice = cap(story, 2 * A_SEGMENT)
    for _ in range(4):
        story.message()
        story.send()
    assert story.row(tables.practice, id=practice).budget_spent_at == story.wired.clock.now()
    assert [alert.kind for alert in story.rows(tables.alert)] == ["budget_spent"]


@pytest.mark.parametrize(("kind", "leaves"), [("check_in", False), ("digest", False), ("reply", True), ("help", True)])
def test_a_cap_that_is_reached_stops_what_is_automatic_and_no_answer(story, kind, leaves):
    cap(story, A_SEGMENT)
    story.message("The last one")
    story.send()
    story.message("One more", kind=kind)
    story.send()
    assert ("One more" in story.phone()) == leaves
    if not leaves:
        assert story.row(tables.message, kind=kind, body="One more").reason == "budget_spent"


def test_no_cap_and_no_stopped_number_ever_stops_what_is_about_safety(story):
    cap(story, 1)
    story.message("The last one")
    story.send()
    number = story.row(tables.sending_number, phone="+16175550100")
    story.change(tables.sending_number, number.id, stopped_at=story.wired.clock.now(), stopped_code="30007")
    for kind in ("safety", "coach_alert"):
        story.message(f"About {kind}", kind=kind)
    story.send()
    assert story.phone()[-2:] == ["About safety", "About coach_alert"]


def test_the_month_turns_and_texts_may_go_again(story):
    practice = cap(story, A_SEGMENT)
    story.message()
    story.send()
    story.wired.clock.move_on(days=14)
    ask(story)
    assert story.row(tables.practice, id=practice).budget_spent_at is None


def test_what_was_sent_last_month_is_not_this_months(story):
    story.message()
    story.send()
    story.wired.clock.move_on(days=14)
    story.message()
    story.send()
    assert {line.month for line in story.rows(tables.charge)} == {MONTH, date(2026, 12, 1)}
    assert books(story)[0] == A_SEGMENT


@pytest.mark.parametrize("code", ["30007", "30034"])
def test_a_number_the_carriers_filter_or_do_not_know_is_stopped_and_told(story, code):
    story.message()
    story.send()
    story.report(SID, "undelivered", error=code)
    number = story.row(tables.sending_number, phone="+16175550100")
    assert (number.stopped_at, number.stopped_code) == (story.wired.clock.now(), code)
    assert [alert.kind for alert in story.rows(tables.alert)] == ["sender_stopped"]
    assert [email.to_address for email in story.rows(tables.email)] == ["alice@example.com"]


def test_texts_wait_at_a_stopped_number_and_are_dropped_at_their_deadline(story):
    number = story.row(tables.sending_number, phone="+16175550100")
    story.change(tables.sending_number, number.id, stopped_at=story.wired.clock.now(), stopped_code="30007")
    message = story.message(kind="reply", deadline_at=story.wired.clock.now() + timedelta(minutes=15))
    for _ in range(5):
        story.tick()
        story.wired.clock.move_on(minutes=5)
    dropped = story.row(tables.message, id=message)
    assert (dropped.state, dropped.reason, story.phone()) == ("not_sent", "sender_stopped", [])


def test_a_text_that_failed_for_now_is_sent_anew_within_its_window(story):
    message = story.message("Did it happen?", kind="check_in")
    story.send()
    story.report(SID, "undelivered", error="30003")
    story.wired.clock.move_on(minutes=7)
    story.tick()
    again = story.row(tables.message, retries=1)
    assert story.phone() == ["Did it happen?"] * 2
    assert (again.state, story.row(tables.message, id=message).state) == ("accepted", "undelivered")


def test_it_is_sent_anew_no_more_than_twice(story):
    story.message("Did it happen?", kind="check_in")
    story.send()
    for number in range(1, 5):
        story.report(f"SM{number:032x}", "undelivered", error="30008")
        story.wired.clock.move_on(minutes=19)
        story.tick()
    assert len(story.phone()) == 3


def test_it_is_not_sent_anew_after_its_deadline(story):
    story.message(kind="check_in", deadline_at=story.wired.clock.now() + timedelta(minutes=3))
    story.send()
    story.report(SID, "undelivered", error="30003")
    assert story.rows(tables.message, retries=1) == []
