"""A client's own words for their goals, learnt from the coach's corrections."""

import pytest

from coach_portal.core.rules.replies import Situation, understand
from tests.core.rules.replies.asking import EVENING, won

GOALS = ("Walk the dog", "Tidy the desk")


def heard_with(text: str, *synonyms: tuple[str, ...]) -> list[tuple[int | None, float | None]]:
    return won(understand(text, Situation("check_in", GOALS, (0, 1), EVENING, "en", synonyms)))


def test_a_phrase_learnt_means_its_goal() -> None:
    assert heard_with("wuffles bit done", ("wuffles bit",)) == [(0, None)]
    assert heard_with("wuffles bit done") == [(0, None), (1, None)]


@pytest.mark.parametrize("text", ["wuffles bits done", "wufles bit done", "Wuffles bit? Done"])
def test_a_phrase_learnt_is_known_in_another_form(text: str) -> None:
    assert heard_with(text, ("wuffles bit",)) == [(0, None)]


def test_half_a_phrase_learnt_tells_nothing() -> None:
    assert heard_with("bit done", ("wuffles bit",)) == [(0, None), (1, None)]


def test_a_word_learnt_means_its_goal() -> None:
    assert heard_with("zapped it all, skipped the pooch", ("pooch",), ("zapped",)) == [(1, None)]


@pytest.mark.parametrize("learnt", [("",), (" ", "!!"), ("wuffles bit",) * 40])
def test_whatever_was_learnt_does_no_harm(learnt: tuple[str, ...]) -> None:
    assert heard_with("both done", learnt, (), ("too", "many")) == [(0, None), (1, None)]


def test_the_dogs_own_loop_is_no_other_loop() -> None:
    goals = ("Take Meg out", "Tidy the desk")
    situation = Situation("none", goals, (), EVENING)
    assert not understand("doggo loop done", situation).wins
    learnt = Situation("none", goals, (), EVENING, "en", (("doggo loop",),))
    assert won(understand("doggo loop done", learnt)) == [(0, None)]
