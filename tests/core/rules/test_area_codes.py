"""Which state an area code lies in: our page of them beside what the library of numbering plans says."""

import phonenumbers
import pytest
from phonenumbers.geocoder import description_for_number

from coach_portal.core.rules.area_codes import ANOTHER_STATE, OUTSIDE, state_of
from coach_portal.core.rules.state_hours import STATE_HOURS

EXCHANGES = range(200, 1000, 40)


def told(code: int) -> set[str]:
    """The states that the library names for prefixes of this code, in two letters."""
    numbers = [phonenumbers.parse(f"+1{code}{exchange}0123") for exchange in EXCHANGES]
    places = {description_for_number(number, "en").rpartition(", ")[2] for number in numbers}
    return {place for place in places if len(place) == 2 and place != "DC"}


@pytest.mark.parametrize(
    ("phone", "state"),
    [
        ("+16175550111", "MA"),
        ("+14015550111", "RI"),
        ("+12065550111", "WA"),
        ("+12025550111", "--"),
        ("+18005550111", None),
        ("+14165550111", ""),
        ("+34600123123", ""),
    ],
)
def test_an_area_code_tells_the_state(phone, state):
    assert state_of(phone) == state


def test_every_state_with_hours_of_its_own_has_its_codes():
    assert {state_of(f"+1{code}5550111") for code in range(200, 1000)} >= STATE_HOURS.keys()


def test_no_code_is_put_into_another_state_than_the_library_puts_it():
    for code in range(200, 1000):
        ours, theirs = state_of(f"+1{code}5550111"), told(code)
        if ours not in {OUTSIDE, None} and len(theirs) == 1:
            assert ours in ({*theirs, ANOTHER_STATE} if not theirs & STATE_HOURS.keys() else theirs), code
