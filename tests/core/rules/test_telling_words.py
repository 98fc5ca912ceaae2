"""Which words of a text could mean a goal, and which every text holds."""

import pytest

from coach_portal.core.rules.telling_words import telling_words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("did the doggo loop", ("doggo loop",)),
        ("Doggo Loop!!", ("doggo loop",)),
        ("nope, not the bean juice again", ("bean juice",)),
        ("hice el bucle con el perro", ("bucle",)),
        ("kettlebells before breakfast", ("kettlebells", "breakfast")),
    ],
)
def test_what_is_about_a_thing_tells(text, told):
    assert telling_words(text) == told


@pytest.mark.parametrize(
    "text",
    ["yes", "Done!", "5", "👍", "STOP", "hmm", "yeah kinda, mostly", "I did it then", "si claro", "", "https://x.org"],
)
def test_what_every_text_may_hold_tells_nothing(text):
    assert telling_words(text) == ()


def test_a_story_tells_nothing():
    assert telling_words("grandma brought pancakes, the neighbours a trampoline") == ()


def test_the_words_of_another_goal_tell_nothing():
    assert telling_words("doggo loop", ["Read a loop"]) == ("doggo",)
