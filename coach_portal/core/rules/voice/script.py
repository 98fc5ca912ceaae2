"""What a call does next, as plain data: a document of a few acts that the gateway writes as TwiML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

WORDS_PER_SECOND = 2.5
"""How fast a synthetic voice reads, rather too slow than too fast."""

StepName = Literal[
    "answered", "said", "each", "left", "transcribed", "menu", "over", "stop_all", "stranger",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """Where the carrier goes on when something was said, pressed or recorded.

    `message` is the call's row, `turn` counts what was said on it, `tries` how often we did not get an answer, and
    `marks` are the answers to the goals asked one by one so far: "1" done, "2" not.
    """

    name: StepName
    message: int
    turn: int = 0
    tries: int = 0
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Read these words aloud."""

    words: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Read these words, and listen meanwhile: for a key, and for speech where `hears` says so. Silence goes on to
    `step` as well. `patience` is in seconds; `hints` are words that may well be said."""

    words: tuple[str, ...]
    step: Step
    hears: bool = True
    patience: int = 5
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Record after a tone, until a key, silence or `longest` seconds. `transcribed` is where a transcript is told, None
    where none is to be made."""

    step: Step
    transcribed: Step | None
    longest: int = 120


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call."""


Act = Say | Ask | Record | HangUp


@dataclass(frozen=True, slots=True)
class Document:
    """Acts in their order, in a language that voice and ear both know ("en-US")."""

    language: str
    acts: Sequence[Act]


def seconds_to_say(document: Document) -> float:
    """About how long the words of a document take."""
    words = 0
    for act in document.acts:
        if isinstance(act, Say):
            words += len(act.words.split())
        elif isinstance(act, Ask):
            words += sum(len(said.split()) for said in act.words)
    return words / WORDS_PER_SECOND


# Languages that Twilio both speaks (<Say>) and understands (<Gather>), by ours and the country.
_SPOKEN = {"en": {"GB": "en-GB", "IE": "en-GB", "AU": "en-AU", "NZ": "en-AU", "CA": "en-CA"}, "es": {"ES": "es-ES"}}
_USUAL = {"en": "en-US", "es": "es-MX"}


def spoken_language(locale: str, country: str | None) -> str:
    """The language to speak with someone."""
    code = locale[:2].lower()
    code = code if code in _USUAL else "en"
    return _SPOKEN[code].get(country or "", _USUAL[code])


def as_query(step: Step) -> dict[str, str]:
    """A step as it travels in an address; what is at its beginning is left out."""
    told = {"step": step.name, "message": str(step.message)}
    more = {"turn": str(step.turn or ""), "tries": str(step.tries or ""), "marks": step.marks}
    return told | {name: value for name, value in more.items() if value}


def read_step(query: Mapping[str, str]) -> Step:
    """The step an address names; a call that names none has just come in to us."""
    name = query.get("step", "menu")
    if name not in get_args(StepName):
        name = "menu"
    marks = "".join(mark for mark in query.get("marks", "") if mark in "12")
    return Step(name, _number(query, "message"), _number(query, "turn"), _number(query, "tries"), marks)  # type: ignore[arg-type]


def _number(query: Mapping[str, str], name: str) -> int:
    said = query.get(name, "")[:18]  # no id has more digits
    return int(said) if said.isdecimal() else 0
