"""A wish is confirmed in one line, and a long silence asked about kindly, in both languages."""

import pytest

from coach_portal.core.rules.sms_text import is_gsm, segments
from coach_portal.core.rules.texts.wishes import all_granted, go_on, granted
from coach_portal.core.rules.wishes import Wish
from tests.core.rules.texts.speaking import LOCALES

WISHES = [
    *(Wish(kind) for kind in ("less", "half", "weekly", "more", "go_on", "rest")),
    *(Wish("days", days=days) for days in ("12345", "67", "14", "7")),
    *(Wish(kind, part=part) for kind in ("part", "not_part") for part in ("morning", "afternoon", "evening")),
    Wish("at", at="20:00"),
]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_one_line_in_one_segment(wish, locale):
    line = granted(wish, locale)
    assert segments(line).count == 1
    assert is_gsm(line)


def test_okay_is_said_once():
    told = all_granted([Wish("half"), Wish("days", days="12345")], "en")
    assert told.count("Okay") == 1
    assert told.endswith("Only on weekdays from now on.")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_question_whether_to_go_on_is_one_segment_without_blame(locale):
    asked = go_on(locale, client="Maximiliana", coach="Bernadette")
    assert segments(asked).count == 1
    assert asked.count("?") == 1
    assert not any(word in asked for word in ("missed", "ignored", "why", "olvida", "por que"))
