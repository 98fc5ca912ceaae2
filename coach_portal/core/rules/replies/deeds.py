"""Whether a stretch of a text tells of a thing that its writer did, or left alone on purpose."""

from collections.abc import Mapping, Sequence

from .part import Part
from .polarity import answers_between, is_others_verb, past_at
from .reading import Reading
from .report import Story
from .text import EMOJI, WORD

NEGATIVE = frozenset(("neg", "no", "missed", "undone", "untouched", "not_any"))
IDLE = ("thanks", "greeting", "ack", "ask", "request", "event", "later", "no", "none", "colour", "setting", "busy")


def words_of(story: Story, part: Part) -> list[int]:
    """The places of the words and emoji of a stretch, without what only leads up to it ("not much, but")."""
    opening = story.reading.cues.get("opening", ())
    led = {at for cue in opening if part.first <= cue.first < part.end for at in range(cue.first, cue.end)}
    return [at for at in range(*part.span) if at not in led and story.reading.tokens[at].kind in (WORD, EMOJI)]


def tells_of_a_deed(story: Story, part: Part, more: bool) -> bool:
    """Whether the writer did a thing: a verb in the past opens the stretch or ends a short one ("boiler serviced")."""
    reading, classes = story.reading, story.reading.lexicon.classes
    if any(part.first <= cue.first < part.end for cue in reading.cues.get("setting", ())):
        return False
    if any(cue.first == part.first for cue in reading.cues.get("aside", ())):
        return False
    places = [place for place in words_of(story, part) if reading.tokens[place].kind == WORD]
    said = {reading.tokens[place].word for place in places}
    names = {cue.name for cue in answers_between(reading, *part.span)}
    if "untouched" in names or (names & NEGATIVE and _is_left_undone(story, part, said)):
        return True
    if names & {"missed", "none"} or (more and said & classes["colour_verbs"] and "done" not in names):
        return False
    return _is_deed(story, part, places, names, more)


def _is_left_undone(story: Story, part: Part, said: set[str]) -> bool:
    """Whether leaving it undone is the win: "didn't shout", "no sugar", "didn't throttle the printer"."""
    reading, classes = story.reading, story.reading.lexicon.classes
    if said & classes["bad_deeds"]:
        return True
    places = words_of(story, part)
    denied = [at for at in places if reading.tokens[at].word in classes["denials"]]
    after = [at for at in places if denied and at > denied[0] and reading.tokens[at].word not in classes["deed_filler"]]
    if not after or said & classes["good_deeds"] or said & (classes["moods"] | classes["pronouns"]):
        return False
    return reading.tokens[denied[0]].word in classes["didnt"] and denied[0] in places[:3]


def _is_deed(story: Story, part: Part, places: Sequence[int], names: set[str], more: bool) -> bool:
    reading, classes = story.reading, story.reading.lexicon.classes
    said = {reading.tokens[place].word for place in places}
    dated = {place for day in part.days for place in range(day.first, day.end)}
    telling = [at for at in places if at not in dated and reading.tokens[at].word not in classes["deed_filler"]]
    if all(reading.tokens[at].word in classes["moods"] for at in telling):
        return False
    if more and is_others_verb(reading, telling[0]):
        return False
    opens = _opens_with_deed(reading, telling, classes)
    if opens and part.status != "missed":
        return not (more and said & classes["pronouns"] and len(telling) <= 3)
    before = {reading.tokens[place].word for place in places if place <= telling[0]}
    if before & classes["things_else"] and _is_seen_done(story, telling):
        return True
    if before & classes["someone_else"] or (before & classes["things_else"] and "done" not in names):
        return False
    named = _is_thing_named(story, part, said, len(telling), more)
    return opens or named or "done" in names or (2 <= len(telling) <= 5 and past_at(reading, telling[-1]))


def _is_seen_done(story: Story, telling: Sequence[int]) -> bool:
    """Whether a thing is said to be done at the end of a short stretch: "the garden is finally weeded"."""
    reading, last = story.reading, telling[-1]
    words = [reading.tokens[at].word for at in range(max(last - 2, telling[0]), last)]
    said = any(word in reading.lexicon.classes["is_done"] for word in words)
    return said and 2 <= len(telling) <= 5 and past_at(reading, last)


def _opens_with_deed(reading: Reading, telling: Sequence[int], classes: Mapping[str, frozenset[str]]) -> bool:
    """Whether a verb in the past comes first, or second after what only says how: "batch cooked", "properly rested"."""
    if past_at(reading, telling[0]):
        return True
    how = reading.tokens[telling[0]].word in classes["manner"]
    return how and len(telling) > 1 and past_at(reading, telling[1])


def _is_thing_named(story: Story, part: Part, said: set[str], words: int, more: bool) -> bool:
    """A thing named without a verb ("early night", "new record at parkrun") in a list, or called a win."""
    classes, cues = story.reading.lexicon.classes, story.reading.cues
    idle = any(part.first <= cue.first < part.end for name in IDLE for cue in cues.get(name, ()))
    if idle or not 2 <= words <= 6 or said & classes["finite"]:
        return False
    return bool(said & classes["win_words"]) or (more and part.joined)
