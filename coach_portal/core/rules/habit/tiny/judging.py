"""Reading a goal's size, and saying a smaller one."""

import re
from dataclasses import dataclass
from functools import cache

from coach_portal.core.rules.cadence import times_per_week
from coach_portal.core.rules.habit.tiny.sizes import Size, Sizes, sizes_in

SELDOM, SELDOM_MAY_BE = 3, 2
"""What is done up to so many times a week may be so many times as large."""


@dataclass(frozen=True, slots=True)
class Smaller:
    """A goal in a size for a worst day: what to write in its title, amount and unit."""

    title: str
    amount: float | None = None
    unit: str | None = None


def smaller(
    title: str,
    locale: str,
    *,
    cadence: str = "daily",
    amount: float | None = None,
    unit: str | None = None,
    direction: str = "at_least",
) -> Smaller | None:
    """A smaller goal to propose; None where this one is small enough, or is a limit."""
    if direction == "at_most":
        return None
    words = sizes_in(locale)
    often = SELDOM_MAY_BE if times_per_week(cadence) <= SELDOM else 1
    phrase = _long_phrase(title, words, often)
    if phrase:
        return _with(title, phrase.span(), 5, words.minutes)
    counted = _counted(words).search(title)
    if counted:
        size = _size(counted["unit"], words)
        value = _value(counted["number"], words)
        return _with(title, counted.span(), size.tiny, _named(size)) if size and value > size.most * often else None
    return _by_fields(title, words, often, amount, unit) or _by_kind(title, words)


def _long_phrase(title: str, words: Sizes, often: int) -> re.Match[str] | None:
    """Words like "half an hour", which tell a time without a number."""
    phrases = sorted((phrase for phrase, long in words.halves.items() if long > 15 * often), key=len, reverse=True)
    found = (re.search(rf"\b{phrase}\b", title, re.IGNORECASE) for phrase in phrases)
    return next((match for match in found if match), None)


def _by_fields(title: str, words: Sizes, often: int, amount: float | None, unit: str | None) -> Smaller | None:
    size = _size(unit, words) if unit else None
    if size is None or not amount or amount <= size.most * often:
        return None
    one, several = _named(size)
    return Smaller(title, size.tiny, one if size.tiny <= 1 else several)


def _by_kind(title: str, words: Sizes) -> Smaller | None:
    """What has no end and no number to bound it begins with something tiny."""
    begun = (tiny for pattern, tiny in words.undertakings if re.search(pattern, title, re.IGNORECASE))
    return next((Smaller(tiny) for tiny in begun), None)


@cache
def _counted(words: Sizes) -> re.Pattern[str]:
    units = sorted((re.escape(word) for size in words.sizes for word in size.words), key=len, reverse=True)
    numbers = "|".join(sorted(words.numbers, key=len, reverse=True))
    number = rf"\d+(?:[.,]\d+)?|\b(?:{numbers})\b"
    return re.compile(rf"(?P<number>{number})\s*(?P<unit>{'|'.join(units)})\b", re.IGNORECASE)


def _size(word: str, words: Sizes) -> Size | None:
    return next((size for size in words.sizes if word.lower() in size.words), None)


def _named(size: Size) -> tuple[str, str]:
    return size.instead or (size.words[0], size.words[1])


def _value(number: str, words: Sizes) -> float:
    if number.lower() in words.numbers:
        return words.numbers[number.lower()]
    thousands = re.fullmatch(r"\d{1,3}[.,]\d{3}", number)
    return float(re.sub(r"[.,]", "", number) if thousands else number.replace(",", "."))


def _with(title: str, span: tuple[int, int], tiny: float, names: tuple[str, str]) -> Smaller:
    """The title with the tiny amount in the place of the large one."""
    unit = names[0] if tiny <= 1 else names[1]
    return Smaller(f"{title[: span[0]]}{tiny:g} {unit}{title[span[1] :]}", tiny, unit)
