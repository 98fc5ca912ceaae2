"""A goal in a few words, with the amount that was agreed or said."""

import re

from coach_portal.core.rules.sms_text import is_gsm
from coach_portal.core.rules.texts.fitting import plain, shorten
from coach_portal.core.rules.texts.language import Language
from coach_portal.core.rules.texts.words import GoalWords

_NUMBER = re.compile(r"(?<![\w:.,/-])\d+(?:[.,]\d+)?(?![\w:/%]|[.,]\d|\s*[ap]\.?m\b|\s+h\b)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_COUNTED = re.compile(r"\s+(?!per\b|por\b)(?:km\b|[^\W\d_]{3,})")
_THOUSANDS = re.compile(r"\d{1,3}[.,]\d{3}")


def agreed(goal: GoalWords, language: Language, *, anchored: bool, alone: bool, limit: int | None = None) -> str:
    """The goal as it was agreed: its title, the amount where the title names none, the anchor where there is room.

    An anchor that begins with a cue follows a comma ("5 squats, after I brush my teeth"); among several goals, or
    without a cue, it stands in brackets.
    """
    told = _DIGIT.search(goal.title)
    title = as_done(goal, None if told else goal.amount, None, language, limit)
    anchor = plain(goal.anchor)
    if not anchored or not anchor or anchor.lower() in title.lower():
        return title
    first = anchor.partition(" ")[0]
    cued = first.lower() in language.grammar.cues
    if cued:
        anchor = first.lower() + anchor[len(first) :]
    if cued and alone:
        return f"{title}, {anchor}"
    return f"{title[:-1]}, {anchor})" if title.endswith(")") else f"{title} ({anchor})"


def as_done(
    goal: GoalWords, amount: float | None, unit: str | None, language: Language, limit: int | None = None
) -> str:
    """The goal as it was done: "5 squats", or "3 squats" when three were said, or "Journal (2 lines)".

    `unit` is the understanding's own word for it and never shown: the goal's unit stands there, or this language's.
    """
    title = plain(goal.title)
    if amount is None:
        return shorten(title, limit)
    swapped = _swapped(goal, title, amount, unit, language)
    if swapped is not None:
        return shorten(swapped, limit)
    said, noun = amount_in(amount, language), _noun(goal, amount, unit, language)
    if noun.lower() == title.lower() and amount > 1:
        return f"{said} {shorten(noun, limit)}"
    return f"{shorten(title, limit)} ({said} {noun})" if noun else f"{shorten(title, limit)} ({said})"


def says_limit(words: str, language: Language) -> bool:
    """Whether these words say a bound: at most, under, no more than."""
    return not language.grammar.limits.isdisjoint(_words(words))


def amount_in(amount: float, language: Language) -> str:
    """A number as people write it: 3, 0.5 (0,5 where the comma divides)."""
    return f"{amount:.10g}".replace(".", language.grammar.decimal)


def _swapped(goal: GoalWords, title: str, amount: float, unit: str | None, language: Language) -> str | None:
    """The title with what was done in the place of its own number, if that number plainly is the amount."""
    numbers = list(_NUMBER.finditer(title))
    if len(numbers) != 1 or not _of_the_same_thing(goal, title, unit, language):
        return None
    number = numbers[0]
    whole = _value(number[0])
    if goal.at_most or says_limit(title[: number.start()], language):
        return None
    if amount == whole:
        return title
    if goal.amount != whole and not (goal.amount is None and _COUNTED.match(title, number.end())):
        return None
    said = amount_in(amount, language)
    if amount <= 1 < whole:  # "1 of 5 squats", since "1 squats" is nobody's language
        said = language.grammar.part.format(amount=said, whole=number[0])
    return title[: number.start()] + said + title[number.end() :]


def _of_the_same_thing(goal: GoalWords, title: str, unit: str | None, language: Language) -> bool:
    if not unit or _same_unit(goal, unit, language):
        return True
    return not _forms(unit, language).isdisjoint(_words(title))


def _noun(goal: GoalWords, amount: float, unit: str | None, language: Language) -> str:
    """What was counted, "" where only a word of another language, or one that makes a text dearer, would say it."""
    if not unit or _same_unit(goal, unit, language):
        counted = amount > 1 or amount == goal.amount  # "(1 pages)" is nobody's language either
        return plain(goal.unit) if counted else ""
    one, several, *_ = language.grammar.units.get(unit.lower(), ("", ""))
    named = one if amount == 1 else several
    return named if is_gsm(named) else ""


def _same_unit(goal: GoalWords, unit: str, language: Language) -> bool:
    return plain(goal.unit).lower() in _forms(unit, language)


def _forms(unit: str, language: Language) -> set[str]:
    return {unit.lower(), *language.grammar.units.get(unit.lower(), ())}


def _words(title: str) -> list[str]:
    return re.findall(r"\w+", title.lower())


def _value(number: str) -> float:
    if _THOUSANDS.fullmatch(number):
        return float(number.replace(",", "").replace(".", ""))
    return float(number.replace(",", "."))
