"""What a text is made of once it is read: parts that say one thing each, and the entries they come to."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from .amounts import MONEY, Quantity, in_unit
from .clauses import Clause
from .corrections import alike, is_corrected, with_more
from .days import DayMention
from .goals import Matcher, Mention
from .part import Part
from .patterns import Cue
from .polarity import Status, answers_between
from .reading import Reading
from .spans import between
from .text import WORD
from .understanding import Situation

_HELD_OUT = frozenset(("yes", "done", "untouched", "resist", "neg", "no", "not_any", "none", "missed", "all", "both"))


class Entry(NamedTuple):
    """One goal (None: outside the goals), one day, done or missed or still to come."""

    goal: int | None
    status: Status
    on: date
    amount: float | None = None
    unit: str | None = None
    first: int = 0
    end: int = 0
    day_said: bool = False


class Story(NamedTuple):
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
        inside = between(self.mentions, first, end)
        if not inside:
            return []
        worths: dict[int, float] = {}
        for mention in inside:
            worths[mention.goal] = worths.get(mention.goal, 0.0) + mention.worth
        return [
            goal for goal, worth in worths.items() if worth >= self._least(goal) and _stands_out(goal, inside, worths)
        ]

    def _least(self, goal: int) -> float:
        if goal in self.situation.asked:
            return 0.3
        return 0.55 if self.situation.prompt == "check_in" else 0.7

    def worth_between(self, goal: int, first: int, end: int) -> float:
        """How surely a goal is spoken of between two tokens."""
        return sum(one.worth for one in between(self.mentions, first, end) if one.goal == goal)

    def abstains(self, goals: Sequence[int]) -> bool:
        """Whether these goals (those asked, if none) are all about leaving something alone."""
        goals = goals or self.situation.asked
        return bool(goals) and all(self.matcher.goals[goal].kind == "abstain" for goal in goals)

    def denies(self, part: "Part") -> bool:
        """ "No sugar", "didn't drink": a no to the very thing that was to be left alone, which is a win."""
        goals = part.goals or (list(self.situation.asked) if len(self.situation.asked) == 1 else [])
        if len(goals) != 1 or not self.abstains(goals):
            return False
        ends = [cue.end for cue in answers_between(self.reading, *part.span) if self._is_denial(cue)]
        places = [one.first for one in between(self.mentions, *part.span) if one.goal == goals[0]]
        small = self.reading.lexicon.classes["whole"]
        return any(
            end - 1 <= place <= end + 1
            or (end < place <= end + 4 and all(self.reading.tokens[at].word in small for at in range(end, place)))
            for end in ends
            for place in places
        )

    def indulges(self, part: "Part") -> bool:
        """ "Had crisps": the very thing that was to be left alone."""
        goals = part.goals or (list(self.situation.asked) if len(self.situation.asked) == 1 else [])
        if len(goals) != 1 or not self.abstains(goals):
            return False
        if self._counts_it(part):
            return True
        words = self.reading.lexicon.classes["indulged"]
        places = [one.first for one in between(self.mentions, *part.span) if one.goal == goals[0]]
        if any(one.value > 0 and 0 <= place - one.end <= 2 for one in part.quantities for place in places):
            return True
        return any(
            self.reading.tokens[at].word in words for place in places for at in range(max(part.first, place - 3), place)
        )

    def _counts_it(self, part: "Part") -> bool:
        """ "Two at the party": so many, of nothing else, and no word of holding out."""
        kept = any(cue.name in _HELD_OUT for cue in answers_between(self.reading, *part.span))
        counted = [one for one in part.quantities if one.value > 0 and one.unit is None]
        small = self.reading.lexicon.classes["small_words"]
        bare = [one for one in counted if one.noun is None or one.noun in small]
        return bool(bare) and not kept and self.is_short(part, 4)

    def _is_denial(self, cue: Cue) -> bool:
        first = self.reading.tokens[cue.first].word
        return cue.name in ("no", "neg", "not_any", "none", "untouched") or (
            cue.name in ("missed", "undone") and first in self.reading.lexicon.classes["not"]
        )

    def is_short(self, part: Part, most: int = 3) -> bool:
        """Whether a part says little beside its answer, so that it cannot be about something else."""
        covered = {place for cue in answers_between(self.reading, *part.span) for place in range(cue.first, cue.end)}
        covered |= {place for one in part.quantities for place in range(one.first, one.end)}
        covered |= {place for one in part.days for place in range(one.first, one.end)}
        filler = self.reading.lexicon.classes["filler"] | self.reading.lexicon.classes["row_filler"]
        tokens = self.reading.tokens
        said = [
            at
            for at in range(*part.span)
            if at not in covered and tokens[at].kind == WORD and tokens[at].word not in filler
        ]
        return len(said) <= most

    def is_request(self, part: Part) -> bool:
        """Whether a part asks the coach for something."""
        asking = (*self.reading.cues.get("ask", ()), *self.reading.cues.get("request", ()))
        return any(part.first <= cue.first < part.end for cue in asking)

    def today(self) -> date:
        """The day a text speaks of unless it says otherwise: past midnight, "before bed" is still yesterday."""
        now = self.situation.local_time
        late = now.hour < 4 and self.reading.has("before_midnight")
        return now.date() - timedelta(days=1) if late else now.date()


def _stands_out(goal: int, inside: Sequence[Mention], worths: dict[int, float]) -> bool:
    """Whether some place speaks for this goal at least as much as for any other."""
    for mention in inside:
        if mention.goal == goal:
            rivals = [one.goal for one in inside if one.first == mention.first and one.goal != goal]
            if not any(worths[rival] > worths[goal] for rival in rivals):
                return True
    return False


def entries_of(story: Story, parts: Sequence[Part], goals: Sequence[int], status: Status) -> list[Entry]:
    """What parts say together of these goals: an entry for each goal and day."""
    said = [day for part in parts for mention in part.days for day in mention.days]
    days = list(dict.fromkeys(said or [story.today()]))
    found = [one for part in parts for one in part.quantities]
    first, end = parts[0].first, parts[-1].end
    entries = []
    for place, goal in enumerate(goals):
        quantity = _quantity(story, found, goal, place, len(goals)) if status == "done" else None
        aim = story.matcher.goals[goal]
        target = aim.unit
        amount = in_unit(quantity, target) if quantity and not _repeats(story, quantity, target) else None
        if aim.kind == "abstain" or (aim.by is not None and aim.amount is None):
            amount = None  # "39 hours clean", "head down at 10.50": neither counts anything
        unit = (target or quantity.unit) if quantity else None
        told = _within_limit(story, goal, amount, status)
        if amount == 0:
            told, amount = status if story.abstains([goal]) else "missed", None
        entries += [
            Entry(goal, told, day, amount if told == "done" else None, unit, first, end, bool(said)) for day in days
        ]
    return entries


def _repeats(story: Story, quantity: Quantity, target: str | None) -> bool:
    """Whether it only says how often, of a goal that is measured otherwise: "twice round the lake" to 20 minutes."""
    often = story.reading.lexicon.classes["repeated"]
    said = {story.reading.tokens[quantity.first].word, quantity.noun}
    return target is not None and quantity.unit is None and bool(often & said)


def _within_limit(story: Story, goal: int, amount: float | None, status: Status) -> Status:
    """More than the most one allowed oneself is a miss."""
    aim = story.matcher.goals[goal]
    over = aim.kind == "limit" and amount is not None and aim.amount is not None and amount > aim.amount
    return "missed" if over else status


def _quantity(story: Story, found: Sequence[Quantity], goal: int, place: int, among: int) -> Quantity | None:
    """The quantity said of a goal: in its unit if one is, the corrected one if there was a slip of the tongue."""
    found = [one for one in found if one.unit != MONEY or story.matcher.goals[goal].unit == MONEY]
    if not found or among > len(found):
        return None
    if among > 1:
        return found[place]
    unit = story.matcher.goals[goal].unit
    same = [one for one in found if unit and alike(one.unit, unit)]
    fitting = same or [one for one in found if one.unit is None or unit is None] or list(found)
    later = [one for one in found if one.first > fitting[0].first and one.unit in (None, fitting[0].unit)]
    corrected = [one for one in later if is_corrected(story.reading, fitting[0].end, one.first)]
    if corrected:
        return corrected[-1]
    return with_more(story.reading, fitting[0], later)


def days_in(parts: Iterable[Part]) -> set[date]:
    """Every day the parts speak of."""
    return {day for part in parts for mention in part.days for day in mention.days}
