"""One goal asked: everything the text says is about it, unless it plainly turns to another."""

from collections.abc import Sequence

from .amounts import Quantity
from .beside import other_deeds, with_other_days
from .corrections import alike
from .part import Part
from .parts import timed
from .patterns import Cue
from .polarity import Status, answers_between, status_of
from .report import Entry, Story, days_in, entries_of
from .spans import between

_STANDING = frozenset(("yes", "done", "later", "ask_later"))
_KEPT = _STANDING | {"resist", "not_any", "untouched"}
_DENIALS = frozenset(("no", "none", "missed", "neg", "not_any", "undone", "untouched"))
_LEADS = frozenset(("yes", "no", "did", "done"))
_PLAIN = frozenset(("yes", "no", "done", "missed", "not_any"))


def resolve_single(story: Story, parts: Sequence[Part], status: Status | None = None) -> list[Entry]:
    """The entries of a text that answers for one goal; `status` is given when the text alone did not tell."""
    goal = next(iter(story.situation.asked), 0)
    if [token.word for token in story.reading.tokens] == ["1"] and story.matcher.goals[goal].amount is None:
        return [Entry(goal, "done", story.today(), end=1)]
    with_other_days(story, parts)
    deeds = other_deeds(story, parts, goal)
    entries = [entry for _, found in deeds for entry in found]
    parts = [part for part in parts if not any(part is one for one, _ in deeds)]
    mine = [part for part in parts if not _is_anothers(story, part, goal)]
    for part in mine:
        _keep_what_tells(story, part, goal, is_first=part is mine[0])
    others = [part for part in parts if not any(part is one for one in mine)]
    entries += [entry for part in others for entry in _of_another(story, part)]
    told = [entry for group in _by_day(mine) for entry in _of_group(story, group, goal, status)]
    return [*_todays(story, told), *entries]


def _keep_what_tells(story: Story, part: Part, goal: int, is_first: bool) -> None:
    """Leaves out the days and numbers of a part that is about something else."""
    answers = {cue.name for cue in answers_between(story.reading, *part.span)}
    near = is_first or goal in part.goals or story.is_short(part)
    if part.asked or story.is_request(part) or _is_news(story, part) or not (near or answers & _PLAIN):
        part.days = []
    wondered = part.asked and (
        story.reading.has("ask", "question_word") or not story.is_short(part, 2)
    )  # "maybe 8 minutes?" tells
    if wondered or story.is_request(part) or _is_news(story, part):
        part.quantities = []
    unit = story.matcher.goals[goal].unit
    added = part.first > 0 and story.reading.tokens[part.first - 1].word in story.reading.lexicon.classes["plus"]
    part.quantities = [one for one in part.quantities if near or added or (unit and alike(one.unit, unit))]


def _is_news(story: Story, part: Part) -> bool:
    """Whether a part tells the coach of an illness or an event: its days and numbers are not the goal's."""
    return any(between(story.reading.cues.get(name, ()), *part.span) for name in ("event", "grave"))


def _is_anothers(story: Story, part: Part, goal: int) -> bool:
    """Whether a part is plainly about a goal that was not asked about."""
    if goal in part.goals or not part.goals or part.asked:
        return False
    return max(story.worth_between(one, part.first, part.end) for one in part.goals) >= 1.0


def _of_another(story: Story, part: Part) -> list[Entry]:
    return entries_of(story, [part], part.goals[:1], part.status) if part.status in ("done", "missed") else []


