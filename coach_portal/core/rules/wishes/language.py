"""What a language must say for wishes to be heard. Patterns are of whole clauses, in small letters, without accents."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import cast

SPOKEN = ("en", "es")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The patterns of one language. `courtesy` may stand around a wish and says nothing by itself.

    `parts` are the times of day by name, `part_only` and `part_bad` say that only it suits, or that it does not;
    in them, in `days_only` and in `days_not`, {part} and {days} stand for what was named. `clock` reads a time: its
    groups are hour, minute and half ("am", "pm").
    """

    courtesy: str
    less: tuple[str, ...]
    half: tuple[str, ...]
    weekly: tuple[str, ...]
    more: tuple[str, ...]
    go_on: tuple[str, ...]
    rest: tuple[str, ...]
    page: tuple[str, ...]  # the page of their own
    named_days: dict[str, str]  # pattern of a name, ISO weekday digits
    days_only: tuple[str, ...]
    days_not: tuple[str, ...]
    parts: dict[str, str]  # pattern of a name, the part
    part_only: tuple[str, ...]
    part_bad: tuple[str, ...]
    at: tuple[str, ...]
    clock: str
    joined: str  # what stands between two days
    and_: str  # what joins two clauses


@cache
def words_in(locale: str) -> Words | None:
    """The words of a locale's language, if wishes are heard in it."""
    code = locale.strip()[:2].lower()
    return cast(Words, import_module(f"{__package__}.{code}").WORDS) if code in SPOKEN else None
