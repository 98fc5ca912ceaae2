"""What the coach is told of beside an answer: grave news always, an everyday reason never."""

import pytest

from tests.core.rules.replies.asking import heard


@pytest.mark.parametrize(
    ("text", "locale"),
    [("not today, migraine", "en"), ("no, bad headache", "en"), ("hoy no, migraña", "es"), ("no, jaqueca", "es")],
)
def test_an_everyday_reason_is_a_miss_and_asks_nothing_of_the_coach(text: str, locale: str) -> None:
    assert heard(text, "Journal", locale=locale).acts == {"miss"}


@pytest.mark.parametrize(
    "text",
    [
        "not today, my dad died",
        "no, in hospital",
        "no, broke my ankle",
        "not today, migraine, I'm in A&E",
        "not today, my nan passed away",
        "no. my dad passed this morning",
        "no, grandad passed and I'm at mum's",
        "no, my mum passed",
    ],
)
def test_grave_news_beside_an_answer_is_passed_on(text: str) -> None:
    assert heard(text, "Journal").acts >= {"miss", "message"}


@pytest.mark.parametrize(
    "text", ["my son passed his exams", "my sister passed her driving test", "my dad passed me the salt"]
)
def test_what_somebody_passed_is_no_bereavement(text: str) -> None:
    assert "message" not in heard(text, "Journal", prompt="none").acts
