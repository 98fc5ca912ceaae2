"""Step 5, polarity: whether a stretch of text says that something was done, was not, or is still to come."""

from collections.abc import Sequence
from typing import Literal

from .patterns import Cue
from .reading import Reading
from .spans import between
from .text import MARK, WORD

Status = Literal["done", "missed", "later"]

_WORTH = {
    **{"done": 2.0, "yes": 1.5, "did": 0.9, "both": 0.6, "all": 0.6},
    **{"missed": -2.0, "no": -1.6, "none": -1.6, "not_any": -1.6, "neg": -1.2, "undone": -0.9},
    "untouched": -2.0,
}
# What stands before these counts for this much of what it would count for alone.
_AFTER = {"but": 0.4, "correction": 0.25}
# For a goal of leaving something alone, these tell more than any yes or no.
_ABSTAINS = {"untouched": 1.0, "not_any": 1.0, "none": 1.0, "resist": 1.0, "gave_in": -1.0}
SURE = 0.5
_OPENING = 3  # tokens among which "I will" stands
_SUBJECT = 8  # tokens before a verb among which who acts is looked for
# What says done in so many words; "just got in, will do it before bed" holds none of it.
_NEGATIVE = frozenset(("missed", "neg", "undone", "untouched"))
_PLAINLY = frozenset(("yes", "done", "both", "all", "none", "not_any", "resist"))


def answers_between(reading: Reading, first: int, end: int) -> Sequence[Cue]:
    """The cues of an answer that begin between two tokens."""
    return between(reading.answers, first, end)


def status_of(reading: Reading, spans: Sequence[tuple[int, int]], abstains: bool = False) -> Status | None:
    """What stretches of tokens say together, or None when they do not tell."""
    cues = [cue for first, end in spans for cue in answers_between(reading, first, end)]
    names = {cue.name for cue in cues}
    worth = weigh(cues, abstains)
    if "maybe_later" in names and _is_ahead(reading, spans, names):
        names.add("later")
    if names & _NEGATIVE and not names & _PLAINLY and _has_any(reading, spans, "still_to_come"):
        return "later"
    if (
        names & {"later", "ask_later"}
        and (worth <= SURE or _is_promised(reading, spans, names))
        and "missed" not in names
    ):
        return "later"
    if abs(worth) >= SURE:
        return "done" if worth > 0 else "missed"
    return "done" if any(_is_own_past(reading, first, end) for first, end in spans) else None


def is_promise(reading: Reading, first: int, end: int) -> bool:
    """Whether a stretch tells what its writer will do: "I'll read in bed", "will take them with dinner"."""
    promise, others = reading.lexicon.classes["vow"], reading.lexicon.classes["someone_else"]
    opening = [token.word for token in reading.tokens[first : min(first + _OPENING, end)]]
    return end - first > 2 and any(word in promise for word in opening) and not any(word in others for word in opening)


def _is_own_past(reading: Reading, first: int, end: int) -> bool:
    """Whether a verb in the past is among the tokens whose form does not say that somebody else acted."""
    return any(
        past_at(reading, place)
        and not is_others_verb(reading, place)
        and not _has_other_subject(reading, first, place)
        and not _is_of_an_event(reading, place)
        for place in range(first, min(end, len(reading.tokens)))
    )


def _is_of_an_event(reading: Reading, place: int) -> bool:
    """Whether the verb is part of news for the coach: "broke my wrist"."""
    held = (cue for name in ("event", "grave") for cue in reading.cues.get(name, ()))
    return any(cue.first <= place < cue.end for cue in held)


def _has_other_subject(reading: Reading, first: int, place: int) -> bool:
    """Whether the nearest word before a verb that may act is not the writer: "my dad passed away", "it rained"."""
    classes = reading.lexicon.classes
    for at in range(place - 1, max(first, place - _SUBJECT) - 1, -1):
        token = reading.tokens[at]
        if token.kind == MARK or token.word in classes["i"]:
            return False
        if token.word in classes["someone_else"] or token.word in classes["person"]:
            return True
    opening = reading.tokens[first].word in classes["things_else"] and 1 <= place - first <= 3
    return opening and reading.tokens[place].word not in classes["passive"]


def is_others_verb(reading: Reading, place: int) -> bool:
    """Whether the verb's form says that somebody else did it, where a language shows it ("me entendió")."""
    token, classes = reading.tokens[place], reading.lexicon.classes
    if token.word.endswith(tuple(classes["others_endings"])):
        return True
    return reading.text[token.end - 1 : token.end].lower() in classes["others_accents"]


def _is_promised(reading: Reading, spans: Sequence[tuple[int, int]], names: set[str]) -> bool:
    """Whether "will" and the like stands beside what hardly says done: "just got in, will do it before bed"."""
    return not names & _PLAINLY and _has_any(reading, spans, "promise")


def _has_any(reading: Reading, spans: Sequence[tuple[int, int]], title: str) -> bool:
    """Whether a word of a class stands in the spans."""
    words = reading.lexicon.classes[title]
    return any(reading.tokens[place].word in words for first, end in spans for place in range(first, end))


def _is_ahead(reading: Reading, spans: Sequence[tuple[int, int]], names: set[str]) -> bool:
    """Whether "tonight" or "after work" is still to come: said with "will" and the like, or with nothing else."""
    if _has_any(reading, spans, "future"):
        return True
    return names <= {"maybe_later", "others", "later"} and not any(is_past(reading, first, end) for first, end in spans)


def weigh(cues: Sequence[Cue], abstains: bool = False) -> float:
    """How much the cues speak for done (above 0) or missed (below); what follows "but" weighs more."""
    total = 0.0
    last = max((place for place, cue in enumerate(cues) if cue.name in _WORTH), default=-1)
    for place, cue in enumerate(cues):
        total *= _AFTER.get(cue.name, 1.0) if place < last else 1.0
        if abstains and cue.name in _ABSTAINS:
            total = max(total, 0.0) + 3.0 if _ABSTAINS[cue.name] > 0 else total - 3.0
        elif _turns(cues, place):
            # "No me la tomé" of what was to be left alone.
            total += 2.0 if abstains and cues[place + 1].name == "did" else -2.0
        elif not (place and _turns(cues, place - 1)):
            total += _WORTH.get(cue.name, 0.0)
    return total


def _turns(cues: Sequence[Cue], place: int) -> bool:
    """Whether the cue is a "not" right before something done, so that the two say it was not."""
    if cues[place].name != "neg" or place + 1 >= len(cues):
        return False
    after = cues[place + 1]
    return after.name in ("done", "did") and after.first <= cues[place].end + 1


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
    if word in classes["not_past"] or len(word) < 3:
        return False
    if len(word) > 3 and word.endswith(tuple(classes["past_endings"])):
        return True
    return reading.text[token.end - 1 : token.end].lower() in classes["past_accents"]


def is_fragment(reading: Reading, first: int, end: int) -> bool:
    """Whether a stretch is short and without a verb in the past: a thing named, no more."""
    words = sum(token.kind != MARK for token in reading.tokens[first:end])
    return words <= 4 and not is_past(reading, first, end)
