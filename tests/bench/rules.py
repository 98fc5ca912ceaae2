"""Pure rules: what one reply means, and when a schedule is due next."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from twilio.request_validator import RequestValidator

from coach_portal.core.rules.replies import records, understand
from coach_portal.core.rules.schedule import EVERY_DAY, moment_of, next_occurrence, zone
from tests.bench.furnish import NOW, ZONES
from tests.bench.measure import Row, each, interleave
from tests.replies import data

URL = "https://hooks.example.com/twilio/sms"
FORM = {f"Field{number}": f"value {number}" for number in range(20)}
BATCH = [
    (zone(name), name, f"{NOW.astimezone(zone(name)):%H:%M}")
    for number in range(1000)
    for name in [ZONES[number % len(ZONES)]]
]
"""What a sweep asks at once: a thousand who are due in the same minute, in 38 zones."""


def rows(rounds: int) -> Iterator[Row]:
    """Each rule beside its floor."""
    yield _understanding(rounds)
    yield _next_times(rounds)


def _understanding(rounds: int) -> Row:
    said = [(record["text"], records.situation_of(record)) for record in data.situations("general")]
    validator = RequestValidator("a token for benchmarks only")
    signature = validator.compute_signature(URL, FORM)
    costs = interleave(
        {
            "meaning": lambda _: each(len(said), lambda: [understand(text, situation) for text, situation in said]),
            "floor": lambda _: each(1000, lambda: [validator.validate(URL, FORM, signature) for _ in range(1000)]),
        },
        rounds,
    )
    return Row("what one reply means", "-", costs["meaning"], costs["floor"], 4.0, "RequestValidator.validate")


def _next_times(rounds: int) -> Row:
    def ours() -> None:
        for _, name, local_time in BATCH:
            next_occurrence(EVERY_DAY, local_time, name, NOW)

    def measured(_: int) -> float:
        moment_of.cache_clear()
        next_occurrence.cache_clear()
        return each(len(BATCH), ours)

    costs = interleave({"ours": measured, "floor": lambda _: each(len(BATCH), _zone_arithmetic)}, rounds)
    return Row(
        "when a batch is due next", "-", costs["ours"], costs["floor"], 1.5, "cached zoneinfo, gaps and folds seen to"
    )


def _zone_arithmetic() -> None:
    """As short as it can be said: today's or tomorrow's time, and the way back to see that the clock showed it."""
    for tz, _, local_time in BATCH:
        today, wall = NOW.astimezone(tz).date(), time.fromisoformat(local_time)
        for day in (today, today + timedelta(days=1)):
            local = datetime.combine(day, wall, tz)
            moment = local.astimezone(UTC)
            if moment.astimezone(tz).replace(tzinfo=None) == local.replace(tzinfo=None) and moment > NOW:
                break
