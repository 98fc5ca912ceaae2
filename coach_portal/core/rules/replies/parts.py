"""Step 4, parts: the clauses of a text as stretches that say one thing of some goals each."""

from collections.abc import Sequence
from itertools import pairwise

from .clauses import Clause
from .clock import clock_times
from .part import Part
from .pictures import picture_of
from .polarity import Status, answers_between, is_past, is_promise, status_of
from .report import Story
from .spans import between
from .text import NUMBER

_ANSWER_NAMES = frozenset(
    ("yes", "no", "done", "did", "resist", "gave_in", "missed", "undone", "not_any", "none", "neg", "later")
)
_TO_COME = frozenset(("later", "ask_later", "maybe_later"))
_HALF_DAY = 720  # minutes
_PLAIN = frozenset(("yes", "no", "done", "missed", "not_any"))


def parts_of(story: Story) -> list[Part]:
    """The text as stretches that say one thing each."""
    parts: list[Part] = []
    for clause in story.clauses:
        for first, end in _pieces(story, clause):
            part = Part(first, end, story.goals_between(first, end))
            part.asked = clause.closed_by == "?"
            part.joined = clause.opened_by == "join" and first == clause.first
            part.scoped = any(cue.name == "others" for cue in answers_between(story.reading, first, end))
            part.quantities = list(between(story.quantities, first, end))
            part.days = list(between(story.days, first, end))
            part.status = _status(story, part, replaced=clause.opened_by == "instead")
            part.reason = clause.opened_by == "subordinate"
            parts.append(part)
    _outspoken(parts)
    _reasons(parts)
    _left_open(story, parts)
    return parts


def _outspoken(parts: Sequence[Part]) -> None:
    """A picture of a goal that is answered in another part only colours it: "Nope to gym (sore back)"."""
    answered = {goal for part in parts if part.pictured is None and part.status for goal in part.goals}
    for part in parts:
        if part.pictured is not None and part.pictured.goal in answered:
            part.goals, part.pictured, part.status = [], None, None


def _reasons(parts: Sequence[Part]) -> None:
    """What follows "because" or "if" tells nothing of its own beside what was said."""
    for part in parts[:1]:
        part.reason = False
    for before, part in pairwise(parts):
        if part.reason and (before.status or before.quantities) and not part.goals:
            part.status = None
        else:
            part.reason = False


def _left_open(story: Story, parts: Sequence[Part]) -> None:
    """What "we'll see" and "who knows" speak of is as good as a question: nothing is told of it."""
    unsure = story.reading.cues.get("unsure", ())
    for place, part in enumerate(parts):
        if between(unsure, *part.span):
            part.asked, part.status = True, None
            before = parts[place - 1] if place else None
            if before is not None and before.goals and not part.goals and before.status is None:
                before.asked = True


def timed(story: Story, spans: Sequence[tuple[int, int]], goal: int) -> Status | None:
    """A clock time that answers a goal with an hour ("1am" to "bed by 11"): half a day tells early from late."""
    due = story.matcher.goals[goal].by
    if due is None or any(cue.name in _PLAIN for span in spans for cue in answers_between(story.reading, *span)):
        return None
    times = [hour * 60 + minute for span in spans for hour, minute, _ in clock_times(story.reading, *span)]
    if not times:
        return None
    return "missed" if 0 < (times[-1] - due) % _HALF_DAY <= _HALF_DAY // 2 else "done"


def _status(story: Story, part: Part, replaced: bool) -> Status | None:
    if story.denies(part):
        return "done"
    shown = picture_of(story, part)
    if shown is not None:
        part.goals, part.pictured = [shown.goal], shown
        return shown.status
    if (replaced and part.goals) or story.indulges(part):
        part.replaced = part.replaced or not replaced
        return "missed"
    if _is_swapped(story, part):
        part.replaced = True
        return "missed"
    if part.goals and not answers_between(story.reading, *part.span) and _is_ahead(story, part):
        return "later"
    return _by_the_clock(story, part) or status_of(story.reading, [part.span], story.abstains(part.goals))


def _is_ahead(story: Story, part: Part) -> bool:
    """Whether a part tells what is still to be done: "will read in bed", "I'm stretching in an hour"."""
    waits = between(story.reading.cues.get("wait", ()), *part.span)
    return is_promise(story.reading, *part.span) or (bool(waits) and not is_past(story.reading, *part.span))


def _is_swapped(story: Story, part: Part) -> bool:
    """ "Texted him instead": another thing done in the place of the one goal asked."""
    asked, swap = story.situation.asked, story.reading.lexicon.classes["swap"]
    if len(asked) != 1 or part.goals or part.quantities or story.matcher.goals[asked[0]].kind != "do":
        return False
    plain = any(cue.name in ("yes", "done") for cue in answers_between(story.reading, *part.span))
    return not plain and any(story.reading.tokens[at].word in swap for at in range(part.first + 1, part.end))


def _by_the_clock(story: Story, part: Part) -> Status | None:
    """Where one of several goals is answered by an hour, and not picked by a number or put off to it."""
    if len(story.situation.asked) < 2 or len(part.goals) != 1 or story.matcher.goals[part.goals[0]].by is None:
        return None
    if any(cue.name in _TO_COME for cue in answers_between(story.reading, *part.span)):
        return None
    picked = any(story.reading.tokens[one.first].kind == NUMBER for one in between(story.mentions, *part.span))
    return None if picked else timed(story, [part.span], part.goals[0])


def _pieces(story: Story, clause: Clause) -> list[tuple[int, int]]:
    """The clause, or its pieces where it pairs several topics with several answers ("dog yes bed yes nan no")."""
    topics = _topics(story, clause)
    cues = answers_between(story.reading, clause.first, clause.end)
    answers = [cue.first for cue in cues if cue.name in _ANSWER_NAMES]
    if len(topics) < 2 or not answers:
        return [(clause.first, clause.end)]
    dated = {one.first for one in between(story.days, clause.first, clause.end)}
    alike_topics = (topics[0] in dated) == (topics[1] in dated)
    if len(answers) < 2 and not (alike_topics and topics[0] < answers[0] < topics[1]):
        return [(clause.first, clause.end)]
    openers, closers = (topics, answers) if topics[0] < answers[0] else (answers, topics)
    starts = [clause.first]
    starts += [
        place
        for before, place in pairwise(openers)
        if any(before <= closer < place for closer in closers) and not any(cue.first < place < cue.end for cue in cues)
    ]
    return list(zip(starts, [*starts[1:], clause.end], strict=True))


def _topics(story: Story, clause: Clause) -> list[int]:
    """Where the clause turns to another goal or another day."""
    found: list[int] = []
    last: object = None
    span = (clause.first, clause.end)
    for mention in between(story.mentions, *span):
        if mention.worth >= 0.5 and mention.goal != last:
            found.append(mention.first)
            last = mention.goal
    found += [one.first for one in between(story.days, *span)]
    found += [cue.first for cue in answers_between(story.reading, *span) if cue.name == "others"]
    return sorted(set(found))
