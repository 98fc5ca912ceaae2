"""When a programme's steps begin."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from coach_portal.core.rules.programmes import Place, begun, expected, is_missed, planned_on, week_of

BEGINS = date(2026, 11, 23)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """A step with nothing but when it starts."""

    starts: str = "after_enrolment"
    days: int | None = 0
    on_date: date | None = None
    kind: str = "message"
    body: str = "Hello."


STEPS = some.lists(
    some.builds(
        Step,
        starts=some.sampled_from(["after_enrolment", "after_step", "when_automatic", "on_date"]),
        days=some.none() | some.integers(0, 366),
        on_date=some.dates(BEGINS - 30 * DAY, BEGINS + 400 * DAY),
        kind=some.sampled_from(["goal", "message", "question"]),
        body=some.sampled_from(["", "Hello."]),
    ),
    max_size=12,
)


def test_each_way_of_starting_counts_from_its_own_day():
    here = Place(BEGINS, BEGINS + 3 * DAY)
    assert planned_on(Step("after_enrolment", 7), here) == BEGINS + 7 * DAY
    assert planned_on(Step("after_step", 7), here) == BEGINS + 10 * DAY
    assert planned_on(Step("on_date", None, BEGINS + 5 * DAY), here) == BEGINS + 5 * DAY
    assert planned_on(Step("when_automatic", None), here) is None
    assert planned_on(Step("when_automatic", 30), here) == BEGINS + 33 * DAY


def test_no_step_is_planned_before_the_one_above_it():
    assert planned_on(Step("after_enrolment", 1), Place(BEGINS, BEGINS + 3 * DAY)) == BEGINS + 3 * DAY


def test_a_day_late_moves_nothing_and_a_week_late_moves_the_rest_by_a_week():
    step = Step("after_enrolment", 7)
    assert begun(step, Place(BEGINS), BEGINS + 8 * DAY).counts_from == BEGINS
    assert begun(step, Place(BEGINS), BEGINS + 14 * DAY).counts_from == BEGINS + 7 * DAY


def test_a_date_and_a_habit_move_nothing():
    for step in (Step("on_date", None, BEGINS), Step("when_automatic", 7)):
        assert begun(step, Place(BEGINS), BEGINS + 90 * DAY).counts_from == BEGINS


def test_a_text_for_a_date_holds_two_days_and_a_goal_for_ever():
    step = Step("on_date", None, BEGINS)
    assert not is_missed(step, BEGINS + 2 * DAY)
    assert is_missed(step, BEGINS + 3 * DAY)
    assert not is_missed(Step("on_date", None, BEGINS, "goal"), BEGINS + 90 * DAY)


def test_a_habit_is_expected_four_weeks_after_its_goal_began_or_on_its_last_day():
    goal = Step("after_enrolment", 1, kind="goal")
    assert [on for _, on in expected([goal, Step("when_automatic", None)], BEGINS)][1] == BEGINS + 29 * DAY
    assert [on for _, on in expected([goal, Step("when_automatic", 14)], BEGINS)][1] == BEGINS + 15 * DAY


def test_weeks_are_counted_from_one():
    assert [week_of(BEGINS, BEGINS + days * DAY) for days in (-1, 0, 6, 7)] == [1, 1, 1, 2]


@given(STEPS)
def test_what_is_expected_keeps_its_order_and_puts_no_two_texts_on_a_day(steps):
    found = list(expected(steps, BEGINS))
    days = [on for _, on in found]
    texted = [on for step, on in found if step.body]
    assert days == sorted(days)
    assert len(texted) == len(set(texted))
    assert all(on >= BEGINS for on in days)
