"""A week beside their own last weeks, and the question it calls for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.weeks import QUARTER, OwnQuestion, Shape, is_hard, question_of, standing_of, theme_of

BANK = language("en").asking.questions
THEMES = tuple(BANK)


@pytest.mark.parametrize(
    ("done", "before", "weeks", "stands"),
    [
        (9, 24, 4, "better"),
        (7, 24, 4, "steady"),
        (6, 24, 4, "steady"),
        (2, 24, 4, "smaller"),
        (1, 0, 3, "begun_again"),
        (0, 0, 3, None),
        (5, 0, 0, None),
    ],
)
def test_a_week_stands_beside_their_own_mean(done, before, weeks, stands):
    assert standing_of(done, before, weeks) == stands


@pytest.mark.parametrize(
    "week",
    [
        Shape(done=0, asked=7),
        Shape(done=2, asked=7),
        Shape(done=4, asked=7, done_before=40, weeks_before=4),
        Shape(done=7, asked=7, heavy=True),
    ],
)
def test_a_hard_week_gets_a_kind_question(week):
    assert is_hard(week)
    assert theme_of(week, 5) == "kindness"


@pytest.mark.parametrize("week", [Shape(done=5, asked=7), Shape(done=0, asked=7, own_wins=2), Shape(done=1, asked=0)])
def test_an_ordinary_week_is_not_hard(week):
    assert not is_hard(week)


def test_ordinary_weeks_take_turns():
    week = Shape(done=5, asked=7)
    assert {theme_of(week, number) for number in range(3)} == {"noticing", "help", "ahead"}


@given(st.integers(0, 10**6), st.lists(st.sampled_from(THEMES), min_size=QUARTER, max_size=QUARTER))
def test_whatever_the_weeks_were_like_a_quarter_repeats_no_question(first, themes):
    asked = [question_of(theme, first + week, BANK) for week, theme in enumerate(themes)]
    assert len(set(asked)) == QUARTER


@pytest.mark.parametrize("locale", ["en", "es"])
def test_every_theme_lasts_a_quarter_in_every_language(locale):
    assert {len(questions) for questions in language(locale).asking.questions.values()} == {QUARTER}


def own(slot, theme="help", body="What did the river look like?"):
    return OwnQuestion(body, theme, "en", slot)


def test_a_practices_own_question_goes_first_in_its_week():
    assert question_of("noticing", 4, BANK, [own(4)]) == "What did the river look like?"
    assert question_of("noticing", 5, BANK, [own(4)]) in BANK["noticing"]


def test_after_a_hard_week_only_a_kind_one_of_theirs_is_asked():
    assert question_of("kindness", 4, BANK, [own(4)]) in BANK["kindness"]
    assert question_of("kindness", 4, BANK, [own(4, "kindness")]) == "What did the river look like?"


def test_two_of_theirs_in_one_week_of_the_quarter_take_turns():
    theirs = [own(4, body="One?"), own(4, body="Two?")]
    assert {question_of("help", 4 + QUARTER * quarter, BANK, theirs) for quarter in range(2)} == {"One?", "Two?"}
