"""What a schedule will send in a month and cost, before it has sent anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from coach_portal.core.rules.rates import call, estimate, in_cents

WEEKS_IN_A_MONTH: Final = 365.25 / 12 / 7
ANSWERED: Final = 0.6
"""The share of questions that get an answer, and each answer one short text back: our own assumption until there is a
practice's history to measure."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One schedule: how often a week its text goes, in how many segments, and how often a week it calls."""

    times_a_week: float
    segments: int
    calls_a_week: float = 0


@dataclass(frozen=True, slots=True)
class Forecast:
    """A month: segments sent and received, calls, and what all that costs in millionths of a US dollar."""

    sent: int
    received: int
    micros: int
    calls: int = 0

    @property
    def words(self) -> str:
        """About 73 segments and 30 calls a month, about $1.55."""
        counted = ((self.sent, "segment"), (self.calls, "call"))
        told = [f"{count} {what}{'' if count == 1 else 's'}" for count, what in counted if count]
        if not told:
            return "nothing is sent"
        return f"about {' and '.join(told)} a month, about {in_cents(self.micros)}"


def forecast(asked: Iterable[Asked], country: str | None, sender_class: str) -> Forecast:
    """What these schedules of one client come to in a month, answers and their acknowledgements included.

    A call is taken to be answered, and to last a minute.
    """
    texts = list(asked)
    questions = sum(each.times_a_week for each in texts) * WEEKS_IN_A_MONTH
    answers = round(questions * ANSWERED)
    sent = round(sum(each.times_a_week * each.segments for each in texts) * WEEKS_IN_A_MONTH) + answers
    cost = estimate(country, sent, sender_class=sender_class) + estimate(country, answers, direction="in")
    calls = round(sum(each.calls_a_week for each in texts) * WEEKS_IN_A_MONTH)
    return Forecast(sent, answers, cost + calls * call(country, None), calls)


def together(forecasts: Iterable[Forecast]) -> Forecast:
    """Several clients' months as one."""
    all_of_them = list(forecasts)
    return Forecast(
        sum(each.sent for each in all_of_them),
        sum(each.received for each in all_of_them),
        sum(each.micros for each in all_of_them),
        sum(each.calls for each in all_of_them),
    )
