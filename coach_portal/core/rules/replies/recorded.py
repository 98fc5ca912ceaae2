"""The last step: entries and acts as an `Understanding`, each with the span it rests on."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from .reading import Reading
from .report import Entry
from .spans import between
from .understanding import Act, Evidence, Miss, Understanding, Win

_PLAIN = frozenset(("yes", "no", "done", "missed", "both", "all", "none", "not_any"))


def only(act: Act, reading: Reading, until: datetime | None = None, confidence: float = 0.95) -> Understanding:
    """A text that does one thing and records nothing."""
    span = reading.evidence(act) or reading.whole()
    return Understanding(frozenset({act}), until=until, evidence={act: span} if span else {}, confidence=confidence)


def recorded(
    reading: Reading, entries: Sequence[Entry], acts: Iterable[Act], until: datetime | None = None, sure: float = 0.9
) -> Understanding:
    """What is recorded of a text: the acts given, and those that the entries come to."""
    wins, misses = _wins(reading, entries), _misses(reading, entries)
    found: set[Act] = set(acts)
    if wins:
        found.add("win")
    if misses:
        found.add("miss")
    if len(found) > 1:
        found.discard("chatter")
    if not found:
        found.add("chatter")
    evidence = _evidence(reading, found, wins, misses)
    confidence = min([sure, *(win.confidence for win in wins), *(miss.confidence for miss in misses)])
    return Understanding(frozenset(found), wins, misses, until, evidence=evidence, confidence=confidence)


def _evidence(reading: Reading, acts: set[Act], wins: Sequence[Win], misses: Sequence[Miss]) -> dict[str, Evidence]:
    spans: dict[str, Evidence | None] = {act: reading.evidence(act) for act in acts}
    spans["win"] = next((win.evidence for win in wins), None)
    spans["miss"] = next((miss.evidence for miss in misses), None)
    whole = reading.whole()
    return {act: span for act in acts if (span := spans.get(act) or whole)}


def _confidence(reading: Reading, entry: Entry) -> float:
    """High where the stretch answers in so many words, lower where it only names the goal or tells of a deed."""
    names = {cue.name for cue in between(reading.answers, entry.first, entry.end)}
    if names & _PLAIN:
        return 0.95
    return 0.8 if names or entry.amount is not None else 0.6


def _wins(reading: Reading, entries: Sequence[Entry]) -> tuple[Win, ...]:
    found: dict[tuple[object, date], Win] = {}
    for place, entry in enumerate(entries):
        if entry.status == "done":
            key = (entry.goal if entry.goal is not None else f"outside {place}", entry.on)
            if key not in found or found[key].amount is None:
                span = reading.span(entry.first, entry.end)
                sure = _confidence(reading, entry)
                found[key] = Win(entry.goal, entry.amount, entry.on, entry.unit, span, sure, entry.day_said)
    return tuple(found.values())


def _misses(reading: Reading, entries: Sequence[Entry]) -> tuple[Miss, ...]:
    today = max((entry.on for entry in entries), default=None)
    done = {entry.goal for entry in entries if entry.status == "done" and entry.on == today}
    found: dict[int, Miss] = {}
    for entry in entries:
        if entry.status == "missed" and entry.goal is not None and entry.goal not in done:
            span = reading.span(entry.first, entry.end)
            found.setdefault(entry.goal, Miss(entry.goal, span, _confidence(reading, entry)))
    return tuple(found.values())
