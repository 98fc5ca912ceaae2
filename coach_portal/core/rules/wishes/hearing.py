"""Hearing a wish: clause by clause, and only where a whole clause says nothing else.

A wish changes when someone is texted, so it is heard in its own plain words alone; "did less today" is none. What the
other clauses say is left to the understanding, which gets the text with the wishes blanked out, its places unmoved.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from coach_portal.core.rules.schedule import EVERY_DAY
from coach_portal.core.rules.wishes.language import Words, words_in

Kind = Literal["less", "half", "weekly", "more", "days", "part", "not_part", "at", "go_on", "rest", "page"]

_CLAUSE = re.compile(r"[^.!?;,\n]+")
PLACEHOLDER = re.compile(r"\{(days|part|clock)\}")


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish. `days` are ISO weekdays; `part` is morning, afternoon or evening; `at` is "HH:MM".

    Kinds: less, half (every other time), weekly, more, days (only these), part (only then), not_part (not then), at,
    go_on, rest, page (the page of their own).
    """

    kind: Kind
    days: str = ""
    part: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """The wishes of a text in their order, and the text without them."""

    wishes: tuple[Wish, ...]
    rest: str


def hear(text: str, locale: str, *, asked_to_go_on: bool = False) -> Heard:
    """What a text wishes. `asked_to_go_on`: we asked whether to go on, so that a bare yes or no is an answer."""
    words = words_in(locale)
    if words is None:
        return Heard((), text)
    found: list[Wish] = []
    rest = text
    for clause in _CLAUSE.finditer(text):
        wishes = _wishes(_plain(clause[0]), words, asked_to_go_on=asked_to_go_on)
        if wishes:
            found += wishes
            rest = rest[: clause.start()] + " " * len(clause[0]) + rest[clause.end() :]
    return Heard(tuple(found), rest)


def says_nothing_more(heard: Heard, locale: str) -> bool:
    """Whether beside the wishes nothing but courtesy is left."""
    words = words_in(locale)
    return bool(heard.wishes) and words is not None and not _without_courtesy(_plain(heard.rest), words)


def _wishes(clause: str, words: Words, *, asked_to_go_on: bool) -> list[Wish]:
    """A clause that is one wish, or two joined by an "and"."""
    joined = re.split(words.and_, clause)
    for parts in ([clause], joined) if len(joined) > 1 else (joined,):
        wishes = [_wish(part, words, asked_to_go_on=asked_to_go_on) for part in parts]
        if all(wishes):
            return [wish for wish in wishes if wish]
    return []


def _wish(clause: str, words: Words, *, asked_to_go_on: bool) -> Wish | None:
    if asked_to_go_on and (answer := _answer(clause, words)):
        return answer
    said = _without_courtesy(clause, words)
    if not said or not _any_of(words).fullmatch(said):
        return None
    how_often: dict[Kind, tuple[str, ...]] = {
        "half": words.half, "weekly": words.weekly, "less": words.less, "more": words.more, "page": words.page,
    }  # fmt: skip
    for kind, patterns in how_often.items():
        if _matches(said, patterns):
            return Wish(kind)
    return _days(said, words) or _part(said, words) or _time(said, words)


def _answer(clause: str, words: Words) -> Wish | None:
    for said in (clause, _without_courtesy(clause, words)):
        if _matches(said, words.go_on):
            return Wish("go_on")
        if _matches(said, words.rest):
            return Wish("rest")
    return None


def _days(said: str, words: Words) -> Wish | None:
    for patterns, chosen in ((words.days_only, True), (words.days_not, False)):
        match = _match(said, patterns, days=_days_pattern(words))
        if match:
            named = _digits(match["days"], words)
            days = named if chosen else "".join(digit for digit in EVERY_DAY if digit not in named)
            return Wish("days", days=days) if named and days else None
    return None


def _part(said: str, words: Words) -> Wish | None:
    if match := _match(said, words.part_only, part="|".join(words.parts)):
        return Wish("part", part=_part_named(match["part"], words))
    if match := _match(said, words.part_bad, part="|".join(words.parts)):
        return Wish("not_part", part=_part_named(match["part"], words))
    return None


def _part_named(said: str, words: Words) -> str:
    return next(part for name, part in words.parts.items() if re.fullmatch(name, said))


def _time(said: str, words: Words) -> Wish | None:
    match = _match(said, words.at, clock=words.clock)
    if not match:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    later = match["half"] in {"pm", "tarde", "noche"} or (not match["half"] and hour < 8)
    hour += 12 if later and hour < 12 else 0
    return Wish("at", at=f"{hour:02}:{minute:02}") if hour < 24 and minute < 60 else None


def _digits(said: str, words: Words) -> str:
    names = [name for name in re.split(words.joined, said) if name]
    whole = [digits for pattern, digits in words.named_days.items() if re.fullmatch(pattern, said)]
    named = whole or [
        digits for name in names for pattern, digits in words.named_days.items() if re.fullmatch(pattern, name)
    ]
    return "".join(sorted(set("".join(named))))


@cache
def _days_pattern(words: Words) -> str:
    one = "|".join(f"(?:{_unnamed(pattern)})" for pattern in words.named_days)
    return rf"(?:{one})(?:{_unnamed(words.joined)}(?:{one}))*"


@cache
def _any_of(words: Words) -> re.Pattern[str]:
    """Every wish in one pattern: nearly all clauses are none, and hear it at once."""
    named = {"days": _days_pattern(words), "part": "|".join(words.parts), "clock": words.clock}
    how_often = (*words.half, *words.weekly, *words.less, *words.more, *words.page)
    wishes = (*how_often, *words.days_only, *words.days_not, *words.part_only, *words.part_bad, *words.at)
    filled = (PLACEHOLDER.sub(lambda place: f"(?:{named[place[1]]})", wish) for wish in wishes)
    return re.compile("|".join(f"(?:{_unnamed(wish)})" for wish in filled))


def _unnamed(pattern: str) -> str:
    return re.sub(r"\((?!\?)|\(\?P<\w+>", "(?:", pattern)


def _matches(said: str, patterns: tuple[str, ...]) -> bool:
    return _match(said, patterns) is not None


def _match(said: str, patterns: tuple[str, ...], **named: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := _compiled(pattern, **named).fullmatch(said))), None)


@cache
def _compiled(pattern: str, **named: str) -> re.Pattern[str]:
    def put(place: re.Match[str]) -> str:
        name = place[1]
        return f"(?:{named[name]})" if name == "clock" else f"(?P<{name}>{_unnamed(named[name])})"

    return re.compile(PLACEHOLDER.sub(put, pattern))


def _without_courtesy(said: str, words: Words) -> str:
    before, after = _courtesy(words)
    return after.sub("", before.sub("", said)).strip()


@cache
def _courtesy(words: Words) -> tuple[re.Pattern[str], re.Pattern[str]]:
    around = rf"(?:{_unnamed(words.courtesy)})"
    return re.compile(rf"^(?:{around}(?: |$))+"), re.compile(rf"(?:(?: |^){around})+$")


def _plain(said: str) -> str:
    bare = unicodedata.normalize("NFD", said.lower())
    bare = "".join(character for character in bare if not unicodedata.combining(character))
    return " ".join(re.sub(r"[^a-z0-9&]+", " ", bare).split())
