"""The examples: in both languages, for every area, small enough for a worst day, and light to text."""

import pytest

from coach_portal.core.rules.habit.library import example, examples
from coach_portal.core.rules.habit.tiny import smaller
from coach_portal.core.rules.sms_text import segments, to_gsm
from coach_portal.core.schemas import AREAS


@pytest.mark.parametrize("locale", ["en", "es"])
def test_there_are_examples_for_every_area_and_each_is_small_enough(locale):
    assert tuple(examples(locale)) == AREAS
    for some in examples(locale).values():
        for one in some:
            cadence = {"cadence": "daily", "amount": one.amount, "unit": one.unit}
            assert smaller(one.title, locale, **{name: said for name, said in cadence.items() if said}) is None, one
            assert one.anchor, one
            assert segments(to_gsm(f"{one.title} {one.anchor}")).count <= 2, one


def test_both_languages_have_the_same_number():
    assert {area: len(some) for area, some in examples("en").items()} == {
        area: len(some) for area, some in examples("es").items()
    }


def test_an_example_is_found_by_its_key():
    assert example("home-1", "es").title == "Despejar una superficie"
    assert example("home-99", "en") is None
    assert example("", "en") is None
    assert example("home-1", "fr") == example("home-1", "en")
