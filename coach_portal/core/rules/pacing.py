"""How fast a number may text, by how it is registered with the carriers, and who waits when it is busy.

Speeds count segments, since the carriers do. The figures are Twilio's as published (its articles on throughput and on
A2P 10DLC, read November 2026); where pages disagree, the slower one. T-Mobile's daily cap is per brand and ends at
midnight Pacific. Which phones are T-Mobile's we do not know, so it counts for every text.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SenderClass:
    """How a number is registered: `per_second` and `per_day` in segments, None where there is no cap."""

    name: str
    words: str
    per_second: float
    per_day: int | None = None


_TABLE = (
    SenderClass("local_10dlc_sole", "US local number, sole proprietor", 1, 1_000),
    SenderClass("local_10dlc_low", "US local number, low-volume standard", 3.75, 2_000),
    SenderClass("local_10dlc", "US local number, standard, trust score 1-49", 4, 2_000),
    SenderClass("local_10dlc_mid", "US local number, standard, trust score 50-74", 40, 40_000),
    SenderClass("local_10dlc_high", "US local number, standard, trust score 75-100", 75, 200_000),
    SenderClass("toll_free", "US toll-free number, verified", 3),
    SenderClass("short_code", "short code", 10),
    SenderClass("long_code", "local or mobile number outside the US", 1),
)
# Of 10DLC the speed towards one carrier, a third of the whole, for the same reason as the daily cap.

CLASSES = {line.name: line for line in _TABLE}
SAFEST = "local_10dlc_sole"
"""The slowest: what a number counts as until somebody says otherwise."""
