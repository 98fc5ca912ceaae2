"""The week in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts import GoalWeek, Tally, digest, reflection_question
from coach_portal.core.rules.texts.words import Before
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


def test_a_fuller_week_than_their_own_last_ones_is_told():
    assert "More than in the weeks before." in say(SQUATS, JOURNAL, before=Before(20, 4))


def test_a_smaller_one_is_told_kindly_unless_they_had_wins_of_their_own():
    assert "Less than lately, and that is fine." in say(JOURNAL, before=Before(28, 4), variant=1)
    assert "Less" not in say(JOURNAL, before=Before(28, 4), variant=1, own_wins=1)


def test_the_first_weeks_are_set_beside_nothing():
    assert say(SQUATS, before=Before(0, 0)) == say(SQUATS)


def test_after_a_silent_week_what_was_done_before_still_counts():
    assert "The 9 times of the weeks before still count." in say(WALK, before=Before(9, 4))


@pytest.mark.parametrize("before", [Before(0, 4), Before(9, 4), Before(40, 4)])
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_silent_week_is_not_congratulated(before, variant):
    body = say(WALK, before=before, variant=variant)
    assert not any(word in body for word in ("More", "more than", "again", "steady", "Steady", "well done"))


def test_where_this_week_has_no_words_the_last_answer_comes_back():
    assert 'A week ago you wrote: "the lake lay still as glass".' in say(
        SQUATS, said_before="the lake lay still as glass"
    )
    both = say(SQUATS, quote="my boy counted along loudly today", said_before="the lake lay still as glass")
    assert "lake" not in both


@pytest.mark.parametrize("said", ["I never manage anything worth telling", "everything felt hopeless after the call"])
def test_heavy_words_are_not_given_back(said):
    assert '"' not in say(SQUATS, quote=said)
    assert '"' not in say(SQUATS, said_before=said)


def test_the_picture_comes_before_the_question_and_survives_the_cutting():
    goals = [GoalWeek(f"A goal with quite a long title, number {n}", Tally(n, 7)) for n in range(1, 6)]
    link = "https://portal.example.com/w/ob4L5x0avBUANImJ"
    body = say(*goals, quote="the lake lay still as glass", link=link)
    assert body.endswith(f"See it: {link} {QUESTION}")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("index", range(0, 52, 3))
def test_it_stays_under_three_segments(locale, variant, index):
    goals = [GoalWeek("10 minutos de meditación", Tally(4, 7))] * variant
    body = say(
        *goals,
        locale=locale,
        client=NAMES[locale],
        quote="hoy sí salí a caminar, aunque llovía",
        question=reflection_question(index, locale),
        before=Before(index, 4),
        link="https://portal.example.com/w/ob4L5x0avBUANImJ",
    )
    assert segments(body).count <= 2


@given(st.lists(st.builds(GoalWeek, st.text(), st.builds(Tally, st.integers(0, 14), st.integers(0, 14)))), st.text())
def test_any_week_can_be_told_and_ends_with_the_question(goals, quote):
    assert say(*goals, quote=quote).endswith(QUESTION)
