"""Step 3, commands: keywords, opt-outs, requests to hold, resume, undo, ask later or show the streak."""

from datetime import datetime
from typing import NamedTuple

from .language_file import language_names, lexicon
from .reading import Reading
from .text import EMOJI, LINK, MARK, NUMBER, WORD
from .understanding import Act, Evidence

_KEYWORDS: dict[str, Act] = {"keyword_stop": "stop", "keyword_start": "start", "keyword_help": "help"}


class Keyword(NamedTuple):
    """A carrier keyword alone in its text."""

    act: Act


def keyword(reading: Reading) -> Act | None:
    """The act of a text that is a carrier keyword and nothing else, whatever its case and marks."""
    classes = lexicon(language_names()).classes
    polite = classes["keyword_filler"]
    words = [token.word for token in reading.tokens if token.kind in (WORD, NUMBER) and token.word not in polite]
    if not 0 < len(words) <= 7:
        return None
    said = words[0] if len(words) == 1 else "".join(words)
    for name, act in _KEYWORDS.items():
        if said in classes[name] and (len(words) == 1 or _is_spelled_out(words)):
            return act
    return None


def _is_spelled_out(words: list[str]) -> bool:
    """ "s t o p", "stop all", "opt out": one keyword in pieces."""
    return all(len(word) == 1 for word in words) or len(words) == 2


def tapback(reading: Reading) -> str | None:
    """ "yes", "no" or "other" when the text is a phone's report of a reaction to one of our messages."""
    if not any(mark in reading.text for mark in '“”"«»'):
        return None
    starts = {
        name: cue
        for name in ("tapback_yes", "tapback_no", "tapback_other")
        for cue in reading.cues.get(name, ())
        if cue.first <= 1
    }
    if not starts:
        return None
    longest = max(starts, key=lambda name: starts[name].end)
    cue = starts[longest]
    following = reading.tokens[cue.end].word if cue.end < len(reading.tokens) else ""
    return longest.removeprefix("tapback_") if following in ("“", '"', "«") else None


def is_notice(reading: Reading) -> bool:
    """Whether the text comes from a machine: a code, a parcel, an advertisement, a canned answer."""
    return reading.has("notice")


def says_stop(reading: Reading) -> Evidence | None:
    """The span of a clear sentence that asks for no more texts."""
    spared = reading.cues.get("not_stop", [])
    for cue in reading.cues.get("stop", ()):
        if not any(other.first <= cue.end + 3 and cue.first <= other.end for other in spared):
            return reading.span(cue.first, cue.end)
    return None


def is_bare(reading: Reading) -> bool:
    """Whether there is nothing but emoji and marks in the text."""
    return all(token.kind in (EMOJI, MARK, LINK) for token in reading.tokens)


def asks(reading: Reading) -> bool:
    """Whether the text asks something: a question mark that ends words, or the words a question opens with."""
    return any("?" in token.word for token in reading.tokens if token.kind == MARK) or reading.has("ask")


def now_or_later(moment: datetime | None, now: datetime) -> datetime | None:
    """The moment, unless it has passed."""
    return moment if moment is None or moment > now else None
