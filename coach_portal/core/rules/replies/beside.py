"""What an answer for one goal tells beside it: another day it was done on as well, another thing that was done."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from .days import DayMention
from .open_wins import another_deed
from .part import Part
from .polarity import answers_between, status_of
from .report import Entry, Story

_TOLD = frozenset(("yes", "done", "did", "all", "both", "resist"))


def with_other_days(story: Story, parts: Sequence[Part]) -> None:
    """ "Done, and yesterday too": the answer keeps today for itself where a day is only added to it."""
    lead, added = _split(story, parts)
    if not added or not _is_done(story, lead):
        return
    today = story.today()
    lead[0].days = [DayMention((today,), lead[0].first, lead[0].first)]
    for part in added:
        part.status = "done"


def without_added_days(story: Story, parts: Sequence[Part]) -> tuple[Sequence[Part], list[date]]:
    """The parts, and the days on which all that they tell of was done as well: "did both, and yesterday too"."""
    lead, added = _split(story, parts)
    if not added or not lead:
        return parts, []
    return lead, [day for part in added for mention in part.days for day in mention.days]


def _split(story: Story, parts: Sequence[Part]) -> tuple[Sequence[Part], Sequence[Part]]:
    """The parts before the days, other than today, that end a text and are only added to it; and those."""
    while parts and _is_aside(story, parts[-1]):
        parts = parts[:-1]
    first = len(parts)
    while first and _is_day_alone(story, parts[first - 1]):
        first -= 1
    lead, added = parts[:first], parts[first:]
    if not added or any(part.days for part in lead) or not (added[0].joined or _has_too(story, added)):
        return parts, []
    today = story.today()
    return (parts, []) if any(today in one.days for part in added for one in part.days) else (lead, added)


def other_deeds(story: Story, parts: Sequence[Part], goal: int) -> list[tuple[Part, list[Entry]]]:
    """ "Done, and rang my sister": the parts that add a deed of its own to an answer, with the wins they are."""
    found: list[tuple[Part, list[Entry]]] = []
    for before, part in pairwise(parts):
        after = bool(found and found[-1][0] is before) or _is_whole(story, before, goal)
        if after and (part.joined or _has_too(story, [part])) and not part.quantities:
            entries = another_deed(story, part)
            found += [(part, entries)] if entries else []
    return found


def _is_aside(story: Story, part: Part) -> bool:
    """Whether a part says nothing of the goals: "though I never told you"."""
    aside = any(cue.name == "aside" for cue in answers_between(story.reading, *part.span))
    return aside and part.status is None and not (part.goals or part.quantities or part.days)


def _is_whole(story: Story, part: Part, goal: int) -> bool:
    """Whether a part says done and no more, so that what is added to it is something else: "yes", "did 5"."""
    done = part.status == "done" or bool(part.quantities)
    return done and part.status != "missed" and part.goals in ([], [goal]) and _says_only(story, part, "do")


def _is_done(story: Story, lead: Sequence[Part]) -> bool:
    spans = [part.span for part in lead]
    return any(part.quantities for part in lead) or (bool(lead) and status_of(story.reading, spans) == "done")


def _is_day_alone(story: Story, part: Part) -> bool:
    """Whether nothing but a day is said in a part, or the day and that it was the same."""
    told = {cue.name for cue in answers_between(story.reading, *part.span)}
    more = part.asked or part.quantities or told - _TOLD
    return bool(part.days) and not more and _says_only(story, part, "too")


def _says_only(story: Story, part: Part, title: str) -> bool:
    """Whether a part says nothing beside its answer, its day and words of a class."""
    words = story.reading.lexicon.classes[title]
    return story.is_short(part, sum(token.word in words for token in story.reading.tokens[part.first : part.end]))


def _has_too(story: Story, parts: Sequence[Part]) -> bool:
    """Whether "too" and the like stands in the parts or right after them ("as well" is cut off as a joint)."""
    said = story.reading.tokens[parts[0].first : parts[-1].end + 2]
    return any(token.word in story.reading.lexicon.classes["too"] for token in said)
