"""A practice's own wordings hold what they must, sell nothing, and ask for no carrier's keyword (R2, R8)."""

import pytest

from coach_portal.core.rules.selling import selling_words
from coach_portal.core.rules.texts import check_ins
from coach_portal.core.rules.texts.wordings import KINDS, houses_own, trouble
from coach_portal.core.rules.texts.words import GoalWords
from tests.core.rules.texts.speaking import LOCALES


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_houses_own_pass(kind, locale):
    assert [trouble(kind, body) for body in houses_own(kind, locale)] == [None] * len(houses_own(kind, locale))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("How was your day, {client}?", "{goals}"),
        ("{goals}, {phone}?", "{phone}"),
        ("{goals", "wants its }"),
        ("{goals} }", "wants its }"),
        ("{goals.__class__}", "wants its }"),
        ("{goals!r}", "wants its }"),
        ("{goals:>9}", "wants its }"),
        ("{}", "wants its }"),
        ("{goals}" + "a" * 300, "Shorten it"),
        ("{goals}? Reply YES or NO.", "carriers"),
        ("{goals}? Text back “stop” to end.", "carriers"),
        ("¿{goals}? Responde SÍ.", "carriers"),
    ],
)
def test_what_is_wrong_is_told(body, told):
    assert told in trouble("check_in", body)


@pytest.mark.parametrize(
    "body",
    [
        "{goals}? My new package is out.",
        "{goals}? 20% off this week.",
        "{goals}? Book your next session now for $90.",
        "¿{goals}? Esta semana hay una oferta.",
        "{goals}? Refer a friend!",
    ],
)
def test_r2_a_mixed_wording_sells(body):
    assert "sells" in trouble("check_in", body)


@pytest.mark.parametrize(
    "body", ["See you at 3, bring the book.", "You offered to help her: well done.", "Did you save 5 dollars' worth?"]
)
def test_an_everyday_word_seldom_sells(body):
    assert selling_words(body) in {None, "5 dollars"}


def test_own_wordings_stand_in_place_of_the_houses():
    own = ("{goals}, {client}?", "{client}: {goals}?")
    said = {
        check_ins.check_in([GoalWords("Walk")], "en", client="Ruth", coach="Alice", variant=n, own=own)
        for n in range(4)
    }
    assert said == {"Walk, Ruth?", "Ruth: Walk?"}
