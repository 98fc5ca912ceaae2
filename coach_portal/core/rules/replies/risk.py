"""Step 2, risk: what must not wait. Explicit risk is answered at once; what may be risk is shown to the coach."""

from typing import Literal, NamedTuple

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


class Risk(NamedTuple):
    """How grave, of which kind, and the span it rests on."""

    level: Level | None
    kind: Kind | None = None
    evidence: Evidence | None = None


def screen(reading: Reading) -> Risk:
    """The risk a text tells of."""
    figures = reading.cues.get("figure", [])
    for name, kind in _KINDS.items():
        serious = [cue for cue in reading.cues.get(name, ()) if not _is_figure(cue, figures)]
        if serious:
            return Risk("explicit", kind, reading.span(serious[0].first, serious[0].end))
    possible = [cue for cue in reading.cues.get("risk_possible", ()) if not _is_figure(cue, figures)]
    if possible:
        return Risk("possible", "self", reading.span(possible[0].first, possible[0].end))
    return Risk(None)


def _is_figure(cue: Cue, figures: list[Cue]) -> bool:
    """Whether a figure of speech holds the words."""
    return any(figure.first < cue.end and cue.first < figure.end for figure in figures)
