"""Step 7, amounts put right: taken back, grown, or added to, and units that measure the same thing."""

from collections.abc import Sequence

from .amounts import Quantity
from .polarity import answers_between
from .reading import Reading
from .spans import between


def with_more(reading: Reading, quantity: Quantity, later: Sequence[Quantity]) -> Quantity:
    """The quantity with what is added to it right after: "30 minutes plus ten"."""
    for one in later:
        between_them = {token.word for token in reading.tokens[quantity.end - 1 : one.first]}
        if between_them & reading.lexicon.classes["plus"] and one.first - quantity.end <= 3:
            return quantity._replace(value=quantity.value + one.value, end=one.end)
    return quantity


def alike(unit: str | None, other: str) -> bool:
    """Whether two units measure the same thing."""
    return unit == other or (unit in ("min", "h", "s") and other in ("min", "h", "s"))


def is_corrected(reading: Reading, first: int, end: int) -> bool:
    """Whether the speaker takes something back between two tokens."""
    names = {cue.name for cue in answers_between(reading, first, end)}
    grown = between(reading.cues.get("grown", ()), first, end)
    return (
        bool(grown)
        or "correction" in names
        or any(cue.name == "no" and cue.end >= end - 1 for cue in answers_between(reading, first, end))
    )
