"""What became of each time a goal was due."""

from datetime import date, timedelta

import pytest

from coach_portal.core.rules.habit.record import Record, Rest, Terms, misses_in_a_row, turns
from coach_portal.core.rules.marks import Aim, Day
from tests.core.rules.habit.telling import TODAY, record


def outcomes(of, today=TODAY):
    """In one word each."""
    return [turn.outcome for turn in turns(of, today)]


def test_each_day_told_or_asked_counts():
    assert outcomes(record("+/-?+")) == ["kept", "partly", "missed", "silent", "kept"]


def test_days_nobody_asked_about_cost_nothing():
    assert outcomes(record("+..+")) == ["kept", "kept"]


def test_days_before_the_goal_began_cost_nothing():
    early = Record(began=TODAY, told={TODAY - timedelta(days=1): Day([], missed=True), TODAY: Day([1])})
    assert outcomes(early) == ["kept"]


def test_a_day_that_is_not_over_is_not_silent():
    assert outcomes(record("+?")) == ["kept"]


def test_a_pause_hides_misses_and_silence():
    asked = record("+-?+")
    paused = Record(asked.began, asked.terms, asked.told, asked.asked, [Rest(asked.began, TODAY)])
    assert outcomes(paused) == ["kept", "kept"]


def test_what_was_done_on_a_pause_counts():
    done = record("+++")
    paused = Record(done.began, done.terms, done.told, done.asked, [Rest(done.began)])
    assert outcomes(paused) == ["kept", "kept", "kept"]


def test_a_limit_counts_the_right_way_round():
    limit = Terms(aim=Aim(2, "at_most"))
    told = {TODAY - timedelta(days=2): Day([1]), TODAY - timedelta(days=1): Day([2]), TODAY: Day([3])}
    assert outcomes(Record(began=TODAY - timedelta(days=2), terms=[limit], told=told)) == ["kept", "kept", "missed"]


def test_a_goal_that_grew_is_judged_by_what_was_agreed_that_day():
    grew_on = TODAY - timedelta(days=1)
    terms = [Terms(aim=Aim(3), until=grew_on), Terms(aim=Aim(5))]
    told = {grew_on - timedelta(days=1): Day([3]), grew_on: Day([3]), TODAY: Day([5])}
    assert outcomes(Record(TODAY - timedelta(days=2), terms, told)) == ["kept", "partly", "kept"]


def test_three_times_a_week_is_judged_by_the_week():
    assert outcomes(record("+-+--+-", "3_per_week"), TODAY + timedelta(days=1)) == ["kept"]


@pytest.mark.parametrize(("week", "outcome"), [("+--+---", "partly"), ("-------", "missed"), ("???????", "silent")])
def test_a_week_that_fell_short(week, outcome):
    assert outcomes(record(week, "3_per_week"), TODAY + timedelta(days=1)) == [outcome]


def test_a_week_that_is_not_over_counts_once_it_is_kept():
    wednesday = TODAY + timedelta(days=3)
    assert outcomes(record("--", "2_per_week", today=wednesday), wednesday) == []
    assert outcomes(record("++", "2_per_week", today=wednesday), wednesday) == ["kept"]


def test_a_week_with_days_on_a_pause_asks_for_fewer_times():
    assert outcomes(record("+||||-+", "3_per_week"), TODAY + timedelta(days=1)) == ["kept"]


def test_the_week_a_goal_began_in_asks_for_fewer_times():
    assert outcomes(record("+--", "3_per_week"), TODAY + timedelta(days=1)) == ["kept"]


def test_a_week_nobody_asked_about_costs_nothing():
    assert outcomes(record(".......", "weekly"), TODAY + timedelta(days=1)) == []


@pytest.mark.parametrize(("signs", "misses"), [("++-", 1), ("+--", 2), ("+-?-", 2), ("--+", 0), ("-+-", 1), ("", 0)])
def test_misses_are_counted_from_the_last_one_back(signs, misses):
    assert misses_in_a_row(record(signs), TODAY) == misses


def test_a_missed_day_of_a_goal_of_some_days_a_week_is_no_miss_yet():
    assert misses_in_a_row(record("--", "3_per_week", today=date(2026, 11, 10)), date(2026, 11, 10)) == 0
