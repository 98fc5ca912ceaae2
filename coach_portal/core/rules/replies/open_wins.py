"""Wins told without being asked for, or to the open question what went well: every distinct thing done is one."""

from collections.abc import Sequence

from .amounts import MONEY, Quantity
from .belonging import attached
from .deeds import IDLE, NEGATIVE, tells_of_a_deed, words_of
from .language_file import HINT
from .part import Part
from .parts import parts_of
from .polarity import answers_between, past_at
from .report import Entry, Story, entries_of
from .text import EMOJI

_FACES = (
    (0x1F44A, 0x1F450),
    (0x1F493, 0x1F49F),
    (0x1F600, 0x1F64F),
    (0x1F910, 0x1F92F),
    (0x1F970, 0x1F97A),
    (0x2728, 0x2764),
)
_THING_NAMES = frozenset(("did", "all", "only", "resist", "undone", "maybe_later", "done", "yes"))
_OPENING = 3  # words among which the verb of a deed stands
_LONGEST_THING = 6  # words: what is longer tells rather than names


def told(story: Story) -> list[Entry]:
    """To the open question: a win for every clause that tells of a thing done, and the goals said to be missed."""
    if not story.reading.words():
        return _drawn(story)
    entries: list[Entry] = []
    parts = [part for part in attached(parts_of(story), strictly=True) if words_of(story, part)]
    _dated(story, parts)
    listing = _is_list(story, parts)
    before, seen = True, set[frozenset[str]]()
    for part in parts:
        if part.reason:
            continue
        named = _is_named_alone(story, part)
        found = _of_part(story, part, open_question=True, more=bool(entries))
        said = frozenset(story.reading.tokens[at].word for at in words_of(story, part))
        if found and found[0].goal is None and _is_said_again(story, said, seen):
            continue  # "I found a job. I FOUND A JOB."
        seen.add(said)
        # "Phone in my bag at lunch and dinner": the dinner is no thing of its own.
        if not found and listing and named and (before or not part.joined or len(words_of(story, part)) > 1):
            found = _outside(story, part)
        entries += found
        before = named
    return entries or _praised(story, parts) or _of_the_family(story, parts)


def _is_said_again(story: Story, said: frozenset[str], seen: set[frozenset[str]]) -> bool:
    """Whether a stretch says nothing that one before it did not: "I rested. Properly rested."""
    classes = story.reading.lexicon.classes
    more = said - classes["manner"] - classes["deed_filler"]
    return said in seen or bool(more and any(more <= before for before in seen))


def _is_list(story: Story, parts: Sequence[Part]) -> bool:
    """Whether things named may be wins: no verb tells, nothing is asked, and "nothing" is not said."""
    asking = any("?" in token.word for token in story.reading.tokens) or story.reading.has("ask", "none", "c:gratitude")
    return not asking and not any(_deeds_verb(story, part) for part in parts)


def _dated(story: Story, parts: Sequence[Part]) -> None:
    """A day that opens the list ("yesterday: gym, salad") is the day of all that follows until another is named."""
    if len(parts) > 1 and parts[0].days and not parts[0].goals and _is_only_a_day(story, parts[0]):
        for part in parts[1:]:
            if part.days:
                return
            part.days = parts[0].days


def _is_only_a_day(story: Story, part: Part) -> bool:
    """Whether a stretch names a day, and at most says what it was like: "yesterday was better"."""
    if part.end - part.first <= 2:
        return True
    return (
        story.reading.tokens[part.first + 1].word in story.reading.lexicon.classes["finite"]
        and part.end - part.first <= 5
    )


def _drawn(story: Story) -> list[Entry]:
    """Nothing but emoji: each that shows a thing is one win, faces, hearts and hands are none."""
    tokens, answers = story.reading.tokens, {cue.first for cue in story.reading.answers}
    idle = {cue.first for name in ("ack", "thanks") for cue in story.reading.cues.get(name, ())}
    things = [at for at, token in enumerate(tokens) if token.kind == EMOJI and at not in answers | idle]
    things = [at for at in things if not any(first <= ord(tokens[at].word[0]) <= last for first, last in _FACES)]
    entries: list[Entry] = []
    for at in things:
        goals = story.goals_between(at, at + 1)
        part = Part(at, at + 1, goals, "done")
        entries += entries_of(story, [part], goals[:1], "done") if goals else _outside(story, part)
    return entries


