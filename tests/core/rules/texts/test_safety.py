"""What we say when someone may be in danger."""

import re

import pytest

from coach_portal.core.rules.crisis_lines import crisis_lines
from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts import backup_alert, coach_alert, safety_answer
from coach_portal.core.rules.texts.letters import confirm_by_link
from tests.core.rules.texts.speaking import EVERYWHERE, LOCALES

KINDS = ("self", "other", "violence", "medical", None)
URL = "https://portal.example/alerts/3f2k"

every_answer = pytest.mark.parametrize(
    ("country", "kind", "locale"), [(c, k, loc) for c in EVERYWHERE for k in KINDS for loc in LOCALES]
)


@every_answer
def test_every_answer_names_the_countrys_numbers(country, kind, locale):
    body, lines = safety_answer(country, "Ines", kind, locale), crisis_lines(country)
    wanted = [*lines.emergency, lines.call, lines.text, lines.word_for(locale), lines.web]
    assert all(number in body for number in wanted)


@every_answer
def test_every_answer_says_that_it_is_automatic_and_not_watched_and_who_is_told(country, kind, locale):
    body = safety_answer(country, "Ines", kind, locale)
    automatic, unwatched, passed_on = {
        "en": ("automatic reply", "not watched 24/7", "I am passing this to Ines"),
        "es": ("Respuesta de un programa", "Nadie vigila este chat 24/7", "Le paso esto a Ines"),
    }[locale]
    assert automatic in body
    assert unwatched in body
    assert passed_on in body


@every_answer
def test_every_answer_fits_two_segments(country, kind, locale):
    assert segments(safety_answer(country, "Bartholomew", kind, locale)).count <= 2


@every_answer
def test_no_answer_asks_promises_or_names_a_method(country, kind, locale):
    body = safety_answer(country, "Ines", kind, locale)
    assert "?" not in body
    assert not re.search(r"pill|kill|gun|rope|\bcut|promise|will be fine|calm down|pastilla|matar", body, re.IGNORECASE)


def test_it_is_said_in_these_words():
    assert safety_answer("US", "Dana", "self", "en") == (
        "This is an automatic reply. That sounds really hard, and you are not alone. If you may be in danger now, call "
        "911. You can call or text 988 any time, free. I am passing this to Dana. This line is not watched 24/7, so "
        "please do not wait."
    )


def test_the_british_line_is_named_with_its_text_line():
    assert "116 123 (Samaritans) or text SHOUT to 85258" in safety_answer("GB", "Dana", "self", "en")


def test_each_kind_of_danger_has_its_own_words_and_an_unknown_kind_those_for_oneself():
    said = {kind: safety_answer("US", "Dana", kind, "en") for kind in KINDS}
    assert said[None] == said["self"]
    assert len(set(said.values())) == 4


def test_in_a_medical_emergency_the_emergency_number_comes_first():
    body = safety_answer("US", "Dana", "medical", "en")
    assert body.index("911") < body.index("Dana") < body.index("988")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_alert_tells_the_coach_whom_it_is_about_and_where_to_read_it(locale):
    body = coach_alert("Marco", URL, locale)
    assert "Marco" in body
    assert body.endswith(URL)
    assert segments(body).count == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_an_alert_about_an_unknown_number_leaves_no_hole_for_a_name(locale):
    body = coach_alert("", URL, locale)
    assert "  " not in body
    assert body.endswith(URL)
    assert segments(body).count == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_the_second_contact_learns_no_clients_name(locale):
    body = backup_alert("Ines", URL, locale)
    assert "Ines" in body
    assert body.endswith(URL)
    assert segments(body).count == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_a_reply_to_an_alert_is_told_in_one_segment_that_only_the_link_counts(locale):
    assert segments(confirm_by_link(locale)).count == 1
