"""Phone numbers, as written, stored, shown and hidden."""

import pytest

from coach_portal.core.rules.phone import (
    NotAPhone,
    country_of,
    masked,
    other_zones_of,
    readable,
    timezones_of,
    to_e164,
)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        pytest.param("+16175550123", "+16175550123", id="E.164 already"),
        pytest.param(" +1 617 555 0123 ", "+16175550123", id="with spaces"),
        pytest.param("+1 (617) 555-0123", "+16175550123", id="as Americans write it"),
        pytest.param("tel:+1-617-555-0123", "+16175550123", id="as a link has it"),
        pytest.param("＋１ ６１７ ５５５ ０１２３", "+16175550123", id="in full-width digits"),
        pytest.param("+44 7700 900123", "+447700900123", id="British, kept for fiction"),
        pytest.param("+1 212 555 0199", "+12125550199", id="American, kept for fiction"),
        pytest.param("+15005550006", "+15005550006", id="Twilio's magic number"),
        pytest.param("+34 612 34 56 78", "+34612345678", id="Spanish"),
        pytest.param("+52 55 1234 5678", "+525512345678", id="Mexican"),
    ],
)
def test_a_number_is_stored_in_e164_however_it_was_written(written, stored):
    assert to_e164(written) == stored


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        pytest.param("617 555 0123", "with the country code", id="no country code"),
        pytest.param("001 617 555 0123", "with the country code", id="a dialling prefix for the plus"),
        pytest.param("hello", "with the country code", id="no number"),
        pytest.param("", "with the country code", id="nothing"),
        pytest.param("+999 123 456 789", "with the country code", id="no such country code"),
        pytest.param("+1 617 555 012", "Digits are missing", id="a digit short"),
        pytest.param("+1 617 555 01234", "digits too many", id="a digit long"),
        pytest.param("+1 617 555 0123 ext. 5", "extension", id="an extension"),
        pytest.param("+1" * 5000, "with the country code", id="ten thousand characters"),
    ],
)
def test_what_no_text_can_reach_is_refused_with_advice(written, advice):
    with pytest.raises(NotAPhone, match=advice):
        to_e164(written)


@pytest.mark.parametrize(
    ("phone", "country"),
    [
        pytest.param("+16175550123", "US", id="United States"),
        pytest.param("+12505550123", "CA", id="Canada, which shares +1"),
        pytest.param("+17875550123", "PR", id="Puerto Rico, which shares it too"),
        pytest.param("+447700900123", "GB", id="fiction falls to the code's main country"),
        pytest.param("+80012345678", None, id="free-phone of no country"),
    ],
)
def test_a_number_tells_its_country(phone, country):
    assert country_of(phone) == country


@pytest.mark.parametrize(
    ("phone", "zones"),
    [
        pytest.param("+16175550123", ("America/New_York",), id="one zone"),
        pytest.param("+34612345678", ("Atlantic/Canary", "Europe/Madrid"), id="two"),
        pytest.param("+447700900123", (), id="none told"),
    ],
)
def test_a_number_tells_the_zones_it_may_be_in(phone, zones):
    assert timezones_of(phone) == zones


def test_a_magic_number_may_be_in_any_american_zone():
    assert len(timezones_of("+15005550006")) > 1


def test_a_number_is_shown_as_people_write_it():
    assert readable("+16175550123") == "+1 617-555-0123"


def test_what_is_no_number_is_shown_as_it_is():
    assert readable("TWILIO") == "TWILIO"


@pytest.mark.parametrize(("phone", "shown"), [("+16175550123", "…0123"), ("72345", "…45")])
def test_a_hidden_number_keeps_its_last_digits(phone, shown):
    assert masked(phone) == shown


@pytest.mark.parametrize(
    ("phone", "timezone", "others"),
    [
        ("+16175550111", "America/Los_Angeles", ("America/New_York",)),
        ("+16175550111", "US/Pacific", ("America/New_York",)),
        ("+12085550111", "America/Boise", ("America/Los_Angeles",)),
        ("+16175550111", "America/New_York", ()),
        ("+16175550111", "Europe/Madrid", ()),
        ("+18005550111", "America/New_York", ()),
        ("+34600123123", "Europe/Madrid", ()),
    ],
)
def test_an_area_codes_other_zones_are_kept(phone, timezone, others):
    assert other_zones_of(phone, timezone) == others
