"""Consent in words."""

import hashlib

import pytest

from coach_portal.core.rules.crisis_lines import crisis_lines
from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts import (
    INVITATION_VERSION,
    START_AGAIN_VERSION,
    WELCOME_VERSION,
    declined,
    help_answer,
    invitation,
    start_again,
    stop_confirmation,
    unknown_sender,
    welcome,
)
from coach_portal.core.rules.texts.language import language
from tests.core.rules.texts.speaking import EVERYWHERE, LOCALES, NAMES, terms

RATES = {"en": "Msg & data rates may apply", "es": "Puede haber cargos de SMS y datos"}
NOT_WATCHED = {"en": "Not watched 24/7, not for emergencies", "es": "No se vigila 24/7 ni es para emergencias"}

everywhere = pytest.mark.parametrize(("country", "locale"), [(c, loc) for c in EVERYWHERE for loc in LOCALES])


@everywhere
@pytest.mark.parametrize("first_message", [invitation, welcome])
def test_the_first_message_says_who_what_how_often_rates_help_stop_and_emergencies(first_message, country, locale):
    body, lines = first_message(terms(country), "Marco", locale), crisis_lines(country)
    wanted = ["Dana Lee Coaching", "Dana", "10", RATES[locale], "HELP", "STOP", NOT_WATCHED[locale], *lines.emergency]
    assert all(words in body for words in [*wanted, lines.call, lines.web])


@everywhere
def test_consent_texts_fit_two_segments(country, locale):
    name = NAMES[locale]
    agreed = [invitation(terms(country), "Marco", locale), welcome(terms(country), name, locale)]
    others = [help_answer(terms(country), locale), start_again(terms(country), locale)]
    assert all(
        segments(body).count <= 2 for body in [*agreed, *others, unknown_sender("Dana Lee Coaching", country, locale)]
    )


def test_the_invitation_is_answered_by_one_word():
    assert "Reply YES to begin" in invitation(terms(), "Marco", "en")
    assert "Responde SI para empezar" in invitation(terms(), "Marco", "es")


@everywhere
def test_help_names_the_practice_a_contact_the_crisis_line_and_stop(country, locale):
    body, lines = help_answer(terms(country), locale), crisis_lines(country)
    wanted = ["Dana Lee Coaching", "dana@example.com", "STOP", "24/7", RATES[locale], *lines.emergency, lines.call]
    assert all(words in body for words in wanted)


def test_the_goodbye_confirms_and_nothing_more():
    assert stop_confirmation("Dana Lee Coaching", "en") == (
        "Dana Lee Coaching: you are opted out. You will get no more texts or automated calls from us."
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_the_goodbye_asks_nothing_offers_nothing_and_is_one_segment(locale):
    body = stop_confirmation("Dana Lee Coaching", locale)
    assert "?" not in body
    assert "START" not in body
    assert segments(body).count == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_a_no_is_taken_kindly_in_one_segment(locale):
    body = declined(terms(), locale)
    assert "Dana" in body
    assert segments(body).count == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_an_unknown_number_is_told_whose_number_this_is_and_where_to_turn_in_an_emergency(locale):
    body = unknown_sender("Dana Lee Coaching", "GB", locale)
    assert "Dana Lee Coaching" in body
    assert "999" in body


VERSIONS = {
    ("invitation-1", "en"): "a5f9863f53aab29e",
    ("invitation-1", "es"): "5ad8a5f54293d5fc",
    ("welcome-2", "en"): "d69ff8de66d55b1f",
    ("welcome-2", "es"): "4bf48bb16269301a",
    ("start-again-1", "en"): "0e212a5fd93bf4e6",
    ("start-again-1", "es"): "6cf5a0d3b6d53ba7",
}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_consent_wording_never_changes_under_its_version(locale):
    agreeing = language(locale).agreeing
    said = {
        INVITATION_VERSION: agreeing.invitation,
        WELCOME_VERSION: agreeing.welcome,
        START_AGAIN_VERSION: agreeing.started_again,
    }
    for version, wording in said.items():
        assert hashlib.sha256(wording.encode()).hexdigest()[:16] == VERSIONS[version, locale], (version, locale)
