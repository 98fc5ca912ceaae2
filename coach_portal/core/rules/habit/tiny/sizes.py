"""What a language must say about sizes."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import cast

SPOKEN = ("en", "es")


@dataclass(frozen=True, slots=True)
class Size:
    """Of something counted: its words (singular, plural, others), the most that is still small, and what is tiny.

    `tiny` of another thing ("2 pages" for a book) names that in `instead`.
    """

    words: tuple[str, ...]
    most: float
    tiny: float
    instead: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sizes:
    """All that one language says. `numbers` are words for numbers; `undertakings` are patterns of what has no end, with
    the tiny action that begins it; `halves` are fixed words for a time."""

    sizes: tuple[Size, ...]
    numbers: dict[str, float]
    halves: dict[str, float]  # the whole phrase, in minutes
    undertakings: tuple[tuple[str, str], ...]
    minutes: tuple[str, str]


@cache
def sizes_in(locale: str) -> Sizes:
    """The sizes of a locale's language; an unknown one is judged as English."""
    code = locale.strip()[:2].lower()
    name = code if code in SPOKEN else SPOKEN[0]
    return cast(Sizes, import_module(f"{__package__}.{name}").SIZES)
