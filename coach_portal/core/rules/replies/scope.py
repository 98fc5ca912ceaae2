"""Step 5, scope: which goals "both", "the rest", "all but the walk", "1 and 3" and a row of answers speak of."""

from collections.abc import Sequence

from .patterns import Cue
from .polarity import Status
from .report import Entry, Part, Story, entries_of, lends_to_next
from .text import EMOJI, MARK, NUMBER, WORD

_SHORT = {"yes": "done", "done": "done", "no": "missed", "missed": "missed"}


def answer_row(story: Story) -> list[Entry] | None:
    """A row of answers, one for each goal asked: "Y N Y", "yes yes no", "tick, tick, cross"."""
    reading, asked = story.reading, story.situation.asked
    row = [cue for cue in reading.answers if cue.name in _SHORT]
    covered = {place for cue in row for place in range(cue.first, cue.end)}
    loose = [
        token
        for place, token in enumerate(reading.tokens)
        if place not in covered
        and token.kind in (WORD, NUMBER, EMOJI)
        and token.word not in reading.lexicon.classes["row_filler"]
    ]
    if len(row) != len(asked) or len(asked) < 2 or loose:
        return None
    today = story.situation.local_time.date()
    return [
        Entry(goal, _as_status(_SHORT[cue.name]), today, None, None, cue.first, cue.end)
        for goal, cue in zip(asked, row, strict=True)
    ]


def _as_status(name: str) -> Status:
    return "done" if name == "done" else "missed"


def picked_goals(story: Story, first: int, end: int) -> list[int]:
    """Goals picked by their place: "1 and 3", "the first two", "number 3", "the middle one"."""
    tokens, lexicon = story.reading.tokens, story.reading.lexicon
    asked, count = story.situation.asked, len(story.matcher.goals)
    found: list[int] = []
    for place in range(first, min(end, len(tokens))):
        token = tokens[place]
        ordinal = lexicon.value("ordinals", token.word)
        if ordinal is not None and len(asked) > 1 and not _dates_something(story, place):
            found += _by_ordinal(story, int(ordinal), place)
        elif token.kind == NUMBER and token.word.isdigit() and 1 <= int(token.word) <= count and _is_pick(story, place):
            found.append(int(token.word) - 1)
    return list(dict.fromkeys(found))


def _dates_something(story: Story, place: int) -> bool:
    """Whether "first" belongs to a noun of its own ("first thing", "last night")."""
    tokens = story.reading.tokens
    after = tokens[place + 1].word if place + 1 < len(tokens) else ""
    return after in story.reading.lexicon.classes["ordinal_noun"] or any(
        day.first <= place < day.end for day in story.days
    )


def _by_ordinal(story: Story, ordinal: int, place: int) -> list[int]:
    asked, tokens = list(story.situation.asked), story.reading.tokens
    around = [tokens[at].word for at in (place - 1, place + 1) if 0 <= at < len(tokens)]
    numbers = [value for word in around if (value := story.reading.lexicon.value("numbers", word))]
    many = int(float(numbers[0])) if numbers and 2 <= float(numbers[0]) <= len(asked) else 1
    if ordinal == 0:
        return asked[1:-1] if len(asked) > 2 else []
    if ordinal < 0:
        return asked[-many:]
    if many > 1:
        return asked[:many]
    return [asked[ordinal - 1]] if ordinal <= len(asked) else []


def _is_pick(story: Story, place: int) -> bool:
    """Whether a number stands for a goal's place in the list rather than for an amount."""
    if len(story.situation.asked) < 2:
        return False
    tokens = story.reading.tokens
    after = next(
        (token for token in tokens[place + 1 :] if token.word not in ("and", "y", "&", ",", "e", "+", "n")), None
    )
    if after is None or after.kind in (EMOJI, NUMBER, MARK):
        return True
    lexicon = story.reading.lexicon
    return any(cue.first <= tokens.index(after) < cue.end for cue in story.reading.answers) and not lexicon.value(
        "units", after.word
    )


