"""A stretch of a text that says one thing."""

from collections.abc import Sequence
from typing import NamedTuple

from .amounts import Quantity
from .days import DayMention
from .polarity import Status


class Picture(NamedTuple):
    """What a part shows of a goal without saying it, and the tokens that show it."""

    goal: int
    status: Status
    first: int
    end: int


class Part:
    """A stretch of text that says one thing of some goals.

    `asked` says that it ends with a question mark, `joined` that "and" opens it, `scoped` that it speaks of many goals
    at once ("the other two"), `replaced` that it tells of what was done in a goal's place, `answered` that its answer
    was lent to the part before it.
    """

    __slots__ = (
        *("first", "end", "goals", "status", "quantities", "days"),
        *("asked", "joined", "scoped", "replaced", "answered", "reason", "pictured"),
    )

    def __init__(
        self,
        first: int,
        end: int,
        goals: Sequence[int] = (),
        status: Status | None = None,
        quantities: Sequence[Quantity] = (),
        days: Sequence[DayMention] = (),
    ) -> None:
        self.first, self.end, self.status = first, end, status
        self.goals, self.quantities, self.days = list(goals), list(quantities), list(days)
        self.pictured: Picture | None = None
        self.asked = self.joined = self.scoped = self.replaced = self.answered = self.reason = False

    @property
    def span(self) -> tuple[int, int]:
        """The tokens it takes."""
        return self.first, self.end