def _by_day(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts, put together until one turns to another day."""
    if len(days_in(parts)) < 2:
        return [list(parts)] if parts else []
    groups: list[list[Part]] = []
    for part in parts:
        if not groups or (part.days and groups[-1][-1].days is not part.days and _has_day(groups[-1])):
            groups.append([])
        groups[-1].append(part)
    return _lend_answers(groups)


def _has_day(group: Sequence[Part]) -> bool:
    return any(part.days for part in group)


def _lend_answers(groups: list[list[Part]]) -> list[list[Part]]:
    """A day named alone has the answer and the goal of its neighbour: "Saturday and Sunday both in the bag"."""
    for place, group in enumerate(groups):
        if any(part.status or part.quantities for part in group):
            continue
        after = groups[place + 1] if place + 1 < len(groups) else None
        if place and not (after and after[0].joined):
            group[0].status = groups[place - 1][0].status
        elif after:
            group[0].status = next((part.status for part in after if part.status), None)
    return groups


def _of_group(story: Story, group: Sequence[Part], goal: int, given: Status | None) -> list[Entry]:
    spans = [part.span for part in group if not (part.asked or part.reason)] or [part.span for part in group]
    status = (
        _given_up(story, group)
        or _within(story, group, goal)
        or _led(story, group, goal)
        or _measured(story, group, goal)
        or timed(story, [part.span for part in group], goal)
        or status_of(story.reading, spans, story.abstains([goal]))
    )
    status = status or next((one.status for one in group if one.status), None)
    if given and (status is None or not _has_answer(story, spans)):
        status = given
    if status is None and (_is_amount_told(story, group, goal) or _is_day_alone(story, group)):
        status = "done"
    return entries_of(story, group, [goal], status) if status else []


def _given_up(story: Story, group: Sequence[Part]) -> Status | None:
    """Something else done in the goal's place, and nowhere a plain yes: "straight to voicemail"."""
    shown = [part.pictured for part in group if part.pictured]
    names = {cue.name for part in group for cue in _unpictured(story, part)}
    if shown:
        return _shown(story, group)
    instead = any(part.replaced for part in group) and not names & (
        _KEPT if story.abstains(story.situation.asked) else _STANDING
    )
    counted = any(part.quantities for part in group) and not story.abstains(story.situation.asked)
    return "missed" if instead and not counted else None


def _unpictured(story: Story, part: Part) -> list[Cue]:
    """The answers of a part that stand outside what it pictures."""
    cues, shown = answers_between(story.reading, *part.span), part.pictured
    return [cue for cue in cues if shown is None or cue.end <= shown.first or shown.end <= cue.first]


def _shown(story: Story, group: Sequence[Part]) -> Status | None:
    """What the pictures of a group tell, unless it says otherwise in so many words elsewhere."""
    told = {part.pictured.status for part in group if part.pictured}
    if len(told) > 1:
        return None
    status = next(iter(told))
    names = {cue.name for part in group for cue in _unpictured(story, part)}
    kept = _KEPT | {"neg", "no", "undone"} if story.abstains(story.situation.asked) else _STANDING
    against = _DENIALS | {"later", "ask_later"} if status == "done" else kept
    aims = [story.matcher.goals[part.pictured.goal] for part in group if part.pictured]
    counts = status == "missed" and any(aim.kind == "do" and aim.amount is not None for aim in aims)
    counted = counts and any(part.quantities for part in group)
    return None if names & against or counted else status


def _within(story: Story, group: Sequence[Part], goal: int) -> Status | None:
    """How many it was decides on a limit, and none at all keeps it: "stuck at two" to "at most 2 coffees"."""
    names = {cue.name for part in group for cue in answers_between(story.reading, *part.span)}
    aim = story.matcher.goals[goal]
    if aim.kind != "limit":
        return None
    counted = [one for part in group for one in part.quantities if one.unit in (None, aim.unit) and one.value > 0]
    if counted and aim.amount is not None and not names & {"later", "ask_later", "gave_in"}:
        return "done"  # entries beyond the limit are turned into misses
    return "done" if names & {"not_any", "none"} and not names & {"no", "missed", "gave_in"} else None


def _is_day_alone(story: Story, group: Sequence[Part]) -> bool:
    """Whether nothing but days is said: "yesterday and today"."""
    return any(part.days for part in group) and all(story.is_short(part, 0) for part in group)


def _is_amount_told(story: Story, group: Sequence[Part], goal: int) -> bool:
    """Whether an amount that stands alone or in the goal's own unit answers by itself."""
    unit = story.matcher.goals[goal].unit
    return not story.abstains([goal]) and any(
        story.is_short(part) or goal in part.goals or (unit and alike(one.unit, unit))
        for part in group
        for one in part.quantities
    )


def _led(story: Story, group: Sequence[Part], goal: int) -> Status | None:
    """A plain yes or no that opens the answer holds, whatever else is told, unless it is taken back."""
    lead = group[0]
    names = {cue.name for cue in answers_between(story.reading, *lead.span)}
    if story.abstains([goal]):
        return "done" if any(story.denies(part) for part in group) else None
    if not names or names - _LEADS or not story.is_short(lead, 0) or lead.quantities or len(group) < 2:
        return None
    rest = group[1:]
    turned = any(part.quantities for part in rest) or any(
        goal in part.goals or story.is_short(part, 0) for part in rest if part.status
    )
    back = any(cue.name == "correction" for part in rest for cue in answers_between(story.reading, *part.span))
    return None if turned or back else lead.status


def _measured(story: Story, group: Sequence[Part], goal: int) -> Status | None:
    """An amount in the goal's own unit was done, whatever follows ("5 pages then fell asleep")."""
    unit = story.matcher.goals[goal].unit
    if story.abstains([goal]):
        return None
    told = any(
        one.value > 0
        and (
            _told_first(story, part, one, goal)
            or (part.status != "missed" and ((unit and alike(one.unit, unit)) or _opens(story, part, group, goal)))
        )
        for part in group
        for one in part.quantities
    )
    return "done" if told else None


def _told_first(story: Story, part: Part, amount: Quantity, goal: int) -> bool:
    """Whether an amount of the goal is told before anything is denied: "a dozen before my hip said enough"."""
    denied = [cue.first for cue in answers_between(story.reading, *part.span) if cue.name in _DENIALS]
    aim, after = story.matcher.goals[goal], story.reading.lexicon.classes["subordinate"]
    alone = amount.unit is None and amount.noun in after and aim.amount is not None
    same = bool(amount.unit and aim.unit and alike(amount.unit, aim.unit))
    return (alone or same) and bool(denied) and denied[0] >= amount.end + 2


def _opens(story: Story, part: Part, group: Sequence[Part], goal: int) -> bool:
    """Whether a part with an amount opens the answer, alone or with the goal: "6 flights, the lift was broken"."""
    counts = all(one.unit is None for one in part.quantities)
    acted = counts and status_of(story.reading, [part.span]) == "done"
    told = goal in part.goals or story.is_short(part, 1) or acted
    return part is group[0] and len(group) > 1 and told


def _has_answer(story: Story, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= cue.first < end for cue in story.reading.answers for first, end in spans)


def _todays(story: Story, told: list[Entry]) -> list[Entry]:
    """A miss is about today: one on another day counts for today only when nothing else is told."""
    today = story.today()
    kept = [entry for entry in told if entry.status == "done" or entry.on == today]
    if kept or not told:
        return kept
    return [Entry(one.goal, one.status, today, None, None, one.first, one.end) for one in told[:1]]
