"""Examples of tiny actions by area of life, to begin a conversation with: each with a cue, and small enough.

They are the house's own; the words are in `en.py` and `es.py`, the same number in each area. A third language is one
more file.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

_LIMITS = ("At most", "Como mucho")


class Example(NamedTuple):
    """One tiny action. `key` names it in an address: its area and its place there, from 1."""

    key: str
    area: str
    title: str
    anchor: str
    amount: float | None = None
    unit: str | None = None


@cache
def examples(locale: str) -> dict[str, tuple[Example, ...]]:
    """The examples of a language by area; English where there are none."""
    name = f"{__name__}.{locale[:2]}"
    data: Any = import_module(name if find_spec(name) else f"{__name__}.en")
    return {
        area: tuple(Example(f"{area}-{place}", area, *written) for place, written in enumerate(told, 1))
        for area, told in data.EXAMPLES.items()
    }


def example(key: str, locale: str) -> Example | None:
    """The example of this key; None where there is no such."""
    area = key.rpartition("-")[0]
    return next((one for one in examples(locale).get(area, ()) if one.key == key), None)


def direction(one: Example) -> str:
    """What the example's amount is: the least of it, or the most."""
    return "at_most" if one.title.startswith(_LIMITS) else "at_least"
