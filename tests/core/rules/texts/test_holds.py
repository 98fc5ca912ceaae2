"""Later, not now, again; and how it stands."""

from datetime import date

import pytest

from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts import GoalWords, Tally, paused, resumed, snoozed, status, undone
from tests.core.rules.texts.speaking import LOCALES, at

FRIDAY = date(2026, 11, 20)
GOALS = [GoalWords("5 squats"), GoalWords("Journal"), GoalWords("Walk")]


@pytest.mark.parametrize(
    ("until", "english", "spanish"),
    [
        (at("2026-11-20 19:00"), "at 7 pm", "a las 19:00"),
        (at("2026-11-20 12:00"), "at 12 pm", "a las 12:00"),
        (at("2026-11-21 09:30"), "tomorrow at 9:30 am", "mañana a las 9:30"),
        (at("2026-11-23 20:05"), "on Monday at 8:05 pm", "el lunes a las 20:05"),
        (at("2026-12-15 09:00"), "on December 15 at 9 am", "el 15 de diciembre a las 9:00"),
    ],
)
def test_a_snooze_says_when_we_ask_again(until, english, spanish):
    assert snoozed(until, FRIDAY, "en") == f"Okay, I will ask again {english}."
    assert snoozed(until, FRIDAY, "es") == f"De acuerdo, te vuelvo a preguntar {spanish}."


def test_a_snooze_without_a_time_names_none():
    assert snoozed(None, FRIDAY, "en") == "Okay, later it is. I will ask again."


@pytest.mark.parametrize(
    ("until", "english", "spanish"),
    [
        (date(2026, 11, 21), "tomorrow", "mañana"),
        (date(2026, 11, 26), "Thursday", "el jueves"),
        (date(2026, 11, 27), "November 27", "el 27 de noviembre"),
    ],
)
def test_a_pause_says_the_day_they_are_back(until, english, spanish):
    assert f"no check-ins until {english}." in paused(until, FRIDAY, "en")
    assert f"sin preguntas hasta {spanish}." in paused(until, FRIDAY, "es")


def test_a_pause_without_a_day_says_how_it_ends():
    assert paused(None, FRIDAY, "en") == "Okay, check-ins are paused. Just say when you want them back."


def test_the_standing_is_told_goal_by_goal_by_what_was_done():
    told = status(GOALS, {0: Tally(9, 14), 1: Tally(0, 14), 2: Tally(4, 5)}, "en")
    assert told == "Days done lately: 5 squats 9 of 14 and Walk 4 of 5."


def test_without_days_to_count_the_goals_are_listed_by_number():
    assert status(GOALS, None, "en") == "Your goals: 1) 5 squats, 2) Journal, 3) Walk."


def test_nothing_done_yet_is_a_beginning():
    assert status(GOALS, {0: Tally(0, 14)}, "en").endswith("One small thing is enough to begin.")


@pytest.mark.parametrize("locale", LOCALES)
def test_each_fits_one_segment(locale):
    fixed = [resumed(locale), undone(locale), snoozed(None, FRIDAY, locale), paused(None, FRIDAY, locale)]
    long = [GoalWords("A title of a goal that goes on for longer than anyone would read")] * 4
    told = [status(long, dict.fromkeys(range(4), Tally(9, 14)), locale), status([], None, locale)]
    assert all(segments(body).count == 1 for body in [*fixed, *told])
