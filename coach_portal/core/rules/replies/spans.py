"""Things found at places of a text, kept in the order of the text."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything that begins at a token."""

    @property
    def first(self) -> int:
        """The token it begins at."""


Thing = TypeVar("Thing", bound=Placed)

_FIRST = attrgetter("first")


def between(things: Sequence[Thing], first: int, end: int) -> Sequence[Thing]:
    """Those of the things, sorted by where they begin, that begin from `first` up to before `end`."""
    if not things:
        return things
    return things[bisect_left(things, first, key=_FIRST) : bisect_left(things, end, key=_FIRST)]
