"""When texts may go: the hours of law, practice, client, area code and state, and what they say of the next moment."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.may_send import YES, Decision, Promotion, decide, seconds_left
from coach_portal.core.rules.policies import POLICIES
from tests.core.rules.deciding import BOSTON, KINDS, NOON, at, fine
from tests.strategies import moments


@pytest.mark.parametrize("kind", [kind for kind in KINDS if POLICIES[kind].hours])
@pytest.mark.parametrize(("clock", "allowed"), [("11:59", False), ("12:00", True), ("19:59", True), ("20:00", False)])
def test_on_sunday_it_is_noon_before_anything_goes(kind, clock, allowed):
    sunday = at(clock) + timedelta(days=4)
    assert decide(fine(kind, sunday_from="12:00"), sunday).allowed is allowed


@pytest.mark.parametrize(("clock", "allowed"), [("08:29", True), ("07:59", False), ("20:59", True), ("21:00", False)])
def test_a_time_agreed_with_the_client_is_bound_by_the_law_alone(clock, allowed):
    assert decide(fine(own_time=True, sunday_from="12:00"), at(clock)).allowed is allowed
    assert decide(fine(own_time=True, sunday_from="12:00"), at(clock) + timedelta(days=4)).allowed is allowed


@pytest.mark.parametrize(("clock", "allowed"), [("09:59", False), ("10:00", True), ("17:59", True), ("18:00", False)])
@pytest.mark.parametrize("own_time", [True, False])
def test_the_hours_a_client_asked_for_hold_within_all_others(clock, allowed, own_time):
    assert decide(fine(asked_from="10:00", asked_until="18:00", own_time=own_time), at(clock)).allowed is allowed


def test_hours_that_never_meet_say_no_moment():
    assert decide(fine(asked_from="08:00", asked_until="08:30"), NOON) == Decision(False, "outside_hours", None)


def test_the_area_codes_clocks_count_too():
    early_in_los_angeles = at("10:59")
    facts = fine(phone_zones="America/Los_Angeles")
    assert decide(facts, early_in_los_angeles) == Decision(False, "area_code", at("11:00"))
    assert decide(facts, at("11:00")) == YES


def test_late_in_the_area_codes_zone_waits_for_the_morning_in_both():
    facts = fine(timezone="America/Los_Angeles", phone_zones=BOSTON)
    assert decide(facts, at("21:00")) == Decision(False, "area_code", at("12:00") + timedelta(days=1))


def promotion(**more):
    """A text that sells, to someone in Boston who agreed to such."""
    return fine("by_hand", promotion=Promotion(**{"agreed": True, "state": "MA", **more}))


def test_what_sells_needs_an_agreement_of_its_own():
    assert decide(promotion(agreed=False), NOON).rule == "no_promotion_consent"
    assert decide(promotion(), NOON) == YES


def test_what_sells_goes_three_times_in_any_24_hours():
    three = [NOON - timedelta(hours=hours) for hours in (23, 3, 1)]
    assert decide(promotion(recent=three), NOON) == Decision(False, "promotion_cap", NOON + timedelta(hours=1))
    assert decide(promotion(recent=[NOON - timedelta(hours=25), *three[1:]]), NOON) == YES


@pytest.mark.parametrize(
    ("state", "clock", "allowed"),
    [
        ("MA", "19:59", True),
        ("KY", "09:59", False),
        ("KY", "10:00", True),
        ("RI", "17:59", True),
        ("RI", "18:00", False),
        (None, "09:59", False),
        (None, "18:00", False),
        ("--", "19:59", True),
    ],
)
def test_what_sells_keeps_the_states_hours(state, clock, allowed):
    assert decide(promotion(state=state), at(clock)).allowed is allowed


@pytest.mark.parametrize(
    ("state", "allowed"), [("AL", False), ("LA", False), ("MS", False), (None, False), ("FL", True)]
)
def test_what_sells_keeps_the_states_sundays(state, allowed):
    assert decide(promotion(state=state), NOON + timedelta(days=4)).allowed is allowed


def test_what_sells_keeps_alabamas_holidays():
    thanksgiving = NOON + timedelta(days=8)
    assert decide(promotion(state="AL"), thanksgiving) == Decision(
        False, "state_hours", at("09:00") + timedelta(days=9)
    )
    assert decide(promotion(state="LA"), thanksgiving) == YES


def test_the_carrier_may_try_until_the_hours_end_and_four_hours_at_most():
    assert seconds_left(fine(deadline_at=NOON + timedelta(hours=24)), NOON) == 4 * 3600
    assert seconds_left(fine("by_hand"), at("19:50")) == 600
    assert seconds_left(fine(phone_zones="America/Halifax"), at("19:50")) == 600
    assert seconds_left(fine(deadline_at=NOON + timedelta(minutes=5)), NOON) == 300
    assert seconds_left(fine("safety"), NOON) is None


@given(
    now=moments,
    where=st.sampled_from([BOSTON, "America/Los_Angeles", "America/St_Johns", "Pacific/Honolulu"]),
    also=st.sampled_from(["", BOSTON, "America/Los_Angeles America/Boise", "America/Anchorage"]),
    sunday_from=st.sampled_from(["09:00", "12:00", "15:00"]),
    asked=st.sampled_from([(None, None), ("10:00", "18:00"), ("08:00", "13:00")]),
    counted=st.sampled_from([{}, {"texts_today": 2}, {"touches_today": 1}, {"texts_this_week": 10}]),
    sells=st.sampled_from([None, "MA", "AL", "RI", "KY"]),
)
def test_whatever_refuses_names_a_moment_at_which_the_hours_allow_it(
    now, where, also, sunday_from, asked, counted, sells
):
    facts = fine(
        timezone=where, phone_zones=also, sunday_from=sunday_from, asked_from=asked[0], asked_until=asked[1],
        week_frees_at=now + timedelta(days=2), **counted,
    )  # fmt: skip
    if sells:
        facts = replace(facts, promotion=Promotion(agreed=True, state=sells))
    decision = decide(facts, now)
    if not decision.allowed and decision.next_at is not None:
        free = replace(facts, texts_today=0, touches_today=0, texts_this_week=0)
        assert decision.next_at > now
        assert decide(free, decision.next_at) == YES
