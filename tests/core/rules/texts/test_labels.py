"""A goal as it was done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.texts import GoalWords
from coach_portal.core.rules.texts.labels import as_done
from coach_portal.core.rules.texts.language import language

SQUATS = GoalWords("5 squats", amount=5, unit="squats")


@pytest.mark.parametrize(
    ("goal", "amount", "unit", "told"),
    [
        (SQUATS, None, None, "5 squats"),
        (SQUATS, 5, None, "5 squats"),
        (SQUATS, 3, None, "3 squats"),
        (SQUATS, 12, "squats", "12 squats"),
        (SQUATS, 1, None, "1 of 5 squats"),
        (SQUATS, 2, "sets", "5 squats (2)"),
        (GoalWords("5 squats"), 3, None, "3 squats"),
        (GoalWords("Read 10 pages", amount=10, unit="pages"), 4, None, "Read 4 pages"),
        (GoalWords("Read 10 pages"), 4, None, "Read 4 pages"),
        (GoalWords("Read 10 pages"), 10, None, "Read 10 pages"),
        (GoalWords("Christmas cards, 5 a day"), 40, None, "Christmas cards, 5 a day (40)"),
        (GoalWords("Water 2 per day"), 3, None, "Water 2 per day (3)"),
        (GoalWords("2,000 steps", amount=2000, unit="steps"), 2500, None, "2500 steps"),
        (GoalWords("Drink 8 glasses of water", amount=8), 7.5, "glass", "Drink 7.5 glasses of water"),
        (GoalWords("Squats", amount=5, unit="squats"), 3, None, "3 squats"),
        (GoalWords("Journal", unit="lines"), 2, None, "Journal (2 lines)"),
        (GoalWords("Journal", unit="lines"), 1, None, "Journal (1)"),
        (GoalWords("In bed by 11"), 10, None, "In bed by 11 (10)"),
        (GoalWords("7 am walk"), 20, "min", "7 am walk (20 minutes)"),
        (GoalWords("7 am walk"), 20, None, "7 am walk (20)"),
        (GoalWords("Bed at 22:30", amount=22), 23, None, "Bed at 22:30 (23)"),
        (GoalWords("Screen time under 60 minutes"), 74, None, "Screen time under 60 minutes (74)"),
        (GoalWords("Max 1 glass of wine"), 1, None, "Max 1 glass of wine (1)"),
        (GoalWords("Max 2 coffees", amount=2, unit="coffees", at_most=True), 3, None, "Max 2 coffees (3 coffees)"),
    ],
)
def test_the_amount_said_stands_in_the_place_of_the_amount_agreed_or_beside_the_title(goal, amount, unit, told):
    assert as_done(goal, amount, unit, language("en")) == told


def test_a_comma_divides_in_spanish():
    assert as_done(GoalWords("Agua"), 1.5, "litre", language("es")) == "Agua (1,5 litros)"


@pytest.mark.parametrize(
    ("goal", "amount", "unit", "told"),
    [
        (GoalWords("leer"), 3, "page", "leer (3)"),
        (GoalWords("leer", unit="páginas"), 3, "page", "leer (3 páginas)"),
        (GoalWords("Leer 10 páginas"), 3, "page", "Leer 3 páginas"),
        (GoalWords("Leer 10 páginas"), 20, "min", "Leer 10 páginas (20 minutos)"),
        (GoalWords("Agua"), 1, "glass", "Agua (1 vaso)"),
        (GoalWords("Agua"), 2, "bottle", "Agua (2)"),
    ],
)
def test_a_unit_is_said_in_the_clients_language_or_not_at_all(goal, amount, unit, told):
    assert as_done(goal, amount, unit, language("es")) == told


def test_a_long_title_is_cut_at_a_words_end_and_the_amount_stays():
    goal = GoalWords("Write down what I am grateful for this evening", unit="things")
    assert as_done(goal, 3, None, language("en"), 24) == "Write down what I am... (3 things)"


@given(
    st.builds(GoalWords, st.text(), st.text(), st.none() | st.floats(), st.text()), st.floats(), st.none() | st.text()
)
def test_any_goal_and_any_amount_can_be_told(goal, amount, unit):
    assert as_done(goal, amount, unit, language("en"))
