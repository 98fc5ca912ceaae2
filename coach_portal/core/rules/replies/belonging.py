"""Which goal an amount, a day or an answer that stands alone belongs to."""

from collections.abc import Sequence

from .corrections import alike
from .goals import Goal
from .part import Part
from .polarity import answers_between, is_fragment
from .report import Story


def attached(parts: Sequence[Part], strictly: bool = False) -> list[Part]:
    """The parts, an amount or a day that stands alone given to the part before it that told of a goal.

    Strictly, an amount of something else ("two gins") is not given away.
    """
    kept: list[Part] = []
    for part in parts:
        before = kept[-1] if kept else None
        told = before is not None and bool(before.goals)
        other = strictly and part.joined and any(one.noun and not one.unit for one in part.quantities)
        alone = not part.goals and part.status is None and not other
        if before is not None and told and alone and (part.quantities or part.days):
            before.quantities += part.quantities
            before.days += part.days
            before.end = part.end
            continue
        if before is not None and told and part.days and not part.goals and part.status and not part.scoped:
            part.goals = before.goals
        kept.append(part)
    return kept


def fitted(story: Story, parts: Sequence[Part]) -> None:
    """Gives an amount, before any goal is named, to the only one asked about it could be of: "hice 10 minutos"."""
    if story.reading.has("some_of"):
        return  # "two of the three" counts goals
    named = {goal for part in parts for goal in part.goals}
    for part in parts:
        if part.goals:
            return
        measured = any(one.unit for one in part.quantities)
        if part.quantities and part.status in (None, "done") and story.is_short(part, 5 if measured else 3):
            open_goals = [goal for goal in story.situation.asked if goal not in named]
            fitting = [goal for goal in open_goals if _could_be_of(story.matcher.goals[goal], part)]
            if len(fitting) == 1:
                part.goals = fitting


def _could_be_of(goal: Goal, part: Part) -> bool:
    """Whether the goal counts in the units said, or counts at all where none is said."""
    units = {one.unit for one in part.quantities}
    if units == {None}:
        return goal.amount is not None
    return goal.unit is not None and any(alike(unit, goal.unit) for unit in units)


def lends_to_next(story: Story, part: Part, after: Part) -> bool:
    """Whether a thing named ("Nap?") waits for the answer that follows it ("No")."""
    if not part.goals or after.goals or after.status is None or (part.days and after.days):
        return False
    named_only = not answers_between(story.reading, *part.span) and part.end - part.first <= 2
    return named_only or is_fragment(story.reading, part.first, part.end)
