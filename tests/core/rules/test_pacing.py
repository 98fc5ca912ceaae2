"""A number's rate is kept whatever is thrown at it, and nobody waits who need not."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules import pacing
from coach_portal.core.rules.pacing import BURST, BURST_OF_ANSWERS, CLASSES, Lane, Waiting

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
CLASS = st.sampled_from(sorted(CLASSES))
ARRIVALS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 4), st.booleans()), min_size=1, max_size=60
)  # milliseconds since the one before, segments, polite
LONGEST = 4


def left(sender_class, arrivals):
    """The moments and segments of what was let go, with the lane after it."""
    lane, now, gone = Lane(sender_class), NOON, []
    for wait, segments, polite in arrivals:
        now += timedelta(milliseconds=wait)
        after = pacing.take(lane, segments, now, polite=polite, waited_for=not polite)
        if after is None:
            lane, _ = pacing.put_off(lane, segments, now, waited_for=not polite)
        else:
            lane = after
            gone.append((pacing.micros(now), segments))
    return lane, gone


@given(CLASS, ARRIVALS)
def test_in_no_stretch_of_time_does_more_leave_than_the_rate_and_a_burst_allow(sender_class, arrivals):
    _, gone = left(sender_class, arrivals)
    interval = pacing.interval(sender_class)
    for first, (begin, _) in enumerate(gone):
        for last, (end, _) in enumerate(gone[first:], first):
            segments = sum(count for _, count in gone[first : last + 1])
            assert segments * interval <= end - begin + BURST_OF_ANSWERS + LONGEST * interval


@given(CLASS, ARRIVALS)
def test_who_finds_the_number_free_never_waits(sender_class, arrivals):
    lane, _ = left(sender_class, arrivals)
    at_rest = pacing.moment_of_micros(max(lane.free_at, lane.line_until))
    assert pacing.take(lane, 1, max(at_rest, NOON), polite=True) is not None


@given(CLASS, st.lists(st.integers(1, LONGEST), min_size=1, max_size=40))
def test_those_put_off_together_are_told_to_come_one_after_another(sender_class, texts):
    lane, turns = Lane(sender_class, free_at=pacing.micros(NOON) + 2 * BURST), []
    for segments in texts:
        lane, waiting = pacing.put_off(lane, segments, NOON)
        turns.append(waiting.until)
    gaps = [later - earlier for earlier, later in pairwise(turns)]
    assert gaps == [segments * pacing.interval(sender_class) for segments in texts[:-1]]


@given(CLASS, st.lists(st.integers(1, LONGEST), min_size=1, max_size=40))
def test_who_comes_at_their_turn_may_go(sender_class, texts):
    lane, line = Lane(sender_class, free_at=pacing.micros(NOON) + 2 * BURST), []
    for segments in texts:
        lane, waiting = pacing.put_off(lane, segments, NOON)
        line.append((waiting.until, segments))
    for turn, segments in line:
        lane = pacing.take(lane, segments, pacing.moment_of_micros(turn))
        assert lane is not None


def test_a_question_does_not_overtake_those_put_off_before_it_but_an_answer_does():
    lane = Lane("toll_free", line_until=pacing.micros(NOON) + 10 * BURST)
    assert pacing.take(lane, 1, NOON, polite=True) is None
    assert pacing.take(lane, 1, NOON) is not None


@given(CLASS, st.integers(0, 3600))
def test_an_answer_comes_back_when_the_number_may_be_free_however_long_the_line(sender_class, seconds):
    ahead = pacing.micros(NOON) + 2 * BURST_OF_ANSWERS
    lane = Lane(sender_class, free_at=ahead, line_until=ahead + seconds * BURST)
    after, waiting = pacing.put_off(lane, 1, NOON, waited_for=True)
    assert after == lane
    assert pacing.take(lane, 1, pacing.moment_of_micros(waiting.until), waited_for=True) is not None


def test_an_answer_gets_in_between_questions_that_fill_the_number():
    lane = Lane("long_code", free_at=pacing.micros(NOON) + BURST + 1, line_until=pacing.micros(NOON) + 60 * BURST)
    assert pacing.take(lane, 1, NOON) is None
    assert pacing.take(lane, 1, NOON, waited_for=True) is not None


def test_a_text_about_somebodys_safety_waits_for_nothing():
    full = pacing.carriers_date(NOON)
    lane = Lane("local_10dlc_sole", free_at=pacing.micros(NOON) + 60 * BURST, day=full, day_segments=5_000)
    assert pacing.take(lane, 3, NOON, urgent=True) is not None


def test_it_counts_for_the_others_all_the_same():
    lane = pacing.take(Lane("long_code"), 3, NOON, urgent=True)
    assert pacing.take(lane, 1, NOON) is None


@pytest.mark.parametrize("sender_class", [name for name, line in CLASSES.items() if line.per_day])
def test_the_days_cap_is_never_passed_and_the_rest_waits_for_midnight_pacific(sender_class):
    cap = CLASSES[sender_class].per_day
    lane = Lane(sender_class, day=pacing.carriers_date(NOON), day_segments=cap - 1)
    assert pacing.take(lane, 1, NOON) is not None
    assert pacing.take(lane, 2, NOON) is None
    _, waiting = pacing.put_off(lane, 2, NOON)
    assert waiting == Waiting("day_full", pacing.micros(datetime(2026, 11, 19, 8, 0, tzinfo=UTC)))


def test_the_next_day_begins_with_nothing_counted():
    lane = Lane("local_10dlc_sole", day=pacing.carriers_date(NOON), day_segments=1_000)
    tomorrow = pacing.take(lane, 1, NOON + timedelta(days=1))
    assert (tomorrow.day, tomorrow.day_segments) == (pacing.carriers_date(NOON + timedelta(days=1)), 1)


def test_what_a_number_counts_as_at_first_is_the_slowest_there_is():
    assert CLASSES[pacing.SAFEST].per_second == min(line.per_second for line in CLASSES.values())
