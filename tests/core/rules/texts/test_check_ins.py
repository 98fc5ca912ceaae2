"""The questions we ask."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts import (
    GoalWords,
    check_in,
    reflection,
    reflection_question,
    themes,
    wins_question,
)
from tests.core.rules.texts.speaking import LOCALES, NAMES, VARIANTS

SQUATS = GoalWords("5 squats", "after I brush my teeth", 5, "squats", 1)
JOURNAL = GoalWords("Journal", "before bed", place=2)
WALK = GoalWords("Walk after lunch", "after lunch", place=3)


def ask(*goals, client="Marco", variant=0, locale="en", misses_in_a_row=0):
    return check_in(goals, locale, client=client, coach="Ines", variant=variant, misses_in_a_row=misses_in_a_row)


def test_it_weaves_the_goal_and_its_anchor_into_one_question():
    assert ask(SQUATS) == "Hi Marco. Today's check-in: 5 squats, after I brush my teeth. How did it go?"


def test_whoever_has_missed_several_hears_first_that_nothing_is_owed():
    assert ask(SQUATS, misses_in_a_row=3) == (
        "Hi Marco. No catching up to do. Just today: 5 squats, after I brush my teeth. How did it go, even a little?"
    )


def test_one_miss_changes_nothing_in_the_question():
    assert ask(SQUATS, misses_in_a_row=1) == ask(SQUATS)


def test_two_goals_stand_side_by_side():
    assert "5 squats (after I brush my teeth) and Journal (before bed)" in ask(SQUATS, JOURNAL)


def test_three_goals_carry_the_numbers_they_can_be_answered_by():
    assert "1) 5 squats (after I brush my teeth), 2) Journal (before bed), 3) Walk" in ask(SQUATS, JOURNAL, WALK)


def test_an_anchor_that_the_title_already_names_is_not_said_twice():
    assert ask(WALK).count("after lunch") == 1


def test_an_anchor_without_a_cue_stands_in_brackets():
    assert "Stretch (morning coffee)" in ask(GoalWords("Stretch", "morning coffee"))


def test_an_amount_that_the_title_does_not_name_is_said():
    assert "Read (10 pages), before bed" in ask(GoalWords("Read", "Before bed", 10, "pages"))


def test_marks_and_line_breaks_of_a_title_do_not_break_the_question():
    assert "Call mum. How did it go?" in ask(GoalWords("Call\n mum!! "))


def test_a_title_that_begins_a_sentence_has_a_capital_first():
    bodies = [ask(GoalWords("stretch", amount=5, unit="minutes"), variant=variant) for variant in range(5)]
    assert not [body for body in bodies if re.search(r"(^|[.?] )stretch", body)]
    assert "¿qué tal te fue hoy con esto? Caminar." in ask(GoalWords("caminar"), variant=2, locale="es")


def test_a_title_written_in_a_way_of_its_own_keeps_it():
    assert ask(GoalWords("iPhone-free hour"), variant=1).startswith("iPhone-free hour.")


def test_braces_and_percent_signs_are_only_letters():
    assert "{client} 100 %s" in ask(GoalWords("{client} 100 %s"))


@pytest.mark.parametrize("variant", VARIANTS)
def test_without_a_first_name_no_hole_is_left(variant):
    assert not re.search(r"Hi[ ,.]|, ?\?|^,", ask(SQUATS, client="", variant=variant))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("misses_in_a_row", [0, 3])
def test_no_wording_asks_for_a_yes_or_for_a_carriers_keyword(locale, variant, misses_in_a_row):
    body = ask(SQUATS, locale=locale, variant=variant, misses_in_a_row=misses_in_a_row)
    assert not re.search(r"\b(yes|stop|end|quit|cancel|help|info|reply|sí|baja|alto)\b", body, re.IGNORECASE)
    assert body.count("?") == 1


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("goals", [[SQUATS], [SQUATS, JOURNAL], [SQUATS, JOURNAL, WALK]])
@pytest.mark.parametrize("misses", [0, 3])
def test_it_fits_one_segment_for_ordinary_goals_and_names(locale, variant, goals, misses):
    body = ask(*goals, client=NAMES[locale], locale=locale, variant=variant, misses_in_a_row=misses)
    assert segments(body).count == 1


def test_when_it_grows_too_long_the_anchors_go_first():
    long = GoalWords(
        "Write down one thing that I am glad of today", "after I have put the children to bed and sat down"
    )
    body = ask(long, GoalWords("Walk around the block", "after work"))
    assert "glad of today and Walk around the block" in body
    assert segments(body).count == 1


def test_then_the_titles_are_cut_at_a_words_end():
    long = GoalWords(
        "Write down every single thing that I have been putting off since the beginning of the year and do it"
    )
    body = ask(long, GoalWords("Walk around the block with the dog and without the phone in any pocket"))
    assert "..." in body
    assert segments(body).count == 1


def test_the_same_variant_always_gives_the_same_words_and_others_differ():
    bodies = [ask(SQUATS, variant=variant) for variant in range(5)]
    assert bodies == [ask(SQUATS, variant=variant + 5) for variant in range(5)]
    assert len(set(bodies)) == 5


def test_a_name_with_an_accent_keeps_it():
    body = ask(SQUATS, client="María", locale="es")
    assert "María" in body
    assert segments(body).encoding == "UCS-2"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_question_for_wins_fits_one_segment(locale, variant):
    assert segments(wins_question(locale, client=NAMES[locale], variant=variant)).count == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_the_bank_holds_at_least_forty_different_questions(locale):
    questions = {reflection_question(index, locale) for index in range(200)}
    assert len(questions) >= 40
    assert all(question.endswith("?") for question in questions)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_theme_gives_its_own_questions_and_an_unknown_one_any(locale):
    for theme in themes(locale):
        assert len({reflection_question(index, locale, theme=theme) for index in range(50)}) == 13
    assert reflection_question(0, locale, theme="no such theme") == reflection_question(0, locale)


def test_the_themes_are_the_same_in_every_language():
    assert themes("en") == themes("es")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("index", range(52))
def test_every_question_fits_one_segment_as_a_text_of_its_own(locale, index):
    body = reflection(reflection_question(index, locale), locale, client=NAMES[locale], variant=index)
    assert segments(body).count == 1


@given(
    st.lists(st.builds(GoalWords, title=st.text(), anchor=st.text(), amount=st.none() | st.floats(), unit=st.text())),
    st.text(max_size=5),
    st.text(),
    st.integers(),
)
def test_any_title_can_be_asked_about(goals, locale, client, variant):
    assert check_in(goals, locale, client=client, coach="Ines", variant=variant)
