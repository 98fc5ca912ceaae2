"""What holds for every sentence we say, in every language."""

import re

import pytest

from coach_portal.core.rules.sms_text import is_gsm
from tests.core.rules.texts.speaking import LOCALES, wordings

in_every_language = pytest.mark.parametrize("locale", LOCALES)


def said(pattern: str, locale: str) -> list[str]:
    """The wordings that say what the pattern looks for."""
    return [wording for wording in wordings(locale) if re.search(pattern, wording, re.IGNORECASE)]


@in_every_language
def test_all_are_gsm_7_and_so_without_emoji(locale):
    assert [wording for wording in wordings(locale) if not is_gsm(wording)] == []


@in_every_language
def test_none_shouts(locale):
    assert said("[!¡]", locale) == []


@in_every_language
def test_none_promises_to_watch_or_that_help_is_coming(locale):
    assert (
        said(r"on (its|the) way|we (are watching|monitor)|is coming|en camino|ya viene|estamos pendientes", locale)
        == []
    )


@in_every_language
def test_none_says_a_word_that_safe_messaging_avoids(locale):
    assert said(r"commit|suicid|successful|failed|epidemic|cometi|overdose|sobredosis", locale) == []


@in_every_language
def test_none_blames(locale):
    assert said(r"\b(fail|should|streak|lazy|fallaste|fracas|racha|culpa)", locale) == []


@in_every_language
def test_none_sells(locale):
    assert said(r"[$€]|\b(buy|offer|upgrade|discount|compra|oferta|descuento)\b", locale) == []


def test_the_languages_offer_the_same_variety():
    counted = {locale: len(list(wordings(locale))) for locale in LOCALES}
    assert len(set(counted.values())) == 1
