"""What is to be seen where a goal was done ("the sink is empty") or was not ("the pots are soaking")."""

from collections.abc import Iterator, Sequence

from .clock import clock_times
from .part import Part, Picture
from .patterns import Cue
from .polarity import Status, answers_between
from .report import Story
from .spans import between

# What is said beside a picture, outside its own words, that keeps it from telling.
_AGAINST: dict[Status, frozenset[str]] = {
    "done": frozenset(("no", "missed", "neg", "none", "not_any", "later", "ask_later")),
    "missed": frozenset(("yes", "done", "resist", "neg", "no", "not_any", "none", "all", "later")),
}


def picture_of(story: Story, part: Part) -> Picture | None:
    """The goal whose picture a part draws, and what it tells of it; of several pictures the longest."""
    if part.asked:
        return None
    found = [one for goal in _goals(story, part) for one in _drawn(story, part, goal)]
    return max(found, key=lambda one: one.end - one.first, default=None)


def _goals(story: Story, part: Part) -> Sequence[int]:
    """The goals a part may be a picture of: those it names, else those asked."""
    return part.goals or story.situation.asked


def _drawn(story: Story, part: Part, goal: int) -> Iterator[Picture]:
    cues, aim = story.reading.cues, story.matcher.goals[goal]
    found = [(done, missed) for done, missed in aim.pictures if done in cues or missed in cues]
    if not found or (aim.by is not None and any(clock_times(story.reading, *part.span))):
        return  # of an hour to keep, the hour itself tells
    made = story.reading.lexicon.classes["made"]
    is_made = any(token.word in made for token in story.reading.tokens[part.first : part.end])
    for done, missed in found:
        for cue in between(cues.get(done, ()), *part.span):
            if not _spoilt(story, part, cue, "done"):
                yield Picture(goal, "done", cue.first, cue.end)
        for cue in between(cues.get(missed, ()), *part.span):
            if not is_made and not _spoilt(story, part, cue, "missed"):
                yield Picture(goal, "missed", cue.first, cue.end)


def _spoilt(story: Story, part: Part, cue: Cue, status: Status) -> bool:
    """Whether something said outside the picture speaks against it."""
    return bool(_beside(story, part, cue) & _AGAINST[status])


def _beside(story: Story, part: Part, cue: Cue) -> set[str]:
    answers = answers_between(story.reading, *part.span)
    return {one.name for one in answers if one.end <= cue.first or cue.end <= one.first}
