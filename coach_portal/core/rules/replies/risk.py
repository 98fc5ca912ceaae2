"""Step 2, risk: what must not wait. Explicit risk is answered at once; what may be risk is shown to the coach."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from .linear import likely
from .patterns import Cue
from .reading import Reading
from .understanding import Evidence

Level = Literal["explicit", "possible"]
Kind = Literal["self", "other", "violence", "medical"]

# The order in which a text with several is answered.
_KINDS: dict[str, Kind] = {
    "risk_medical": "medical",
    "risk_violence": "violence",
    "risk_other": "other",
    "risk_self": "self",
}


# How likely the model must find it: to alert and answer at once, or to show it to the coach.
EXPLICIT, POSSIBLE = 0.9, 0.35


class Risk(NamedTuple):
    """How grave, of which kind, and the span it rests on."""

    level: Level | None
    kind: Kind | None = None
    evidence: Evidence | None = None
    confidence: float = 0.6


def screen(reading: Reading, seen: Sequence[str] = ()) -> Risk:
    """The risk a text tells of; `seen` is what the model sees of it."""
    past = reading.cues.get("past_risk", [])
    figures = [*reading.cues.get("figure", ()), *past]
    for name, kind in _KINDS.items():
        serious = [cue for cue in reading.cues.get(name, ()) if not _is_figure(cue, figures)]
        if serious:
            return Risk("explicit", kind, reading.span(serious[0].first, serious[0].end), 0.95)
    chance = likely("risk", seen) if seen else 0.0
    if chance >= EXPLICIT:
        return Risk("explicit", "self", reading.whole(), chance)
    possible = [*past, *(cue for cue in reading.cues.get("risk_possible", ()) if not _is_figure(cue, figures))]
    if possible:
        return Risk("possible", "self", reading.span(possible[0].first, possible[0].end))
    return Risk("possible", "self", reading.whole(), chance) if chance >= POSSIBLE else Risk(None)


def _is_figure(cue: Cue, figures: list[Cue]) -> bool:
    """Whether a figure of speech holds the words."""
    return any(figure.first < cue.end and cue.first < figure.end for figure in figures)
