"""When a programme's steps begin, for someone who has come so far in it.

Steps begin in their order, none before the one above it. Days are the client's own. Whoever falls behind (a pause, a
cap, an outage) keeps the rhythm: what counts from the enrolment moves along by as many days, so that missed steps never
pour out at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, Protocol, TypeVar

Starts = Literal["on_date", "after_enrolment", "after_step", "when_automatic"]
Kind = Literal["goal", "message", "question"]

DAY: Final = timedelta(days=1)
SLACK: Final = DAY
"""So late a step may be without moving what follows: the day's one text was another's."""
DATE_HOLDS_FOR: Final = timedelta(days=2)
"""A text for a date is left out when it could not leave within so many days; a goal begins all the same."""
AUTOMATIC_AT_THE_EARLIEST: Final = timedelta(weeks=4)
"""What `habit.growing` wants to have seen: where a preview places a step that waits for a habit."""


class Timed(Protocol):
    """Of a step, when it starts: a row or an instance."""

    @property
    def kind(self) -> str:
        """goal, message or question."""

    @property
    def starts(self) -> str:
        """on_date, after_enrolment, after_step or when_automatic."""

    @property
    def days(self) -> int | None:
        """So many days after that; of when_automatic at the latest so many after the step above, None without end."""

    @property
    def on_date(self) -> date | None:
        """The date of on_date."""


Step = TypeVar("Step", bound=Timed)


@dataclass(frozen=True, slots=True)
class Place:
    """How far someone has come: the day that counts as their enrolment's, and when the last step began."""

    counts_from: date
    last_on: date | None = None

    @property
    def earliest(self) -> date:
        """No step begins before."""
        return self.last_on or self.counts_from


def planned_on(step: Timed, place: Place) -> date | None:
    """The local day on which a step is to begin; None while it waits for a habit without an end."""
    after = place.earliest
    if step.starts == "on_date":
        on = step.on_date
    elif step.starts == "after_enrolment":
        on = place.counts_from + DAY * (step.days or 0)
    elif step.starts == "after_step":
        on = after + DAY * (step.days or 0)
    else:
        on = after + DAY * step.days if step.days else None
    return max(on, after) if on else None


def is_missed(step: Timed, today: date) -> bool:
    """Whether a text's date is over, so that it would read oddly now."""
    return (
        step.starts == "on_date"
        and step.kind != "goal"
        and step.on_date is not None
        and (today - step.on_date > DATE_HOLDS_FOR)
    )


def begun(step: Timed, place: Place, today: date) -> Place:
    """Where someone stands once a step has begun today: who is late has the days that count moved along."""
    planned = planned_on(step, place)
    counts = planned is not None and step.starts in {"after_enrolment", "after_step"}
    return _moved(place, planned if counts else None, today)


def begun_again(place: Place, today: date) -> Place:
    """Where someone stands whose last text could not leave on its day, and is planned anew for today."""
    return _moved(place, place.last_on, today)


def _moved(place: Place, planned: date | None, today: date) -> Place:
    late = today - planned if planned else timedelta(0)
    return Place(place.counts_from + (late if late > SLACK else timedelta(0)), today)


def expected(steps: Sequence[Step], enrolled_on: date) -> Iterator[tuple[Step, date]]:
    """Each step with the day on which it begins for someone enrolled then, where all goes to plan and no habit is
    automatic sooner than it can be. A text whose date is over by then is left out."""
    place, texted = Place(enrolled_on), None
    goal_on: date | None = None
    for step in steps:
        on = _soonest(step, place, goal_on)
        if is_missed(step, on):
            continue
        if texted is not None and has_text(step) and on <= texted:
            on = texted + DAY
        texted = on if has_text(step) else texted
        goal_on = on if step.kind == "goal" else goal_on
        place = replace(place, last_on=on)
        yield step, on


def _soonest(step: Timed, place: Place, goal_on: date | None) -> date:
    """The first day on which a step can begin, for someone whose last goal began on `goal_on`."""
    planned = planned_on(step, place)
    if step.starts != "when_automatic":
        return planned or place.earliest
    automatic = max(goal_on + AUTOMATIC_AT_THE_EARLIEST, place.earliest) if goal_on else place.earliest
    return min(automatic, planned) if planned else automatic


def has_text(step: Timed) -> bool:
    """Whether something is sent when it begins: a goal may begin without a word."""
    return bool(getattr(step, "body", None))


def week_of(enrolled_on: date, day: date) -> int:
    """The week of a programme that a day belongs to, from 1."""
    return max((day - enrolled_on).days, 0) // 7 + 1
