"""The week in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts import GoalWeek, Tally, digest, reflection_question
from tests.core.rules.texts.speaking import LOCALES, NAMES, VARIANTS

SQUATS = GoalWeek("5 squats", Tally(6, 7))
JOURNAL = GoalWeek("Journal", Tally(3, 5))
WALK = GoalWeek("Walk after lunch", Tally(0, 4))
QUESTION = "What made the good days easier?"


def say(*goals, locale="en", **rest):
    return digest(goals, locale, **{"client": "Marco", "question": QUESTION, **rest})


def test_it_says_what_was_done_one_moment_and_one_question():
    assert say(SQUATS, JOURNAL, quote="it felt easy for once") == (
        'Your week, Marco: 5 squats 6 of 7 days, Journal 3 of 5. You wrote: "it felt easy for once". '
        "What made the good days easier?"
    )


def test_what_was_not_done_at_all_is_not_held_up():
    assert "Walk" not in say(SQUATS, WALK)


def test_wins_outside_the_goals_are_counted():
    assert "5 squats 6 of 7 days, 2 wins of your own." in say(SQUATS, own_wins=2)
    assert "a win of your own." in say(WALK, own_wins=1)


def test_an_empty_week_is_no_failure():
    assert say(WALK) == "A quiet week, Marco. That happens, and nothing is lost. What made the good days easier?"


def test_quotation_marks_inside_the_quote_stay_apart_from_ours():
    assert "\"my boy said 'wow' twice\"" in say(SQUATS, quote='my boy said "wow" twice.')


@pytest.mark.parametrize(
    ("locale", "quote"),
    [
        ("en", "done"),
        ("en", "so proud of me"),
        ("en", "I did my 5 squats and journaled today"),
        ("en", "walked after lunch, squats done too"),
        ("es", "hoy hice los squats y también el journal"),
    ],
)
def test_a_bare_report_is_not_quoted(locale, quote):
    assert '"' not in say(SQUATS, JOURNAL, WALK, locale=locale, quote=quote)


def test_a_long_quote_is_cut_before_it_is_dropped():
    body = say(SQUATS, JOURNAL, quote="the lake lay still as glass " * 15)
    assert '..."' in body
    assert "Journal 3 of 5" in body


def test_when_it_grows_too_long_the_quote_goes_before_the_goals():
    goals = [GoalWeek(f"A goal with quite a long title, number {n}", Tally(n, 7)) for n in range(1, 6)]
    body = say(*goals, quote="the lake lay still as glass")
    assert "You wrote" not in body
    assert "number 5 5 of 7" in body


def test_then_the_goals_become_one_total():
    goals = [GoalWeek(f"Goal {n} with a title that nobody would ever read to its end", Tally(1, 7)) for n in range(12)]
    assert "12 of 84 done" in say(*goals)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("index", range(24))
def test_it_stays_under_three_segments(locale, variant, index):
    goals = [GoalWeek("10 minutos de meditación", Tally(4, 7))] * variant
    body = say(
        *goals,
        locale=locale,
        client=NAMES[locale],
        quote="hoy sí salí a caminar, aunque llovía",
        question=reflection_question(index, locale),
    )
    assert segments(body).count <= 2


@given(st.lists(st.builds(GoalWeek, st.text(), st.builds(Tally, st.integers(0, 14), st.integers(0, 14)))), st.text())
def test_any_week_can_be_told_and_ends_with_the_question(goals, quote):
    assert say(*goals, quote=quote).endswith(QUESTION)
