"""Step 4, clauses: a text cut where people cut it, at marks, at "but" and at "and"."""

from collections.abc import Iterator
from typing import NamedTuple

from .reading import Reading
from .text import EMOJI, MARK

_WEAK = frozenset(",:()-–—&+/")
_SHORTEST = 2  # words a statement has at least before another one may begin
_ANSWERS = frozenset(("yes", "no", "done", "missed", "both", "all", "none"))
_NOT_A_CUT = frozenset('"“”=*#%$£€¡¿')


class Clause(NamedTuple):
    """The tokens from `first` up to `end`, and what they ended with."""

    first: int
    end: int
    closed_by: str
    opened_by: str


def clauses_of(reading: Reading) -> list[Clause]:
    """The clauses of a text, in their order."""
    cuts = _cuts(reading)
    found, first, opened = [], 0, ""
    for place, (after, name) in sorted(cuts.items()):
        if place > first:
            found.append(Clause(first, place, name, opened))
        first, opened = max(after, first), name
    if first < len(reading.tokens):
        found.append(Clause(first, len(reading.tokens), "", opened))
    return found


def _cuts(reading: Reading) -> dict[int, tuple[int, str]]:
    """Where a clause ends: the place, where the next one begins, and what stands between."""
    cuts: dict[int, tuple[int, str]] = {}
    told = {place for cue in reading.answers for place in range(cue.first, cue.end)}
    if any(token.kind == EMOJI for token in reading.tokens):
        told |= {cue.first for name, cues in reading.cues.items() if name.startswith("c:") for cue in cues}
    laughs = reading.lexicon.classes["laugh"]
    for place, token in enumerate(reading.tokens):
        if token.kind == MARK and token.word not in _NOT_A_CUT:
            cuts[place] = (place + 1, _mark(token.word))
        elif place not in told and (token.kind == EMOJI or (token.word in laughs and _is_inside(reading, place))):
            cuts[place] = (place + 1, ",")
        elif token.kind == EMOJI and _ends_its_thing(reading, place):
            cuts[place + 1] = (place + 1, ",")
    cuts.update({place: (place, "start") for place in _run_on(reading) if place not in cuts and place - 1 not in cuts})
    held = {place for cue in reading.answers for place in range(cue.first + 1, cue.end)}
    longer = {cue.first for cue in reading.answers if cue.end > cue.first + 1}
    # "Even though" holds no "though" of its own.
    opened = {at for cue in reading.cues.get("subordinate", ()) for at in range(cue.first + 1, cue.end)}
    for name in ("but", "join", "instead", "subordinate"):
        for cue in reading.cues.get(name, ()):
            if cue.first not in held and not (name == "but" and cue.first in opened):
                # "But not me" as one answer keeps its "but".
                cuts.setdefault(cue.first, (cue.first if cue.first in longer else cue.end, name))
    return cuts


def _is_inside(reading: Reading, place: int) -> bool:
    """Whether a laugh stands between two statements: "walked haha never read"."""
    return _SHORTEST <= place < len(reading.tokens) - _SHORTEST


def _ends_its_thing(reading: Reading, place: int) -> bool:
    """Whether an answer is drawn after its thing ("walk ✅ book ❌") rather than before ("✅ walk")."""
    return place > 0 and reading.tokens[place - 1].kind != MARK and reading.tokens[0].kind != EMOJI


def _run_on(reading: Reading) -> Iterator[int]:
    """Where a promise begins right after an answer: "the run's done I'm off to bed"."""
    classes, tokens = reading.lexicon.classes, reading.tokens
    for cue in reading.answers:
        place = cue.end
        if cue.name not in _ANSWERS or place < _SHORTEST or place + 1 >= len(tokens):
            continue
        says, follows = tokens[place].word, tokens[place + 1].word
        if says in classes["i"] and (says in classes["promise"] or follows in classes["future"]):
            yield place


def _mark(mark: str) -> str:
    if "?" in mark:
        return "?"
    return "," if mark in _WEAK else "."
