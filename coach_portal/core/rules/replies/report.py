"""Puts clauses, polarity, goals, amounts and days together: what was done, what was not, what is still to come."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from .amounts import Quantity, in_unit
from .clauses import Clause
from .days import DayMention
from .goals import Matcher, Mention
from .polarity import Status, answers_between, is_fragment, status_of
from .reading import Reading
from .understanding import Situation


@dataclass(slots=True)
class Part:
    """A stretch of text that says one thing of some goals."""

    first: int
    end: int
    goals: list[int] = field(default_factory=list)
    status: Status | None = None
    asked: bool = False  # ended with a question mark
    joined: bool = False  # opened by "and"
    quantities: list[Quantity] = field(default_factory=list)
    days: list[DayMention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Entry:
    """One goal (None: outside the goals), one day, done or missed or still to come."""

    goal: int | None
    status: Status
    on: date
    amount: float | None = None
    unit: str | None = None
    first: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """All that the steps before found in a text."""

    reading: Reading
    situation: Situation
    matcher: Matcher
    clauses: Sequence[Clause]
    mentions: Sequence[Mention]
    quantities: Sequence[Quantity]
    days: Sequence[DayMention]

    def goals_between(self, first: int, end: int) -> list[int]:
        """The goals spoken of between two tokens, the surest at each place."""
        worths: dict[int, float] = {}
        for mention in self.mentions:
            if first <= mention.first < end:
                worths[mention.goal] = worths.get(mention.goal, 0.0) + mention.worth
        least = {goal: 0.3 if goal in self.situation.asked else 0.55 for goal in worths}
        kept = [goal for goal, worth in worths.items() if worth >= least[goal]]
        return [goal for goal in kept if not self._is_shadowed(goal, worths, first, end)]

    def _is_shadowed(self, goal: int, worths: dict[int, float], first: int, end: int) -> bool:
        """Whether everything that speaks for this goal speaks more for another."""
        for mention in self.mentions:
            if mention.goal == goal and first <= mention.first < end:
                rivals = [one for one in self.mentions if one.first == mention.first and one.goal != goal]
                if not any(worths[one.goal] > worths[goal] for one in rivals):
                    return False
        return True


def parts_of(story: Story) -> list[Part]:
    """The text as stretches that say one thing each."""
    parts: list[Part] = []
    for clause in story.clauses:
        for first, end in _pieces(story, clause):
            part = Part(first, end, story.goals_between(first, end), asked=clause.closed_by == "?")
            part.joined = clause.opened_by == "join" and first == clause.first
            part.status = status_of(story.reading, first, end, _abstains(story, part.goals))
            part.quantities = [one for one in story.quantities if first <= one.first < end]
            part.days = [one for one in story.days if first <= one.first < end]
            parts.append(part)
    return parts


def _abstains(story: Story, goals: Sequence[int]) -> bool:
    goals = goals or story.situation.asked
    return bool(goals) and all(
        story.matcher.goals[goal].kind == "abstain" for goal in goals if goal < len(story.matcher.goals)
    )


def _pieces(story: Story, clause: Clause) -> list[tuple[int, int]]:
    """The clause, or its pieces where it pairs several topics with several answers ("dog yes bed yes nan no")."""
    topics = _topics(story, clause)
    answers = [
        cue.first
        for cue in answers_between(story.reading, clause.first, clause.end)
        if cue.name in ("yes", "no", "done", "missed", "not_any", "none", "neg", "later")
    ]
    if len(topics) < 2 or len(answers) < 2:
        return [(clause.first, clause.end)]
    openers = topics if topics[0] < answers[0] else answers
    closers = answers if openers is topics else topics
    starts = [clause.first]
    for before, place in itertools.pairwise(openers):
        if any(before <= closer < place for closer in closers):
            starts.append(place)
    return list(zip(starts, [*starts[1:], clause.end], strict=True))


def _topics(story: Story, clause: Clause) -> list[int]:
    """Where the clause turns to another goal or another day."""
    found: list[int] = []
    last: object = None
    for mention in story.mentions:
        if clause.first <= mention.first < clause.end and mention.worth >= 0.5 and mention.goal != last:
            found.append(mention.first)
            last = mention.goal
    found += [one.first for one in story.days if clause.first <= one.first < clause.end]
    return sorted(set(found))


def entries_of(story: Story, part: Part, goals: Sequence[int], status: Status) -> list[Entry]:
    """What a part says of these goals: an entry for each goal and day."""
    days = [day for mention in part.days for day in mention.days] or [story.situation.local_time.date()]
    entries = []
    for goal in goals:
        amount, unit = _amount(story, part, goal, len(goals)) if status == "done" else (None, None)
        entries += [Entry(goal, status, day, amount, unit, part.first, part.end) for day in days]
    return entries


def _amount(story: Story, part: Part, goal: int, among: int) -> tuple[float | None, str | None]:
    """How much of the goal the part tells of."""
    if not part.quantities or (among > 1 and len(part.quantities) < among):
        return None, None
    target = story.matcher.goals[goal]
    chosen = _fitting(part.quantities, target.unit)
    if chosen is None:
        return None, None
    return in_unit(chosen, target.unit), target.unit or chosen.unit


def _fitting(quantities: Sequence[Quantity], unit: str | None) -> Quantity | None:
    same = [one for one in quantities if one.unit == unit and unit] or [
        one for one in quantities if one.unit in ("min", "h") and unit in ("min", "h")
    ]
    return (same or list(quantities))[0]


def lends_to_next(story: Story, part: Part, after: Part) -> bool:
    """Whether a thing named ("Nap?") waits for the answer that follows it ("No")."""
    return (
        bool(part.goals)
        and not after.goals
        and after.status is not None
        and is_fragment(story.reading, part.first, part.end)
    )
