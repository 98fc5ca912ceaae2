"""Step 3, commands: keywords, opt-outs, requests to hold, resume, undo, ask later or show the streak."""

from .language_file import language_names, lexicon
from .reading import Reading
from .text import EMOJI, LINK, MARK, NUMBER, WORD
from .understanding import Act, Evidence, Situation

_KEYWORDS: dict[str, Act] = {"keyword_stop": "stop", "keyword_start": "start", "keyword_help": "help"}


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


def asks_status(reading: Reading) -> bool:
    """Whether the text asks for one's own progress or goals, and not for a change to them."""
    if reading.has("request") and not reading.has("status"):
        return False
    return reading.has("status") or (reading.has("status_noun") and reading.has("show"))


def takes_back(reading: Reading, situation: Situation) -> bool:
    """Whether the text takes back what was logged; "cancel Monday's call" is a request, not so "cancel the last".

    With nothing asked, a number put right ("it was 4 pages, not 40") is about what was told before.
    """
    undone = reading.cues.get("undo", [])
    if not undone and situation.prompt == "none":
        undone = reading.cues.get("revised", [])
    asked = [
        cue
        for cue in reading.cues.get("request", ())
        if not any(cue.first < one.end and one.first < cue.end for one in undone)
    ]
    return bool(undone) and not asked


def is_ahead(reading: Reading) -> bool:
    """Whether the text speaks of what is to come."""
    future = reading.lexicon.classes["future"]
    return any(token.word in future for token in reading.tokens)


def says_over(reading: Reading) -> bool:
    """Whether the words of a pause stand inside those of taking it up again ("lift the pause")."""
    back = reading.cues.get("resume", [])
    return all(
        any(one.first <= cue.first and cue.end <= one.end for one in back) for cue in reading.cues.get("pause", ())
    )


def says_wrong_number(reading: Reading, situation: Situation) -> bool:
    """Whether a text clearly says that this number is somebody else's; "wrong number, meant to text Gaz" does not."""
    words = [token.word for token in reading.tokens if token.kind == WORD]
    unasked = situation.prompt == "none" and "sorry" in words  # they may excuse a text of their own that went astray
    return reading.has("not_theirs") and not reading.has("own_mistake") and not unasked and len(words) <= 12


def may_be_stop(reading: Reading, situation: Situation) -> bool:
    """Whether a text may be meant as an opt-out, though it does not clearly say so: the coach should look first."""
    if reading.has("wrong_number", "help"):
        return True
    if reading.has("not_today") and situation.prompt in ("check_in", "opt_in"):
        return False
    covered = {
        place
        for name in ("maybe_stop", "not_today")
        for cue in reading.cues.get(name, ())
        for place in range(cue.first, cue.end)
    }
    polite = reading.lexicon.classes["filler"]
    loose = [place for place, token in enumerate(reading.tokens) if token.kind == WORD and place not in covered]
    return bool(covered) and all(reading.tokens[place].word in polite for place in loose)


def is_bare(reading: Reading) -> bool:
    """Whether there is nothing but emoji and marks in the text."""
    return all(token.kind in (EMOJI, MARK, LINK) for token in reading.tokens)


def asks(reading: Reading) -> bool:
    """Whether the text asks something: a question mark that ends words, or the words a question opens with."""
    tags = reading.lexicon.classes["tags"]  # "not bad eh?" asks nothing
    marks = (at for at, token in enumerate(reading.tokens) if token.kind == MARK and "?" in token.word)
    return any(at == 0 or reading.tokens[at - 1].word not in tags for at in marks) or reading.has("ask")
