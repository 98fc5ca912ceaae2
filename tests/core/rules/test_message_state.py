"""A text's state only moves forward, whatever the carrier reports and in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.message_state import FINAL, OPEN, before, from_carrier, is_forward

ORDER = {"planned": 0, "sending": 0, "unknown": 0, "accepted": 1, "sent": 2}
STATES = [*ORDER, *sorted(FINAL)]
REPORTED = ["accepted", "sent", "delivered", "undelivered", "failed"]


def after(state, reports):
    """The states that a text goes through under these reports."""
    path = [state]
    for report in reports:
        if is_forward(path[-1], report):
            path.append(report)
    return path


@given(st.sampled_from(STATES), st.lists(st.sampled_from(REPORTED)))
def test_no_reports_in_any_order_or_number_move_it_back(state, reports):
    ranks = [ORDER.get(each, 3) for each in after(state, reports)]
    assert ranks == sorted(set(ranks))


@given(st.lists(st.sampled_from(REPORTED), min_size=1))
def test_reports_repeated_end_where_they_ended(reports):
    ended = after("planned", reports)[-1]
    assert after(ended, reports) == [ended]


@pytest.mark.parametrize("final", sorted(FINAL))
def test_nothing_follows_a_final_state(final):
    assert not any(is_forward(final, report) for report in STATES)


@pytest.mark.parametrize("reported", REPORTED)
def test_what_a_report_may_replace_is_what_lies_before_it(reported):
    assert set(before(reported)) == {state for state in STATES if is_forward(state, reported)}


@pytest.mark.parametrize("state", sorted(OPEN))
def test_a_report_closes_what_is_open(state):
    assert all(is_forward(state, report) for report in REPORTED)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("queued", "accepted"),
        ("accepted", "accepted"),
        ("sending", "accepted"),
        ("sent", "sent"),
        ("delivered", "delivered"),
        ("undelivered", "undelivered"),
        ("failed", "failed"),
        ("canceled", "failed"),
        ("received", None),
        ("", None),
    ],
)
def test_the_carriers_words_in_ours(word, state):
    assert from_carrier(word) == state


def test_sent_is_never_taken_for_delivered():
    assert from_carrier("sent") not in FINAL
