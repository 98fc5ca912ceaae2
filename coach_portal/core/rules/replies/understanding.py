"""The words replies are understood in: the situation a text arrived in, and what was made of it."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

Prompt = Literal["check_in", "wins", "reflection", "opt_in", "none"]
Act = Literal[
    "win", "miss", "stop", "start", "help", "confirm", "decline", "snooze", "pause", "resume",
    "undo", "status", "reflection", "message", "crisis", "chatter",
]  # fmt: skip


class Situation(NamedTuple):
    """What a text arrived in.

    `goals` are the titles of the active goals in the order shown to the client, `asked` the 0-based indexes of those
    the prompt asked about, `local_time` the client's wall clock without offset, `locale` "en" or "es". `synonyms`
    holds, goal by goal, words by which this client means it, as far as any were learnt.
    """

    prompt: Prompt
    goals: tuple[str, ...]
    asked: tuple[int, ...]
    local_time: datetime
    locale: str = "en"
    synonyms: tuple[tuple[str, ...], ...] = ()


class Evidence(NamedTuple):
    """The span of the original text, `text[start:end]`, that one part of the understanding rests on."""

    start: int
    end: int


class Win(NamedTuple):
    """One thing done: the goal's index (None outside the goals), how much was said, and the local day it was done.

    `day_said` tells whether the text itself names that day ("today", "on Monday"); a bare "done" does not.
    """

    goal: int | None
    amount: float | None
    on: date
    unit: str | None = None
    evidence: Evidence | None = None
    confidence: float = 1.0
    day_said: bool = False


class Miss(NamedTuple):
    """A goal said not to be done."""

    goal: int
    evidence: Evidence | None = None
    confidence: float = 1.0


class Understanding(NamedTuple):
    """What a careful assistant of the coach would record of one text.

    `risk` is "explicit" (tier A: answer at once and alert), "possible" (tier B: alert the coach only) or None; `crisis`
    is among the acts exactly when it is "explicit". `maybe_stop` asks for the automated texts to be held until the
    coach has looked; `wrong_number` says that whoever has this number is not our client. `until` is local wall time:
    when to ask again (snooze) or the day they are back (pause).
    """

    acts: frozenset[Act]
    wins: tuple[Win, ...] = ()
    misses: tuple[Miss, ...] = ()
    until: datetime | None = None
    risk: Literal["explicit", "possible"] | None = None
    risk_kind: Literal["self", "other", "violence", "medical"] | None = None
    maybe_stop: bool = False
    wrong_number: bool = False
    evidence: Mapping[str, Evidence] = MappingProxyType({})
    confidence: float = 1.0
