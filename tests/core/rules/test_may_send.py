"""May this text go to this person now? Each rule, and when it would say yes."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.hours import deadline
from coach_portal.core.rules.may_send import FOREVER, YES, Decision, decide
from coach_portal.core.rules.policies import POLICIES
from tests.core.rules.deciding import AUTOMATED, BOSTON, KINDS, NOON, UNBOUND, at, fine
from tests.strategies import moments


@pytest.mark.parametrize("kind", KINDS)
def test_when_nothing_speaks_against_it_it_goes(kind):
    assert decide(fine(kind), NOON) == YES


@pytest.mark.parametrize("kind", [kind for kind in KINDS if POLICIES[kind].consent])
@pytest.mark.parametrize(
    ("consent", "rule"), [("none", "no_consent"), ("revoked", "opted_out"), ("declined", "opted_out")]
)
def test_without_consent_it_does_not(kind, consent, rule):
    assert decide(fine(kind, consent=consent), NOON).rule == rule


@pytest.mark.parametrize("kind", [*AUTOMATED, "by_hand", "reply"])
def test_an_invitation_unanswered_is_no_consent(kind):
    assert decide(fine(kind, consent="invited"), NOON).rule == "no_consent"


def test_who_agreed_is_not_invited_again():
    assert decide(fine("invitation", consent="granted"), NOON).rule == "already_told"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in UNBOUND])
def test_who_opted_out_is_not_texted(kind):
    assert decide(fine(kind, opted_out=True), NOON).rule == "opted_out"


@pytest.mark.parametrize("kind", UNBOUND)
def test_help_goodbye_and_safety_reach_who_opted_out(kind):
    assert decide(fine(kind, opted_out=True, consent="revoked"), NOON) == YES


@pytest.mark.parametrize("kind", [*AUTOMATED, "reply"])
def test_a_hold_silences_what_is_automatic(kind):
    assert decide(fine(kind, held=True), NOON).rule == "held"


@pytest.mark.parametrize("kind", AUTOMATED)
def test_a_pause_silences_until_it_ends(kind):
    until = NOON + timedelta(days=3)
    assert decide(fine(kind, paused_until=until), NOON) == Decision(False, "paused", until)
    assert decide(fine(kind, paused_until=NOON), NOON) == YES


@pytest.mark.parametrize("kind", AUTOMATED)
def test_a_silence_that_rests_the_questions_silences(kind):
    assert decide(fine(kind, quiet=True), NOON).rule == "quiet"


def test_a_pause_without_an_end_says_no_when():
    assert decide(fine(paused_until=FOREVER), NOON) == Decision(False, "paused", None)


def test_what_was_told_is_not_asked():
    assert decide(fine(already_told=True), NOON).rule == "already_told"


@pytest.mark.parametrize("kind", ["by_hand", "invitation"])
def test_a_person_may_write_despite_hold_and_pause(kind):
    assert decide(fine(kind, held=True, paused_until=FOREVER, already_told=True), NOON) == YES


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "safety"])
def test_a_dead_number_is_not_texted(kind):
    assert decide(fine(kind, unreachable=True), NOON).rule == "unreachable"


def test_a_safety_answer_is_bound_by_nothing():
    worst = {"opted_out": True, "held": True, "paused_until": FOREVER, "unreachable": True, "archived": True}
    assert decide(fine("safety", consent="revoked", **worst), at("03:00")) == YES


@pytest.mark.parametrize("kind", [*AUTOMATED, "by_hand", "reply", "invitation"])
def test_an_archived_client_is_not_texted(kind):
    assert decide(fine(kind, archived=True), NOON).rule == "archived"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if POLICIES[kind].hours])
@pytest.mark.parametrize(
    ("clock", "allowed"), [("08:59", False), ("09:00", True), ("19:59", True), ("20:00", False), ("00:00", False)]
)
def test_the_practices_hours_hold_to_the_minute(kind, clock, allowed):
    assert decide(fine(kind), at(clock)).allowed is allowed


@pytest.mark.parametrize(("clock", "allowed"), [("07:59", False), ("08:00", True), ("20:59", True), ("21:00", False)])
def test_the_law_holds_whatever_a_practice_chooses(clock, allowed):
    assert decide(fine(texts_from="00:00", texts_until="23:59"), at(clock)).allowed is allowed


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not POLICIES[kind].hours])
def test_answers_keep_no_hours(kind):
    assert decide(fine(kind), at("03:00")) == YES


def test_too_early_says_when_it_opens():
    assert decide(fine(), at("06:00")) == Decision(False, "outside_hours", at("09:00"))


def test_too_late_says_when_it_opens_tomorrow():
    assert decide(fine(), at("21:30")) == Decision(False, "outside_hours", at("09:00") + timedelta(days=1))


def test_hours_are_the_clients_own():
    assert decide(fine(timezone="Asia/Kolkata"), NOON).rule == "outside_hours"


def test_its_deadline_is_too_late():
    assert decide(fine(deadline_at=NOON), NOON) == Decision(False, "too_late")
    assert decide(fine(deadline_at=NOON + timedelta(seconds=1)), NOON) == YES


def test_consent_is_asked_before_anything_else():
    worst = fine(opted_out=True, held=True, paused_until=FOREVER, deadline_at=NOON)
    assert decide(worst, at("03:00")).rule == "opted_out"


@given(
    now=moments,
    where=st.sampled_from([BOSTON, "Asia/Kolkata", "Australia/Lord_Howe", "America/Santiago", "Antarctica/Troll"]),
)
def test_at_the_moment_it_names_it_says_yes(now, where):
    facts = fine(timezone=where)
    decision = decide(facts, now)
    assert decision.allowed or (decision.next_at > now and decide(facts, decision.next_at) == YES)


@pytest.mark.parametrize(
    ("due", "until", "expected"),
    [
        ("09:00", "20:00", "13:00"),
        ("18:00", "20:00", "20:00"),
        ("18:00", "23:00", "21:00"),
        ("20:30", "21:00", "21:00"),
    ],
)
def test_a_text_loses_its_sense_after_four_hours_or_at_closing(due, until, expected):
    assert deadline(at(due), BOSTON, until) == at(expected)
