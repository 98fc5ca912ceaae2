"""What a segment costs before the carrier has said so: dated data. The ledger is corrected by what it charges in fact.

Twilio bills its own price and, in the US and Canada, the phone carriers' fee on top. The fee hangs on the phone's
carrier, which we do not know: the mean of AT&T's 0.0035 and the 0.0045 of Verizon, T-Mobile and US Cellular.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Source(StrEnum):
    """How we know a price. Each of the two is to be checked against twilio.com/sms/pricing before it is quoted."""

    LISTS = "lists of Twilio's prices kept by others, of May to July 2026, which agree"
    RECALLED = "recalled, not looked up"


@dataclass(frozen=True, slots=True)
class Rate:
    """One country's price of a segment in millionths of a US dollar: sent, the fee on that, and received."""

    country: str
    sent: int
    fee: int
    received: int
    source: Source


CHECKED_ON: Final = date(2026, 11, 20)
STALE_AFTER: Final = timedelta(days=180)
CURRENCY: Final = "USD"

_TABLE = (
    Rate("US", 8_300, 4_000, 8_300, Source.LISTS),
    Rate("CA", 8_300, 4_000, 8_300, Source.RECALLED),
    Rate("GB", 52_400, 0, 7_500, Source.RECALLED),
    Rate("IE", 88_100, 0, 7_500, Source.RECALLED),
    Rate("ES", 83_700, 0, 7_500, Source.RECALLED),
    Rate("FR", 79_800, 0, 7_500, Source.RECALLED),
    Rate("DE", 111_200, 0, 7_500, Source.RECALLED),
    Rate("AU", 51_500, 0, 7_500, Source.RECALLED),
    Rate("NZ", 110_100, 0, 7_500, Source.RECALLED),
    Rate("MX", 66_300, 0, 7_500, Source.RECALLED),
)
RATES: Final = {rate.country: rate for rate in _TABLE}
DEAREST: Final = Rate("", 120_000, 0, 10_000, Source.RECALLED)
"""For a country that is not in the table: rather too much than too little, since caps hang on it."""
NO_FEE: Final = frozenset({"long_code"})
"""Classes of numbers outside the US, whose texts bear no US carriers' fee."""


def rate_of(country: str | None) -> Rate:
    """The country's rate, or the dearest where it is not known."""
    return RATES.get(country or "", DEAREST)


def estimate(country: str | None, segments: int, *, direction: str = "out", sender_class: str = "") -> int:
    """What so many segments to (or from) a phone of this country cost, in millionths of a US dollar."""
    rate = rate_of(country)
    if direction == "in":
        return segments * rate.received
    return segments * (rate.sent + (0 if sender_class in NO_FEE else rate.fee))


CALL_A_MINUTE: Final = {"US": 14_000, "CA": 14_000, "GB": 30_000, "ES": 40_000, "MX": 40_000, "AU": 75_000}
"""Millionths of a US dollar for each begun minute of a call to a mobile; `Source.RECALLED`, all of them."""
DEAREST_MINUTE: Final = 150_000
MACHINE_DETECTION: Final = 7_500


def call(country: str | None, seconds: int | None) -> int:
    """What a call costs, a minute while its length is not known, in millionths of a US dollar."""
    minutes = max(1, -(-(seconds or 0) // 60))
    return minutes * CALL_A_MINUTE.get(country or "", DEAREST_MINUTE) + MACHINE_DETECTION


def stale(today: date) -> bool:
    """Whether the prices were looked at too long ago to be believed."""
    return today - CHECKED_ON > STALE_AFTER


def in_cents(micros: int) -> str:
    """A sum in dollars and cents: "$0.90"."""
    return f"{'-' if micros < 0 else ''}${abs(micros) / 1_000_000:,.2f}"


def in_words(micros: int) -> str:
    """What one text costs, below ten cents to a tenth of one: "$0.012"."""
    return f"${micros / 1_000_000:.3f}" if 0 < micros < 100_000 else in_cents(micros)
