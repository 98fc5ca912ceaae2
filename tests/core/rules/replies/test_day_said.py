"""Whether a text itself said the day of what was done, or only that it was done."""

import pytest

from tests.core.rules.replies.asking import heard


@pytest.mark.parametrize(
    "text",
    [
        "did it yesterday",
        "yes, this morning",
        "done today",
        "did it on Monday",
        "last night!",
        "yesterday and today",
        "ayer sí",
    ],
)
def test_the_text_says_the_day(text: str) -> None:
    found = heard(text, "Stretch", locale="es" if "ayer" in text else "en")
    assert found.wins
    assert all(win.day_said for win in found.wins)


@pytest.mark.parametrize("text", ["done", "yes", "👍", "stretched for ages", "did it at 8", "sí"])
def test_the_text_leaves_the_day_open(text: str) -> None:
    found = heard(text, "Stretch", locale="es" if text == "sí" else "en")
    assert found.wins
    assert not any(win.day_said for win in found.wins)


def test_each_win_says_its_own_day_or_none() -> None:
    found = heard("walked this morning. journal done", "Walk 20 minutes", "Journal")
    assert {win.goal: win.day_said for win in found.wins} == {0: True, 1: False}


def test_wins_told_to_the_open_question_say_their_day() -> None:
    found = heard("baked bread yesterday, fixed the bike", "Journal", prompt="wins")
    assert [win.day_said for win in found.wins] == [True, False]
