"""Step 5, scope: which goals "both", "the rest", "all but the walk" and answers that name no goal speak of."""

from collections.abc import Sequence

from .amounts import number_of
from .belonging import attached, fitted, lends_to_next
from .beside import without_added_days
from .part import Part
from .patterns import Cue
from .picks import is_share
from .polarity import Status, answers_between, is_fragment, past_at, status_of
from .report import Entry, Story, entries_of
from .spans import between
from .text import NUMBER

_SCOPES = frozenset(("both", "all", "none", "others", "except", "none_but"))
_OPPOSITE: dict[Status, Status] = {"done": "missed", "missed": "done", "later": "done"}


def _share_day(story: Story, parts: Sequence[Part]) -> None:
    """The day that ends a bare list of places ("1, 2 and 4 for yesterday") is the day of all of them."""
    several = len(parts) > 1 and parts[-1].days and not any(part.days for part in parts[:-1])
    if several and all(part.goals and story.is_short(part, 0) for part in parts):
        for part in parts[:-1]:
            part.days = parts[-1].days


class Resolver:
    """Gives every goal asked its part of the answer, when several goals may be meant."""

    def __init__(self, story: Story, parts: Sequence[Part]) -> None:
        self.story = story
        parts, self.added = without_added_days(story, parts)
        fitted(story, parts)
        self.parts = attached(parts)
        _share_day(story, self.parts)
        self.entries: list[Entry] = []
        self.named: set[int] = set()
        self.short = False  # as many goals are named as a share ("1/3") says were done
        self.asked = list(story.situation.asked)

    def resolve(self) -> list[Entry]:
        """The entries of all parts."""
        self._casualties()
        self._borrow()
        for place, part in enumerate(self.parts):
            if not self._scope(place, part):
                self._tell(part, part.goals, part.status)
        self._leftover()
        self._some_of()
        self._days_alone()
        done = [one for one in self.entries if one.status == "done"]
        return [
            *self.entries,
            *(one._replace(on=day, amount=None, day_said=True) for day in self.added for one in done),
        ]

    def _tell(self, part: Part, goals: Sequence[int], status: Status | None) -> None:
        if status is not None and goals:
            self.entries += entries_of(self.story, [part], goals, status)
            self.named.update(goals)

    def _borrow(self) -> None:
        """Gives a part that names a goal and no more the answer of its neighbour."""
        for place, part in enumerate(self.parts):
            if part.scoped and part.status is None and not part.goals:
                self._answered_next(part, self.parts[place + 1 : place + 2])
            if part.goals and not (part.status is not None and self._cues(part)):
                after = self.parts[place + 1] if place + 1 < len(self.parts) else None
                counted = bool(part.quantities) and part.status != "missed"  # "did 10, but my knee gave up"
                if after is None or counted or not self._lend(part, after):
                    part.status = part.status or self._unsaid(part, self.parts[place - 1] if place else None, after)

    def _answered_next(self, part: Part, following: Sequence[Part]) -> None:
        """Gives "the other two" the bare answer that follows it: "The other two, yes." """
        for after in following:
            if after.status and not after.goals and self.story.is_short(after, 0) and self.story.is_short(part, 0):
                part.status, after.status = after.status, None
                after.answered = True

    def _lend(self, part: Part, after: Part) -> bool:
        """Takes the answer of the part that follows, if it is one to this part: "Nap? No", "Spanish: none"."""
        if (
            (after.status or after.quantities)
            and after.goals == part.goals
            and is_fragment(self.story.reading, *part.span)
        ):
            part.goals = []
            return True
        scope = self._scope_names(after) - ({"none"} if self.story.is_short(after, 0) else set())
        if scope or not lends_to_next(self.story, part, after):
            return False
        if part.joined and not self.story.is_short(after, 0):
            return False
        denied = status_of(self.story.reading, [after.span], abstains=True) if self.story.abstains(part.goals) else None
        part.status, after.status = denied or after.status, None
        part.quantities = part.quantities or after.quantities
        after.answered = True
        return True

    def _unsaid(self, part: Part, before: Part | None, after: Part | None) -> Status | None:
        """What a goal named without an answer of its own comes to."""
        if part.quantities:
            return "done"
        if before is not None and before.status in ("done", "missed") and part.joined:
            return before.status
        if after is not None and after.joined and after.goals and after.status:
            return after.status
        return None if part.asked or self._is_ahead(part) else "done"

    def _is_ahead(self, part: Part) -> bool:
        """Whether a goal is named with "tomorrow" and no more."""
        return any(part.first <= cue.first < part.end for cue in self.story.reading.cues.get("tomorrow", ()))

    def _cues(self, part: Part) -> Sequence[Cue]:
        return answers_between(self.story.reading, part.first, part.end)

    def _scope_names(self, part: Part) -> set[str]:
        return {cue.name for cue in self._cues(part)} & _SCOPES

    def _scope(self, place: int, part: Part) -> bool:
        """Handles a part that speaks of many goals at once; says whether it did."""
        names = set() if part.answered else self._scope_names(part)
        if names & {"except", "none_but"}:
            return self._all_but(place, part)
        if part.goals and part.status == "missed" and any(cue.name == "only" for cue in self._cues(part)):
            self._tell(part, part.goals, "missed")
            self._tell(part, self._unnamed(), "done")
            return True
        if part.goals and self._is_only(part):
            self._tell(part, part.goals, part.status or "done")
            self._tell(part, self._unnamed(), "missed")
            return True
        if part.asked or (part.goals and not self._is_included(part)):
            return False
        names = names if self._is_bare(part) else names & {"others"}
        if part.quantities:
            names = names - {"all", "both"}
        if "others" in names and part.status:
            self._tell(part, self._unnamed(), part.status)
            return True
        if names & {"both", "all"}:
            untold = [goal for goal in self.asked if goal not in self.named or part.days]
            self._tell(part, untold, part.status or "done")
        elif "none" in names:
            self._tell(part, self.asked if part.days else self._unnamed(), "missed")
        return bool(names)

    def _is_bare(self, part: Part) -> bool:
        """Whether a part says little beside its answer, or names the goals as such: "both the tasks"."""
        classes, tokens = self.story.reading.lexicon.classes, self.story.reading.tokens
        after = [at for cue in self._cues(part) for at in range(cue.end, min(cue.end + 2, part.end))]
        named = any(tokens[at].word in classes["goal_words"] for at in after)
        return named or self.story.is_short(part)

    def _is_included(self, part: Part) -> bool:
        """ "Everything including the starter" names a goal and means all."""
        return any(part.first <= cue.first < part.end for cue in self.story.reading.cues.get("including", ()))

    def _is_only(self, part: Part) -> bool:
        """ "Only the second one", "the latter only": the others were not done."""
        only = between(self.story.reading.cues.get("only", ()), *part.span)
        counted = [one for one in part.quantities if not any(cue.first <= one.first < cue.end for cue in only)]
        if counted or part.status == "missed":
            return False
        places = [one.first for one in between(self.story.mentions, *part.span) if one.goal in part.goals]
        return any(self._leads_to(cue.end, at) or self._trails(cue.first, at + 1) for cue in only for at in places)

    def _trails(self, place: int, end: int) -> bool:
        """Whether "only" comes after a goal, its "one" or "was": "second one only", "rest was the only one"."""
        ones = self.story.reading.lexicon.classes["counts"]
        between_them = ones | self.story.reading.lexicon.classes["finite"]
        return place == end or (place == end + 1 and self.story.reading.tokens[end].word in between_them)

    def _leads_to(self, first: int, place: int) -> bool:
        """Whether at most a verb and one more word stand between two tokens: "only managed the stretch"."""
        reading = self.story.reading
        small = reading.lexicon.classes["do"] | reading.lexicon.classes["i"] | reading.lexicon.classes["own"]
        said = [at for at in range(first, place) if reading.tokens[at].word not in small and not past_at(reading, at)]
        return first <= place and len(said) <= 1

    def _unnamed(self) -> list[int]:
        named = self.named | {goal for part in self.parts for goal in part.goals}
        return [goal for goal in self.asked if goal not in named]

    def _all_but(self, place: int, part: Part) -> bool:
        """ "All but the walk": the exception has the opposite answer."""
        cue = next(cue for cue in self._cues(part) if cue.name in ("except", "none_but"))
        inside = self.story.goals_between(cue.first + 1, part.end) or part.goals
        following = self.parts[place + 1 : place + 2] if not inside else []
        exempt = inside or [goal for one in following for goal in one.goals]
        rest = [goal for goal in self.asked if goal not in exempt]
        names = {cue.name for cue in self._cues(part)}
        status: Status = "missed" if names & {"none", "no", "none_but"} else "done"
        if not exempt or not rest:
            return False
        self._tell(part, rest, status)
        after = self.parts[place + 1] if place + 1 < len(self.parts) else None
        if status == "done" and after and after.quantities and not after.goals and after.status in (None, "done"):
            self._tell(after, exempt, "done")  # "all bar the steps, only managed 5000"
        else:
            self._tell(part, exempt, _OPPOSITE[status])
        for one in following:
            one.goals = []
            one.status = None
        for one in self.parts[place + 1 : place + 2]:
            one.answered = one.answered or (self._scope_names(one) <= {"all", "both"} and self.story.is_short(one, 0))
        return True

    def _leftover(self) -> None:
        """An answer that names no goal is about those asked that no other part spoke of."""
        for place, part in enumerate(self.parts):
            if part.goals or part.status is None or part.asked or self._scope_names(part) or not self._is_answer(part):
                continue
            remaining = [goal for goal in self.asked if goal not in self.named]
            if remaining and self.story.reading.has("some_of") and part.status == "missed":
                continue
            if len(remaining) > 1 and not self._cues(part) and not part.quantities:
                continue  # what merely happened ("sweated like a pig") answers for none of several
            if remaining and (not self.named or place == 0 or self._is_miss_of_it(part)):
                self._tell(part, remaining, part.status)

    def _casualties(self) -> None:
        """ "Two of three, the book got me again": a goal that makes up what is short of all was missed."""
        counted = self._counted()
        named = [part for part in self.parts if part.goals]
        goals = {goal for part in named for goal in part.goals}
        if counted is None or len(goals) != len(self.asked) - counted or len(goals) == counted:
            self.short = counted is not None and len(goals) == counted and all(one.status != "missed" for one in named)
            return
        for part in named:
            if part.status is None or not any(cue.name in ("yes", "done") for cue in self._cues(part)):
                part.status = "missed"

    def _counted(self) -> int | None:
        """How many of those asked the text says were done: "two out of three"."""
        for token in self.story.reading.tokens:
            if token.kind == NUMBER and is_share(token.word, len(self.asked)):
                return int(token.word.partition("/")[0])
        for cue in self.story.reading.cues.get("some_of", ()):
            said = [number_of(self.story.reading, at) for at in (cue.first, cue.end - 1)]
            if said[0] is not None and said[1] == len(self.asked):
                return said[0]
        return None

    def _some_of(self) -> None:
        """ "Two out of three, skipped the journal": the others were done."""
        rest = [goal for goal in self.asked if goal not in self.named]
        if self.short and {one.status for one in self.entries} == {"done"}:
            self._tell(Part(0, len(self.story.reading.tokens)), rest, "missed")
            return
        if (
            rest
            and self.named
            and (self._counted() is not None or self.story.reading.has("some_of"))
            and {one.status for one in self.entries} == {"missed"}
        ):
            whole = Part(0, len(self.story.reading.tokens))
            self.entries += entries_of(self.story, [whole], rest, "done")

    def _days_alone(self) -> None:
        """Nothing but days: "yesterday too" is of all that was asked."""
        if self.parts and not self.entries and all(part.days and self.story.is_short(part, 0) for part in self.parts):
            self.entries += entries_of(self.story, self.parts, self.asked, "done")

    def _is_answer(self, part: Part) -> bool:
        """Whether the part answers in so many words."""
        return self._is_bare(part) or any(
            cue.name in ("done", "missed", "later", "yes", "no") for cue in self._cues(part)
        )

    def _is_miss_of_it(self, part: Part) -> bool:
        told = {entry.status for entry in self.entries}
        return (
            part.status == "missed"
            and told == {"done"}
            and any(cue.name in ("missed", "no") for cue in self._cues(part))
        )
