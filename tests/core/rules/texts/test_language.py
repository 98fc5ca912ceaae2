"""Which language a locale speaks."""

from pathlib import Path

import pytest

from coach_portal.core.rules import texts
from coach_portal.core.rules.texts import en, resumed
from coach_portal.core.rules.texts.language import language


@pytest.mark.parametrize("locale", ["es", "es-MX", "es_ES", "ES", " es-419"])
def test_spanish_is_spanish_everywhere(locale):
    assert language(locale).code == "es"


@pytest.mark.parametrize("locale", ["en", "en-GB", "fr", "pt-BR", "", "..", "xx", "1", "ñu"])
def test_what_we_do_not_speak_is_said_in_english(locale):
    assert language(locale).code == "en"


def test_a_third_language_is_one_more_file(tmp_path, monkeypatch):
    words = (
        Path(en.__file__)
        .read_text(encoding="utf-8")
        .replace('resumed="Good to have you back.', 'resumed="Welkom terug.')
    )
    (tmp_path / "nl.py").write_text(words, encoding="utf-8")
    monkeypatch.setattr(texts, "__path__", [*texts.__path__, str(tmp_path)])
    language.cache_clear()
    assert resumed("nl-BE").startswith("Welkom terug.")
    language.cache_clear()