def _praised(story: Story, parts: Sequence[Part]) -> list[Entry]:
    """What others said of one's work, where nothing done is told: "my manager said it was the best"."""
    for cue in story.reading.cues.get("praised", ()) if not story.reading.has("none", "ask", "event") else ():
        for part in parts:
            if part.first <= cue.first < part.end and part.status != "missed":
                return _outside(story, Part(*part.span, days=part.days))
    return []


def _of_the_family(story: Story, parts: Sequence[Part]) -> list[Entry]:
    """What somebody dear did ("my son passed"), where nothing of one's own is told and "nothing" is not said."""
    reading, classes = story.reading, story.reading.lexicon.classes
    if reading.has("none", "event", "ask", "later", "ack") or any(cue.name in NEGATIVE for cue in reading.answers):
        return []
    for part in parts:
        places = words_of(story, part)
        dear = any(reading.tokens[at].word in classes["person"] for at in places[:3])
        pointing = places and reading.tokens[places[0]].word in classes["own"] | classes["person"]
        acted = any(past_at(reading, at) or reading.tokens[at].word in classes["others_past"] for at in places)
        if dear and pointing and acted:
            return _outside(story, Part(*part.span, days=part.days))
    return []


def _deeds_verb(story: Story, part: Part) -> bool:
    """Whether a verb in the past opens the stretch."""
    filler = story.reading.lexicon.classes["deed_filler"]
    telling = [at for at in words_of(story, part) if story.reading.tokens[at].word not in filler]
    return bool(telling) and past_at(story.reading, telling[0])


def _is_named_alone(story: Story, part: Part) -> bool:
    """Whether a stretch names a thing and no more: no verb, no answer, no talk ("clean kitchen", "dentist")."""
    reading, classes = story.reading, story.reading.lexicon.classes
    places = [at for at in words_of(story, part) if reading.tokens[at].word not in classes["deed_filler"]]
    said = {reading.tokens[at].word for at in places}
    names = {cue.name for cue in answers_between(reading, *part.span) if cue.name != "neg" or cue.first == part.first}
    idle = any(part.first <= cue.first < part.end for name in IDLE for cue in reading.cues.get(name, ()))
    if part.asked or idle or not 1 <= len(places) <= _LONGEST_THING or names - _THING_NAMES:
        return False
    talk = classes["finite"] | classes["i"] | classes["pronouns"] | classes["moods"] | classes["someone_else"]
    return not said & talk and (not any(past_at(reading, at) for at in places) or past_at(reading, places[-1]))


def volunteered(story: Story) -> list[Entry]:
    """With nothing asked: the goals a text tells of as done or missed."""
    entries: list[Entry] = []
    for part in attached(parts_of(story)):
        if part.goals and not story.is_request(part) and not _is_of_another(story, part):
            entries += _of_part(story, part, open_question=False)
    return entries or (_proudly(story) if story.reading.has("pride") else [])


def _proudly(story: Story) -> list[Entry]:
    """The first thing done that a text tells of with pride, though nothing was asked."""
    for part in parts_of(story):
        if not part.goals and not part.asked and tells_of_a_deed(story, part, more=False):
            return _outside(story, part)
    return []


def _is_of_another(story: Story, part: Part) -> bool:
    """Whether somebody else is the one who acts ("the dog ate it", "she read it on the plane")."""
    tokens, classes = story.reading.tokens, story.reading.lexicon.classes
    for place in range(*part.span):
        if past_at(story.reading, place) or tokens[place].word in classes["i"]:
            return False
        if tokens[place].word in classes["someone_else"] | classes["things_else"] | classes["person"]:
            return not story.quantities
    return False