class Resolver:
    """Gives every goal asked its part of the answer."""

    def __init__(self, story: Story, parts: Sequence[Part]) -> None:
        self.story = story
        self.parts = list(parts)
        self.entries: list[Entry] = []
        self.named: set[int] = set()
        self.targets = list(story.situation.asked) or list(range(len(story.matcher.goals)))

    def resolve(self) -> list[Entry]:
        """The entries of all parts."""
        self._name_goals()
        self._borrow()
        for place, part in enumerate(self.parts):
            if part.goals:
                self._tell(part, part.goals, part.status)
            else:
                self._scope(place, part)
        self._leftover()
        return self.entries

    def _tell(self, part: Part, goals: Sequence[int], status: Status | None) -> None:
        if status is not None and goals:
            self.entries += entries_of(self.story, part, goals, status)
            self.named.update(goals)

    def _name_goals(self) -> None:
        for part in self.parts:
            if not part.goals or part.goals == [*range(len(self.story.matcher.goals))]:
                picked = picked_goals(self.story, part.first, part.end)
                if picked:
                    part.goals = picked
                    part.quantities = []

    def _borrow(self) -> None:
        """Gives a part that names a goal and no more the answer of its neighbour."""
        for place, part in enumerate(self.parts):
            if not part.goals or part.status is not None:
                continue
            after = self.parts[place + 1] if place + 1 < len(self.parts) else None
            before = self.parts[place - 1] if place else None
            if after is not None and lends_to_next(self.story, part, after) and not self._has_scope(after):
                part.status, after.status = after.status, None
            elif before is not None and before.status in ("done", "missed") and part.joined:
                part.status = before.status
            elif part.joined and after is not None and after.goals and after.status:
                part.status = after.status
            else:
                part.status = self._unsaid(part)

    def _unsaid(self, part: Part) -> Status | None:
        if part.asked and not part.quantities:
            return None
        nxt = next((one for one in self.parts if one.first >= part.end and one.goals and one.status), None)
        if nxt is not None and nxt.joined:
            return nxt.status
        return "done"

    def _has_scope(self, part: Part) -> bool:
        names = {cue.name for cue in self._answers(part)}
        return bool(names & {"both", "all", "none", "others"})

    def _answers(self, part: Part) -> list[Cue]:
        return [cue for cue in self.story.reading.answers if part.first <= cue.first < part.end]

    def _scope(self, place: int, part: Part) -> None:
        names = [cue.name for cue in self._answers(part)]
        if "except" in names:
            self._all_but(place, part, names)
        elif "others" in names and part.status:
            self._others(part)
        elif ("both" in names or "all" in names or "none" in names) and len(self.targets) > 0:
            status: Status = "missed" if "none" in names or part.status == "missed" else part.status or "done"
            self._tell(part, self.targets if "none" not in names or not self.named else self._unnamed(), status)
            part.status = None

    def _unnamed(self) -> list[int]:
        later = {goal for part in self.parts for goal in part.goals}
        return [goal for goal in self.targets if goal not in self.named | later]

    def _others(self, part: Part) -> None:
        self._tell(part, self._unnamed(), part.status)
        part.status = None

    def _all_but(self, place: int, part: Part, names: Sequence[str]) -> None:
        """ "All but the walk": the exception has the opposite answer."""
        exempt = [goal for one in self.parts[place + 1 : place + 3] for goal in one.goals] or picked_goals(
            self.story, part.first, part.end
        )
        status: Status = "missed" if "none" in names or "no" in names else "done"
        other: Status = "done" if status == "missed" else "missed"
        if exempt:
            self._tell(part, [goal for goal in self.targets if goal not in exempt], status)
            for one in self.parts[place + 1 : place + 3]:
                if one.goals and one.status is None:
                    one.status = other
            part.status = None

    def _leftover(self) -> None:
        """An answer that names no goal is about those asked that no other part spoke of."""
        for place, part in enumerate(self.parts):
            if part.goals or part.status is None or part.asked:
                continue
            remaining = [goal for goal in self.story.situation.asked if goal not in self.named]
            if not remaining:
                return
            if not self.named or len(self.targets) == 1 or place == 0:
                self._tell(part, remaining, part.status)
