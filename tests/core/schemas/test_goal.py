"""A goal as sent."""

import pytest

from coach_portal.core.errors import Invalid
from coach_portal.core.schemas import CADENCES, GoalSchema


def read(**fields):
    """A goal of five squats with some fields more."""
    return GoalSchema().read({"title": "5 squats"} | fields)


def refused(**fields):
    """What is to be done about it."""
    with pytest.raises(Invalid) as error:
        read(**fields)
    return error.value.fields


def test_a_title_is_enough():
    assert read() == {
        "title": "5 squats",
        "anchor": None,
        "area": None,
        "cadence": "daily",
        "amount": None,
        "unit": None,
        "direction": "at_least",
    }


@pytest.mark.parametrize("cadence", CADENCES)
def test_each_cadence_is_taken(cadence):
    assert read(cadence=cadence.upper())["cadence"] == cadence


@pytest.mark.parametrize("cadence", ["hourly", "1_per_week", "7_per_week", "2 per week", 2])
def test_another_cadence_is_refused_with_the_choice(cadence):
    assert refused(cadence=cadence)["cadence"].startswith("Choose one of daily, weekdays")


@pytest.mark.parametrize(("sent", "amount"), [(5, 5.0), ("5", 5.0), ("2.5", 2.5), (0.1, 0.1)])
def test_an_amount_is_a_number_above_zero(sent, amount):
    assert read(amount=sent)["amount"] == amount


@pytest.mark.parametrize("amount", [0, -1, "-0.5", "five", "nan", "inf", float("inf"), 10**7, True, [5], "1" * 400])
def test_another_amount_is_refused(amount):
    assert refused(amount=amount) == {"amount": "Write a number above 0, such as 5 or 2.5."}


def test_an_area_of_life_is_one_of_ours():
    assert read(area="Movement")["area"] == "movement"
    assert refused(area="astrology").keys() == {"area"}


def test_cutting_down_is_a_direction():
    assert read(direction="at_most", amount=2, unit="coffees")["direction"] == "at_most"
