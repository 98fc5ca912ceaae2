"""Words live in the language files alone, and a third language needs no code."""

from pathlib import Path

import pytest

from coach_portal.core.rules.replies import language_file
from coach_portal.core.rules.replies.language_file import language, language_names, lexicon, read
from coach_portal.core.rules.replies.text import tokens_of


def test_english_and_spanish_are_spoken() -> None:
    assert language_names() == ("en", "es")


@pytest.mark.parametrize(
    "table", ["spelling", "numbers", "weekdays", "months", "parts", "units", "scales", "ordinals", "spans"]
)
def test_every_language_fills_every_table(table: str) -> None:
    assert all(language(name).values.get(table) for name in language_names())


def test_every_language_has_the_same_classes_of_words() -> None:
    logic = {path: path.read_text(encoding="utf-8") for path in Path(language_file.__file__).parent.glob("*.py")}
    for name in language_names():
        for title in lexicon(tuple(language_names())).classes:
            used = any(f'classes["{title}"]' in code for code in logic.values())
            assert not used or title in language(name).classes, f"{name} lacks {title}"


def test_a_pattern_takes_its_elements_in_order() -> None:
    spoken = read(
        "xx",
        "[class articles]\n[class me]\nme myself\n[values numbers]\nten=10\n[cue harm]\nhurt .. <me>, cut # times?",
    )
    found = spoken.patterns.cues(tokens_of("hurt only myself and cut 3 times"))
    assert [(cue.name, cue.first, cue.end) for cue in found] == [("harm", 0, 3), ("harm", 4, 7), ("harm", 4, 6)]


def test_a_gap_ends_with_the_sentence() -> None:
    spoken = read("xx", "[class articles]\n[cue harm]\nhurt .. me")
    assert not spoken.patterns.cues(tokens_of("hurt. me"))
