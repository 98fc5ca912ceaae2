"""Asking for one's own page: in plain words, in both languages, and never in an answer about pages read."""

import pytest

from coach_portal.core.rules.wishes import Wish, hear
from coach_portal.core.rules.wishes.hearing import says_nothing_more


@pytest.mark.parametrize(
    "text",
    ["my page", "My page please", "send me my page", "can you send me the link to my page?", "Where is my page",
     "show me my own page", "my page link again", "Thanks! my page please", "download my data"],
)  # fmt: skip
def test_in_english(text):
    heard = hear(text, "en")
    assert Wish("page") in heard.wishes
    assert says_nothing_more(heard, "en")


@pytest.mark.parametrize(
    "text",
    ["mi página", "Mi pagina por favor", "mándame mi página", "envíame el enlace de mi página", "quiero ver mi página",
     "dónde está mi página", "¿Puedes mandarme mi página?", "descargar mis datos"],
)  # fmt: skip
def test_in_spanish(text):
    assert Wish("page") in hear(text, "es").wishes


@pytest.mark.parametrize(
    "text", ["page", "1 page", "read my page", "did my page today", "my pages", "I wrote on my page", "two pages done"]
)
def test_whoever_tells_of_pages_wishes_nothing(text):
    assert hear(text, "en").wishes == ()


@pytest.mark.parametrize("text", ["página", "leí mi página", "hice mi pagina de hoy", "una pagina"])
def test_whoever_tells_of_pages_in_spanish_wishes_nothing(text):
    assert hear(text, "es").wishes == ()
