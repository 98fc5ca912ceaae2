"""Step 2, risk: what must not wait. Explicit risk is answered at once; what may be risk is shown to the coach."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from .amounts import quantities
from .linear import gravest
from .patterns import Cue
from .reading import Reading
from .text import MARK
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
EXPLICIT, POSSIBLE = 0.8, 0.4
EACH_GRAVE_WORD, GRAVE_WORDS = 0.1, 2  # less sure it need be for each grave word after the first, so many at most
OVERDOSE = 8  # tablets at a time that nobody is told to take
_COMPLEMENT = 6  # tokens after a cue that may say what it is of, with or from
_DENIAL = 5  # tokens before a cue that may deny it


class Risk(NamedTuple):
    """How grave, of which kind, and the span it rests on."""

    level: Level | None
    kind: Kind | None = None
    evidence: Evidence | None = None
    confidence: float = 0.6


def screen(reading: Reading) -> Risk:
    """The risk a text tells of."""
    past = reading.cues.get("past_risk", [])
    figures = [*reading.cues.get("figure", ()), *past]
    told = list(_told(reading, figures))
    for kind, cue in told:
        if not _is_over(reading, kind, cue) and not _is_everyday(reading, cue) and not _is_denied(reading, cue):
            return Risk("explicit", kind, reading.span(cue.first, cue.end), 0.95)
    words = _grave_words(reading)
    chance = gravest("risk", reading) if words else 0.0
    if chance >= EXPLICIT - EACH_GRAVE_WORD * min(words - 1, GRAVE_WORDS) and words and not figures:
        return Risk("explicit", _likely_kind(reading), reading.whole(), chance)
    loose = [cue for cue in reading.cues.get("risk_possible", ()) if not _is_figure(reading, cue, figures)]
    if told or past or loose:
        kind, cue = told[0] if told else ("self", (*past, *loose)[0])
        return Risk("possible", kind, reading.span(cue.first, cue.end))
    return Risk("possible", "self", reading.whole(), chance) if chance >= POSSIBLE else Risk(None)


def _grave_words(reading: Reading) -> int:
    """How many words are such as grave news is told in; without one the model only guesses."""
    words = reading.lexicon.classes["grave_words"]
    return sum([token.word in words for token in reading.tokens])


def _likely_kind(reading: Reading) -> Kind:
    """Which card fits best where only the model alarms: by the words of body or blows, else the one for oneself."""
    said = [token.word for token in reading.tokens]
    medical = sum(word in reading.lexicon.classes["medical_words"] for word in said)
    violence = sum(word in reading.lexicon.classes["violence_words"] for word in said)
    if medical > violence:
        return "medical" if medical > 1 else "self"
    return "violence" if violence > 1 else "self"


def _is_over(reading: Reading, kind: Kind, cue: Cue) -> bool:
    """Whether what is told is said to be long past: "five years ago I tried to", with nothing of now beside it."""
    if kind == "medical" and reading.has("long_ago", "turned_out_well"):
        return True
    first, end = _sentence(reading, cue)
    dated = any(first <= one.first < end for one in reading.cues.get("long_ago", ()))
    now = reading.lexicon.classes["present"]
    return dated and kind in ("self", "other") and not any(token.word in now for token in reading.tokens[first:end])


def _sentence(reading: Reading, cue: Cue) -> tuple[int, int]:
    """The tokens of the sentence a cue stands in."""
    ends = [at for at, token in enumerate(reading.tokens) if token.kind == MARK and token.word[0] in ".!?\n…"]
    first = max([at + 1 for at in ends if at < cue.first], default=0)
    return first, min([at for at in ends if at >= cue.end], default=len(reading.tokens))


def _told(reading: Reading, figures: Sequence[Cue]) -> Iterator[tuple[Kind, Cue]]:
    """What the text tells of in words of risk, the gravest kind first."""
    for name, kind in _KINDS.items():
        for cue in reading.cues.get(name, ()):
            if not _is_figure(reading, cue, figures):
                yield kind, cue
    for cue in reading.cues.get("risk_dose", ()):
        if any(one.value >= OVERDOSE for one in quantities(reading) if cue.first <= one.first < cue.end):
            yield "medical", cue


def _is_figure(reading: Reading, cue: Cue, figures: Sequence[Cue]) -> bool:
    """Whether a figure of speech holds the words, and all of the gravest among them."""
    for figure in figures:
        if figure.first < cue.end and cue.first < figure.end:
            rest = [*range(cue.first, min(figure.first, cue.end)), *range(max(figure.end, cue.first), cue.end)]
            if not any(reading.tokens[at].word in reading.lexicon.classes["unsoftened"] for at in rest):
                return True
    return False


def _is_everyday(reading: Reading, cue: Cue) -> bool:
    """Whether it is of an everyday thing: "can't breathe in these jeans", "disappear under the duvet"."""
    classes, tokens = reading.lexicon.classes, reading.tokens
    if any(token.word in classes["unsoftened"] for token in tokens[cue.first : cue.end]):
        return False
    softened = ""
    pausing = tokens[cue.end - 1].word in classes["place_word"]  # "don't want to be here, this meeting drags on"
    for token in tokens[cue.end - 1 : cue.end + _COMPLEMENT]:
        if token.kind == MARK and not (pausing and token.word == ","):
            return False
        if softened and token.word in classes["everyday"]:
            return not (softened in classes["where"] and token.word in classes["places"])
        softened = softened or (token.word if token.word in classes["softener"] else "")
    return False


def _is_denied(reading: Reading, cue: Cue) -> bool:
    """Whether it is said not to be so, with no "but" after it: "no plans to hurt myself"."""
    classes = reading.lexicon.classes
    for place in range(cue.first - 1, max(cue.first - 1 - _DENIAL, -1), -1):
        word = reading.tokens[place].word
        if word in classes["denier"]:
            return not any(one.first > place for one in reading.cues.get("but", ()))
        if word not in classes["denial_gap"]:
            return False
    return False