def another_deed(story: Story, part: Part) -> list[Entry]:
    """The win that a stretch added to an answer is: it opens with a deed, of a kind that people set themselves."""
    reading, classes = story.reading, story.reading.lexicon.classes
    telling = [at for at in words_of(story, part) if reading.tokens[at].word not in classes["deed_filler"]]
    said = {reading.tokens[at].word for at in telling}
    if part.asked or part.goals or len(telling) < 2 or not past_at(reading, telling[0]):
        return []
    idle = any(part.first <= cue.first < part.end for name in IDLE for cue in reading.cues.get(name, ()))
    if idle or part.status == "missed" or said & (classes["pronouns"] | classes["colour_verbs"] | classes["at_rest"]):
        return []
    aims = (cue for name, cues in reading.cues.items() if name.startswith("c:") for cue in cues)
    if not any(cue.first in telling and cue.weight > HINT for cue in aims):
        return []
    return _outside(story, part) if tells_of_a_deed(story, part, more=True) else []


def _of_part(story: Story, part: Part, open_question: bool, more: bool = False) -> list[Entry]:
    if part.status == "later" and part.quantities and open_question and not _is_to_come(story, part):
        part.status = "done"  # "2 chapters before bed" to what went well
    if part.status == "later" and open_question and _deeds_verb(story, part) and not _is_promised(story, part):
        part.status = None  # "and later washed the car"
    if part.asked or part.status == "later":
        return []
    if open_question and part.goals and _is_other_dealing(story, part):
        return _outside(story, part)
    if part.goals:
        status = part.status or ("done" if part.quantities or open_question else None)
        if status == "missed" and not story.abstains(part.goals[:1]) and not _is_surely_missed(story, part):
            status = "done"
        return entries_of(story, [part], part.goals[:1], status) if status else []
    everything = any(cue.name in ("all", "both") for cue in answers_between(story.reading, *part.span))
    said = {token.word for token in story.reading.tokens[part.first : part.end]}
    of_goals = bool(said & story.reading.lexicon.classes["goal_words"]) or story.is_short(part, 0)
    if open_question and everything and not part.quantities and of_goals and part.status == "done":
        return entries_of(story, [part], range(len(story.matcher.goals)), "done")
    if open_question and tells_of_a_deed(story, part, more):
        return _outside(story, part)
    return []


def _is_other_dealing(story: Story, part: Part) -> bool:
    """Whether the thing a goal is about was dealt with in another way: "returned the library books" to "Read"."""
    reading, dealings = story.reading, story.reading.lexicon.classes["dealings"]
    own = {word.word for goal in part.goals for word in story.matcher.goals[goal].words}
    verbs = [reading.tokens[at].word for at in words_of(story, part)[:_OPENING]]
    bases = {reading.lexicon.value("base", verb) or verb for verb in verbs}
    return any(verb in dealings for verb in verbs) and not own & (bases | set(verbs))


def _is_promised(story: Story, part: Part) -> bool:
    """Whether "will" and the like is said."""
    future = story.reading.lexicon.classes["future"] - story.reading.lexicon.classes["then"]
    return any(story.reading.tokens[at].word in future for at in words_of(story, part))


def _is_to_come(story: Story, part: Part) -> bool:
    """Whether more than a part of the day says that it is still to come."""
    future = story.reading.lexicon.classes["future"]
    names = {cue.name for cue in answers_between(story.reading, *part.span)}
    return bool(names & {"later", "ask_later"}) or any(
        story.reading.tokens[at].word in future for at in words_of(story, part)
    )


def _is_surely_missed(story: Story, part: Part) -> bool:
    """Whether a goal's miss is said in so many words; a loose "no" is often part of what was done."""
    return any(
        cue.name in ("missed", "no", "none", "neg", "not_any") for cue in answers_between(story.reading, *part.span)
    )


def _outside(story: Story, part: Part) -> list[Entry]:
    said = [day for mention in part.days for day in mention.days]
    days = said or [story.situation.local_time.date()]
    amount = next(
        (
            one
            for one in part.quantities
            if (one.unit and one.unit != MONEY) or (one.noun and not _is_named(story, one))
        ),
        None,
    )
    value = amount.value if amount else None
    unit = amount and amount.unit
    return [Entry(None, "done", day, value, unit, part.first, part.end, bool(said)) for day in days]


def _is_named(story: Story, amount: Quantity) -> bool:
    """Whether the number is a name rather than an amount: "the 73 bus"."""
    before = story.reading.tokens[amount.first - 1].word if amount.first else ""
    return before in story.reading.lexicon.classes["naming"]
