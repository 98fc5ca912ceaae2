"""A programme as a calendar of texts: what one client gets on which day, what it weighs and what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coach_portal.core.models import Programme, ProgrammeStep
from coach_portal.core.rules import programmes, rates
from coach_portal.core.rules.forecast import Asked, Forecast, forecast
from coach_portal.core.rules.sms_text import segments, to_gsm
from coach_portal.core.rules.texts import check_ins
from coach_portal.core.rules.texts.programmes import named, said
from coach_portal.core.rules.texts.words import GoalWords

SAMPLE = "Sam"
"""The client whom previews are about."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A step on its day; `body` None and no segments where it begins without a word. `micros` are of a US dollar.

    `waits` tells that it waits for a habit, so that this is the earliest day.
    """

    step: ProgrammeStep
    on: date
    week: int
    waits: bool
    body: str | None
    title: str | None
    segments: int
    micros: int

    @property
    def step_id(self) -> int:
        """Its step's id."""
        return self.step.id

    @property
    def kind(self) -> str:
        """goal, message or question."""
        return self.step.kind

    @property
    def local_time(self) -> str:
        """When its text goes, "HH:MM"."""
        return self.step.local_time


@dataclass(frozen=True, slots=True)
class Calendar:
    """All of it for one client, its texts alone; `asking` is a month of the check-ins about its goals."""

    texts: list[Entry]
    asking: Forecast

    @property
    def weeks(self) -> int:
        """How many weeks it takes."""
        return max((entry.week for entry in self.texts), default=0)

    @property
    def segments(self) -> int:
        """All its texts to one client."""
        return sum(entry.segments for entry in self.texts)

    @property
    def micros(self) -> int:
        """What they cost."""
        return sum(entry.micros for entry in self.texts)

    @property
    def by_week(self) -> list[tuple[int, list[Entry]]]:
        """The entries of each week that has some."""
        return [
            (week, [entry for entry in self.texts if entry.week == week])
            for week in sorted({entry.week for entry in self.texts})
        ]


def ahead(
    programme: Programme, steps: Sequence[ProgrammeStep], starts_on: date, *, locale: str, country: str, coach: str
) -> Calendar:
    """What a client of this language and country, called SAMPLE, gets if they begin on this day and all goes to plan.

    `coach` is the coach's first name.
    """
    entries = [
        _entry(step, on, starts_on, locale, country, coach) for step, on in programmes.expected(list(steps), starts_on)
    ]
    return Calendar(entries, _asking(steps, locale or programme.locale, country))


def weigh(body: str, country: str) -> tuple[int, int]:
    """A text's segments, and its price in millionths of a US dollar."""
    count = segments(to_gsm(body)).count
    return count, rates.estimate(country, count)


def _entry(step: ProgrammeStep, on: date, starts_on: date, locale: str, country: str, coach: str) -> Entry:
    written = said(step, "body", locale)
    body = named(written, client=SAMPLE, coach=coach) if written else None
    count, micros = weigh(body, country) if body else (0, 0)
    return Entry(
        step=step,
        on=on,
        week=programmes.week_of(starts_on, on),
        waits=step.starts == "when_automatic",
        body=body,
        title=said(step, "title", locale) if step.kind == "goal" else None,
        segments=count,
        micros=micros,
    )


def _asking(steps: Sequence[ProgrammeStep], locale: str, country: str) -> Forecast:
    """A month of check-ins about all its goals, for someone who is asked about nothing else."""
    goals = [step for step in steps if step.kind == "goal"]
    first = next((step for step in goals if step.ask_at), None)
    if first is None:
        return forecast([], country, "")
    body = check_ins.check_in([_words(step, locale) for step in goals], locale, client=SAMPLE, coach=SAMPLE)
    return forecast([Asked(len(first.ask_days or ""), segments(body).count)], country, "")


def _words(step: Any, locale: str) -> GoalWords:
    title, anchor, unit = (said(step, name, locale) or "" for name in ("title", "anchor", "unit"))
    return GoalWords(title, anchor, step.amount, unit, at_most=step.direction == "at_most")
