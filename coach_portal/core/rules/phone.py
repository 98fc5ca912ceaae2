"""Phone numbers: E.164 in the database, readable on pages, masked wherever they are not needed.

Nothing here insists on a number that is in use, only on one that could be: numbering plans open new ranges faster than
any library learns of them, the carrier tells us of a dead number anyway, and the ranges that countries keep free for
fiction (+1 ... 555 01xx, +44 7700 900xxx) and Twilio's magic numbers (+1 500 555 00xx) must serve demos and tests.

The library of numbering plans is loaded on first use: the functions that answer texts get their numbers from the
carrier, in E.164 already, and never need it.
"""

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

HOW_TO_WRITE = "Write it with the country code, such as +1 617 555 0123."

MOST_ZONES = 4
"""A prefix that may lie in more zones than this belongs to no place: toll-free, personal."""
_NO_ZONE = "Etc/Unknown"
_NO_COUNTRY = frozenset({"001", "ZZ"})


class NotAPhone(ValueError):
    """What was written cannot be a phone number that takes texts; the message says what to do."""


def to_e164(written: str) -> str:
    """The number in E.164, "+16175550123", however it was spaced. Raises NotAPhone."""
    import phonenumbers

    try:
        number = phonenumbers.parse(written)
    except phonenumbers.NumberParseException as error:
        raise NotAPhone(HOW_TO_WRITE) from error
    if number.extension:
        raise NotAPhone("Leave the extension out: a text cannot reach one.")
    _check_length(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable(phone: str) -> str:
    """An E.164 number as people write it: "+1 617-555-0123". What is no number stays as it is."""
    import phonenumbers

    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def masked(phone: str) -> str:
    """Enough of a number to recognise it by, and no more: "…0123" (fewer digits of a short one)."""
    return "…" + phone[-4:] if len(phone) > 8 else "…" + phone[-2:]


def country_of(phone: str) -> str | None:
    """The ISO 3166 country of an E.164 number, None for one that belongs to no country (+800...)."""
    import phonenumbers

    number = phonenumbers.parse(phone)
    # Numbers kept for fiction belong to no region of their plan; the plan's main country is then the best guess.
    main = phonenumbers.region_code_for_country_code(number.country_code or 0)
    region = phonenumbers.region_code_for_number(number) or main
    return None if region in _NO_COUNTRY else region


def timezones_of(phone: str) -> tuple[str, ...]:
    """The IANA zones that an E.164 number may be in, by its prefix; none when the prefix does not tell."""
    import phonenumbers
    from phonenumbers.timezone import time_zones_for_number

    zones = time_zones_for_number(phonenumbers.parse(phone))
    return tuple(zone for zone in zones if zone != _NO_ZONE)


def other_zones_of(phone: str, timezone: str) -> tuple[str, ...]:
    """The zones of a North American number's area code, but for the client's own (R14).

    None where the client lives outside that plan's countries, where their number says nothing of their clocks, nor
    where the prefix belongs to no place.
    """
    if not phone.startswith("+1"):
        return ()
    zones = timezones_of(phone)
    if len(zones) > MOST_ZONES or not _lies_in_the_plan(timezone):
        return ()
    return tuple(zone for zone in zones if zone != timezone)


def countries() -> frozenset[str]:
    """Every country with a numbering plan, by its ISO 3166 code."""
    import phonenumbers

    return frozenset(phonenumbers.SUPPORTED_REGIONS)


def _lies_in_the_plan(timezone: str) -> bool:
    country = _country_of_zone().get(timezone)
    # The table has no old names, such as US/Pacific.
    return timezone.startswith(("US/", "Canada/", "America/")) if country is None else country in _plan_countries()


@lru_cache(maxsize=1)
def _country_of_zone() -> dict[str, str]:
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


@lru_cache(maxsize=1)
def _plan_countries() -> frozenset[str]:
    import phonenumbers

    return frozenset(phonenumbers.region_codes_for_country_code(1))


def _check_length(number: "PhoneNumber") -> None:
    from phonenumbers import ValidationResult, is_possible_number_with_reason

    match is_possible_number_with_reason(number):
        case ValidationResult.IS_POSSIBLE:
            return
        case ValidationResult.TOO_SHORT | ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            raise NotAPhone(f"Digits are missing: check the number. {HOW_TO_WRITE}")
        case ValidationResult.TOO_LONG:
            raise NotAPhone(f"There are digits too many: check the number. {HOW_TO_WRITE}")
        case _:
            raise NotAPhone(HOW_TO_WRITE)
