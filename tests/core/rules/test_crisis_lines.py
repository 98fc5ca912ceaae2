"""Whom to call, by country."""

from datetime import timedelta

import pytest

from coach_portal.core.rules.crisis_lines import CHECKED_ON, COUNTRIES, crisis_lines, stale


@pytest.mark.parametrize(
    ("country", "emergency", "call", "text"),
    [
        ("US", ("911",), "988", "988"),
        ("CA", ("911",), "988", "988"),
        ("GB", ("999",), "116 123", "85258"),
        ("IE", ("112", "999"), "116 123", "50808"),
        ("AU", ("000",), "13 11 14", "0477 13 11 14"),
        ("NZ", ("111",), "1737", "1737"),
        ("ES", ("112",), "024", ""),
        ("MX", ("911",), "800 911 2000", ""),
    ],
)
def test_each_country_has_its_emergency_number_and_its_crisis_line(country, emergency, call, text):
    lines = crisis_lines(country)
    assert (lines.emergency, lines.call, lines.text) == (emergency, call, text)


@pytest.mark.parametrize("country", ["DE", "", None, "??", "Narnia"])
def test_elsewhere_it_is_112_and_a_directory_of_helplines(country):
    assert crisis_lines(country).emergency == ("112",)
    assert crisis_lines(country).web == "findahelpline.com"


def test_the_words_to_text_are_the_lines_own():
    assert crisis_lines("GB").word_for("en") == "SHOUT"
    assert crisis_lines("IE").word_for("en") == "HELLO"
    assert crisis_lines("US").word_for("es") == "AYUDA"
    assert crisis_lines("US").word_for("en") == ""


def test_a_code_is_read_in_any_case_and_territories_share_their_countrys_lines():
    assert crisis_lines("gb") is crisis_lines("UK") is crisis_lines("GB")
    assert crisis_lines("PR") is crisis_lines("US")


@pytest.mark.parametrize("outdated", ["1-833-456-4566", "45645", "1-800-273-8255", "suicidepreventionlifeline"])
def test_no_country_carries_a_number_that_has_been_replaced(outdated):
    assert all(outdated not in repr(crisis_lines(country)) for country in COUNTRIES)


def test_r23_every_row_names_its_source_its_owner_and_the_day_it_was_checked():
    rows = [crisis_lines(country) for country in [*COUNTRIES, None]]
    assert all(row.owner and row.checked_on <= CHECKED_ON for row in rows)
    assert all(crisis_lines(country).source for country in [*COUNTRIES, None])


def test_rows_of_general_knowledge_say_that_they_are_to_be_verified():
    assert {country for country in COUNTRIES if not crisis_lines(country).verified} == {"IE", "NZ", "ES", "MX"}


def test_r23_the_numbers_are_stale_after_90_days():
    assert not stale(CHECKED_ON + timedelta(days=90))
    assert stale(CHECKED_ON + timedelta(days=91))
