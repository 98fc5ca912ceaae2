"""What clients name when something was missed, in both languages."""

import pytest

from coach_portal.core.rules.preparation.obstacles import in_the_way, named, reasons
from tests.core.rules.preparation.knowing import goal, known, text

ENGLISH = [
    ("no, ran out of time", ("time",)),
    ("nope, fell asleep on the sofa", ("tired",)),
    ("phone out but no reading, too tired", ("tired",)),
    ("not today, migraine", ("ill",)),
    ("skipped the squats, knee is grumpy", ("ill",)),
    ("no, on a train all day, travelling", ("away",)),
    ("completely forgot, sorry", ("forgot",)),
    ("didn't feel like it", ("mood",)),
    ("sister staying. tomorrow", ("people",)),
    ("neither, night shift", ("work",)),
    ("no, it was raining", ("weather",)),
    ("exhausted, late shift again", ("work", "tired")),
    ("I wasn't even that tired, just no", ()),
    ("no", ()),
]
SPANISH = [
    ("hoy no me dio tiempo", ("time",)),
    ("nada hoy, mucho trabajo", ("work",)),
    ("no, estaba agotada", ("tired",)),
    ("hoy no, migraña", ("ill",)),
    ("estoy de viaje, mañana", ("away",)),
    ("se me olvidó por completo", ("forgot",)),
    ("sin ganas de nada", ("mood",)),
    ("vino mi hermana de visita", ("people",)),
    ("no salí, llovía", ("weather",)),
    ("no estaba tan cansada", ()),
]


@pytest.mark.parametrize(("body", "kinds"), ENGLISH)
def test_english_is_grouped(body, kinds):
    assert named(body, "en") == kinds


@pytest.mark.parametrize(("body", "kinds"), SPANISH)
def test_spanish_is_grouped(body, kinds):
    assert named(body, "es") == kinds


def test_what_was_said_of_a_win_blames_nobody():
    assert named(reasons(text(1, "did squats with the kids, no journal", wins=[(0, 25)])), "en") == ()


def test_the_most_named_comes_first_with_its_texts_and_misses():
    texts = [text(1, "too tired"), text(2, "tired again", 2), text(3, "forgot", 3), text(5, "no", 5)]
    way = in_the_way(known(goal("--+---."), texts=texts))
    assert [(each.kind, each.texts) for each in way.named] == [("tired", (1, 2)), ("forgot", (3,))]
    assert way.misses == 5
    assert [told.text_id for told in way.unexplained] == [6, 5]


def test_words_that_told_of_danger_are_not_searched():
    way = in_the_way(known(goal("-."), texts=[text(1, "too tired of it all", is_safe=False)]))
    assert way.named == ()
    assert len(way.unexplained) == 1
