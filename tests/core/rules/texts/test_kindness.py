"""Discouraged words beside their own record."""

import pytest

from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts import GoalWords, Tally, kinder_reading
from coach_portal.core.rules.texts.kindness import discouraged
from tests.core.rules.texts.speaking import LOCALES, VARIANTS

GOALS = [GoalWords("5 squats"), GoalWords("Journal")]


def test_the_feeling_is_quoted_and_the_fact_stands_beside_it():
    assert kinder_reading("I never manage", GOALS, {0: Tally(4, 7), 1: Tally(1, 7)}, "en") == (
        'You wrote "I never manage". Your own record is kinder: 5 squats, 4 of the last 7 days.'
    )


def test_the_goal_they_kept_best_is_the_fact():
    assert "Journal, 3 of the last 3 days" in kinder_reading("ugh", GOALS, {0: Tally(4, 7), 1: Tally(3, 3)}, "en")


@pytest.mark.parametrize("lately", [{}, {0: Tally(0, 7)}, {0: Tally(1, 7)}, {0: Tally(2, 14)}, {9: Tally(7, 7)}])
def test_where_no_fact_is_kinder_nothing_is_said(lately):
    assert kinder_reading("I never manage", GOALS, lately, "en") is None


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_it_fits_one_segment_however_long_they_wrote(locale, variant):
    body = kinder_reading("I never manage any of it " * 20, GOALS, {0: Tally(4, 7)}, locale, variant=variant)
    assert segments(body).count == 1


@pytest.mark.parametrize(
    ("text", "locale", "words"),
    [
        ("honestly I never manage this", "en", "I never manage this"),
        ("No. I'm useless at it, sorry", "en", "I'm useless at it"),
        ("nunca lo consigo", "es", "nunca lo consigo"),
        ("I never miss it", "en", None),
        ("no, too tired", "en", None),
    ],
)
def test_words_that_judge_their_writer_are_noticed(text, locale, words):
    assert discouraged(text, locale) == words
