"""A client as sent."""

import pytest

from coach_portal.core.errors import Invalid
from coach_portal.core.schemas import ClientChangeSchema, ClientSchema, time_zones

ALICE = {"name": "Alice", "phone": "+1 617 555 0123"}


def read(**more):
    """Alice with some fields more."""
    return ClientSchema().read(ALICE | more)


def refused(**more):
    """What is to be done about Alice with some fields more."""
    with pytest.raises(Invalid) as error:
        read(**more)
    return error.value.fields


def test_name_and_phone_are_enough_where_the_prefix_tells_the_rest():
    assert read() == {
        "name": "Alice",
        "phone": "+16175550123",
        "timezone": "America/New_York",
        "country": "US",
        "locale": "en",
    }


def test_zone_and_country_may_differ_from_the_phones():
    moved = read(timezone="Europe/Madrid", country="es")
    assert (moved["timezone"], moved["country"]) == ("Europe/Madrid", "ES")


@pytest.mark.parametrize("written", ["America/New_York", "america/new_york", "America/New York", " America/New_York "])
def test_a_zone_is_read_however_it_is_written(written):
    assert read(timezone=written)["timezone"] == "America/New_York"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "localtime", "+01:00", "../etc/passwd", "New York"])
def test_what_is_no_zone_is_refused(zone):
    assert "We do not know this time zone" in refused(timezone=zone)["timezone"]


def test_a_phone_of_two_zones_asks_which():
    assert refused(phone="+34612345678") == {
        "timezone": "Choose the client's time zone: this number may be in Atlantic/Canary or Europe/Madrid."
    }


def test_a_phone_of_any_zone_asks_for_one():
    assert "their number does not tell it" in refused(phone="+15005550006")["timezone"]


def test_a_phone_of_no_country_asks_for_zone_and_country():
    assert refused(phone="+80012345678").keys() == {"timezone", "country"}


@pytest.mark.parametrize(("written", "locale"), [("es", "es"), ("ES", "es"), ("es-MX", "es"), ("en_US", "en")])
def test_a_regional_language_is_its_language(written, locale):
    assert read(locale=written)["locale"] == locale


@pytest.mark.parametrize("locale", ["fr", "english", 3])
def test_a_language_we_do_not_write_is_refused(locale):
    assert refused(locale=locale) == {"locale": "Choose one of en, es."}


@pytest.mark.parametrize("country", ["XX", "USA", "U", 1])
def test_what_is_no_country_is_refused(country):
    assert refused(country=country) == {"country": "Write the country's two letters, such as US or ES."}


def test_the_phone_is_not_among_what_may_change():
    with pytest.raises(Invalid) as error:
        ClientChangeSchema().read({"name": "Alice", "timezone": "UTC", "locale": "en", "phone": "+16175550124"})
    assert error.value.fields.keys() == {"phone"}


def test_the_zones_on_offer_are_real_and_in_order():
    zones = time_zones()
    assert "Europe/Madrid" in zones
    assert list(zones) == sorted(zones)
    assert "localtime" not in zones
