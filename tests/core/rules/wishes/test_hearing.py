"""Wishes are heard in plain words, in both languages, and nowhere else."""

import pytest

from coach_portal.core.rules.wishes import Wish, hear
from coach_portal.core.rules.wishes.hearing import says_nothing_more


def heard(text, locale="en", **more):
    """The wishes of a text."""
    return list(hear(text, locale, **more).wishes)


@pytest.mark.parametrize(
    "text",
    ["less", "Less please", "fewer texts please", "text me less often", "Too many texts!", "not so often please",
     "that's too much", "can you text me less?", "not every day please", "don't text me so much"],
)  # fmt: skip
def test_fewer(text):
    assert heard(text) == [Wish("less")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("every other day is enough", "half"), ("Can you ask me every second day?", "half"),
     ("once a week is enough", "weekly"), ("more", "more"), ("ask me every day again please", "more")],
)  # fmt: skip
def test_how_often(text, kind):
    assert heard(text) == [Wish(kind)]


@pytest.mark.parametrize(
    ("text", "days"),
    [("only weekdays", "12345"), ("weekdays only please", "12345"), ("not on weekends", "12345"),
     ("no texts on Sundays please", "123456"), ("only mondays and thursdays", "14"), ("weekends off", "12345"),
     ("please only text me on Mon, Wed and Fri", "135"), ("just weekends", "67")],
)  # fmt: skip
def test_on_which_days(text, days):
    assert heard(text.replace(",", "")) == [Wish("days", days=days)]


@pytest.mark.parametrize(
    ("text", "wish"),
    [("mornings are bad", Wish("not_part", part="morning")), ("Mornings don't work", Wish("not_part", part="morning")),
     ("not in the morning please", Wish("not_part", part="morning")), ("evenings only", Wish("part", part="evening")),
     ("evenings are better for me", Wish("part", part="evening")),
     ("only in the afternoon", Wish("part", part="afternoon")),
     ("from now on at 8 pm", Wish("at", at="20:00")), ("ask me at 7:30 every day", Wish("at", at="19:30"))],
)  # fmt: skip
def test_at_which_hours(text, wish):
    assert heard(text) == [wish]


@pytest.mark.parametrize(
    ("text", "wish"),
    [("menos mensajes por favor", Wish("less")), ("menos", Wish("less")), ("No me escribas tanto", Wish("less")),
     ("demasiados mensajes", Wish("less")), ("cada dos días", Wish("half")),
     ("una vez por semana basta", Wish("weekly")),
     ("más", Wish("more")), ("solo entre semana", Wish("days", days="12345")),
     ("los fines de semana no", Wish("days", days="12345")), ("solo los lunes y jueves", Wish("days", days="14")),
     ("Por las mañanas no puedo", Wish("not_part", part="morning")),
     ("solo por la tarde", Wish("part", part="afternoon")),
     ("mejor solo por la noche", Wish("part", part="evening")), ("siempre a las 20", Wish("at", at="20:00"))],
)  # fmt: skip
def test_in_spanish(text, wish):
    assert heard(text, "es-MX") == [wish]


@pytest.mark.parametrize(
    "text",
    ["did less today", "only 3 squats", "less than five", "done", "no", "yes", "it was a bad morning", "not today",
     "I had more coffee", "evening walk done", "ask me in the evening", "later",
     "too much work today", "Monday is fine",
     "did it on Monday and Tuesday", "every day this week!", "stop", "no squats on Sunday", "only the journal"],
)  # fmt: skip
def test_what_only_sounds_like_one_is_none(text):
    assert heard(text) == []


@pytest.mark.parametrize(
    ("text", "kind"), [("yes", "go_on"), ("yes please go on", "go_on"), ("no thanks", "rest"), ("less", "less")]
)
def test_asked_whether_to_go_on_a_bare_word_answers(text, kind):
    assert heard(text, asked_to_go_on=True) == [Wish(kind)]


def test_the_rest_of_the_text_keeps_its_places():
    said = hear("did 3 squats. fewer texts please", "en")
    assert said.rest.startswith("did 3 squats.")
    assert len(said.rest) == len("did 3 squats. fewer texts please")
    assert not says_nothing_more(said, "en")
    assert says_nothing_more(hear("Hi! fewer texts please. Thanks", "en"), "en")


def test_two_wishes_joined_by_an_and():
    assert heard("less please and not on weekends") == [Wish("less"), Wish("days", days="12345")]
    assert heard("less coffee and not on weekends") == []


def test_two_wishes_in_one_text():
    assert heard("mornings are bad, weekdays only") == [Wish("not_part", part="morning"), Wish("days", days="12345")]


def test_a_language_without_words_wishes_nothing():
    assert heard("less", "de") == []
