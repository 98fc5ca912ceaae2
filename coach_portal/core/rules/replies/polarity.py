"""Step 5, polarity: whether a stretch of text says that something was done, was not, or is still to come."""

from collections.abc import Iterable, Sequence
from typing import Literal

from .patterns import Cue
from .reading import Reading
from .text import MARK, WORD

Status = Literal["done", "missed", "later"]

_WORTH = {
    "done": 2.0,
    "yes": 1.5,
    "both": 0.6,
    "all": 0.6,
    "missed": -2.0,
    "no": -1.6,
    "none": -1.6,
    "not_any": -1.6,
    "neg": -1.2,
}


def answers_between(reading: Reading, first: int, end: int) -> list[Cue]:
    """The cues of an answer that begin between two tokens."""
    return [cue for cue in reading.answers if first <= cue.first < end]


def status_of(reading: Reading, first: int, end: int, abstains: bool = False) -> Status | None:
    """What the tokens from `first` up to `end` say, or None when they do not tell."""
    cues = answers_between(reading, first, end)
    worth = weigh(cues, abstains)
    later = any(cue.name in ("later", "ask_later") for cue in cues)
    if later and worth <= 0.5 and not any(cue.name == "missed" for cue in cues):
        return "later"
    if abs(worth) >= 0.5:
        return "done" if worth > 0 else "missed"
    return "done" if is_past(reading, first, end) else None


def weigh(cues: Sequence[Cue], abstains: bool = False) -> float:
    """How much the cues speak for done (above 0) or missed (below); what follows "but" weighs more."""
    total, turned = 0.0, 1.0
    for place, cue in enumerate(cues):
        if cue.name == "but":
            total *= 0.4
        worth = _WORTH.get(cue.name, 0.0)
        if abstains and cue.name == "not_any":
            worth = 2.0
        if (
            cue.name == "neg"
            and place + 1 < len(cues)
            and cues[place + 1].name == "done"
            and cues[place + 1].first <= cue.end + 1
        ):
            turned = -1.0
            continue
        total += worth * turned
        turned = 1.0
    return total


def is_past(reading: Reading, first: int, end: int) -> bool:
    """Whether a verb in the past is among the tokens."""
    return any(past_at(reading, place) for place in range(first, min(end, len(reading.tokens))))


def past_at(reading: Reading, place: int) -> bool:
    """Whether the token is a verb in the past, as far as its form tells."""
    token = reading.tokens[place]
    if token.kind != WORD:
        return False
    classes, word = reading.lexicon.classes, token.word
    if word in classes["past"]:
        return True
    if (
        len(word) > 3
        and any(word.endswith(ending) for ending in classes["past_endings"])
        and word not in classes["not_past"]
    ):
        return True
    last = reading.text[token.end - 1 : token.end].lower()
    return len(word) > 2 and last in classes["past_accents"] and word not in classes["not_past"]


def is_fragment(reading: Reading, first: int, end: int) -> bool:
    """Whether a stretch is short and without a verb in the past: a thing named, no more."""
    words = sum(token.kind != MARK for token in reading.tokens[first:end])
    return words <= 4 and not is_past(reading, first, end)


def in_order(cues: Iterable[Cue], *names: str) -> list[Cue]:
    """Those of the cues that have one of the names."""
    return [cue for cue in cues if cue.name in names]
