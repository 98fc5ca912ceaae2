"""What is too big for a worst day, and the smaller thing proposed."""

import pytest

from coach_portal.core.rules.habit.tiny import Smaller, smaller


@pytest.mark.parametrize(
    ("title", "proposed"),
    [
        ("gym 1 hour daily", "gym 5 minutes daily"),
        ("Meditate for half an hour", "Meditate for 5 minutes"),
        ("read a book a day", "read 2 pages a day"),
        ("5 km every morning", "1 km every morning"),
        ("Run 5k", "Run 1 km"),
        ("50 push-ups", "5 push-ups"),
        ("10,000 steps", "1000 steps"),
        ("Drink 2 litres of water", "Drink 1 glass of water"),
        ("Write 500 words", "Write 50 words"),
        ("Go to the gym", "Put on my gym shoes"),
        ("Clean the house", "Clear one surface"),
        ("Write a novel", "Write one sentence"),
    ],
)
def test_too_big_in_english(title, proposed):
    assert smaller(title, "en").title == proposed


@pytest.mark.parametrize(
    ("title", "proposed"),
    [
        ("gimnasio 1 hora al día", "gimnasio 5 minutos al día"),
        ("Meditar media hora", "Meditar 5 minutos"),
        ("leer un libro", "leer 2 páginas"),
        ("Correr 5 km cada mañana", "Correr 1 km cada mañana"),
        ("ir al gimnasio", "Ponerme las zapatillas"),
        ("Limpiar la casa", "Despejar una superficie"),
    ],
)
def test_too_big_in_spanish(title, proposed):
    assert smaller(title, "es-MX").title == proposed


@pytest.mark.parametrize(
    "title",
    [
        "5 squats", "Read 4 pages", "Journal", "Walk 10 minutes", "Take the stairs", "One glass of water",
        "Put on my gym shoes", "Phone out of the bedroom", "Write one line", "20 squats", "2-minute plank",
    ],
)  # fmt: skip
def test_small_enough(title):
    assert smaller(title, "en") is None


def test_the_amount_beside_the_title_counts_too():
    assert smaller("Read", "en", amount=30, unit="pages") == Smaller("Read", 2, "pages")


def test_what_is_done_twice_a_week_may_be_larger():
    assert smaller("Walk 25 minutes", "en", cadence="2_per_week") is None
    assert smaller("Walk 25 minutes", "en", cadence="daily") == Smaller("Walk 5 minutes", 5, "minutes")
    assert smaller("Gym 1 hour", "en", cadence="2_per_week") is not None


def test_a_limit_is_never_too_big():
    assert smaller("At most 3 hours of TV", "en", amount=3, unit="hours", direction="at_most") is None
