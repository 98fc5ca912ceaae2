"""Wins told without being asked for, or to the open question what went well: every distinct thing done is one."""

from .polarity import answers_between, past_at
from .reading import Reading
from .report import Entry, Part, Story, attached, entries_of, parts_of
from .text import WORD


def told(story: Story) -> list[Entry]:
    """To the open question: a win for every clause that tells of a thing done, and the goals said to be missed."""
    entries: list[Entry] = []
    for part in attached(parts_of(story)):
        entries += _of_part(story, part, open_question=True, more=bool(entries))
    return entries


def volunteered(story: Story) -> list[Entry]:
    """With nothing asked: the goals a text tells of as done or missed."""
    entries: list[Entry] = []
    for part in attached(parts_of(story)):
        if part.goals and not story.is_request(part) and not _is_of_another(story, part):
            entries += _of_part(story, part, open_question=False)
    return entries


def _is_of_another(story: Story, part: Part) -> bool:
    """Whether somebody else is the one who acts ("the dog ate it", "she read it on the plane")."""
    tokens, classes = story.reading.tokens, story.reading.lexicon.classes
    for place in range(*part.span):
        if past_at(story.reading, place) or tokens[place].word in classes["i"]:
            return False
        if tokens[place].word in classes["someone_else"] or tokens[place].word in classes["person"]:
            return not story.quantities
    return False


def _of_part(story: Story, part: Part, open_question: bool, more: bool = False) -> list[Entry]:
    if part.asked or part.status == "later":
        return []
    if part.goals:
        status = part.status or ("done" if part.quantities or open_question else None)
        if status == "missed" and not _is_surely_missed(story, part):
            status = "done"
        return entries_of(story, [part], part.goals[:1], status) if status else []
    if open_question and _tells_of_a_deed(story, part, more):
        return _outside(story, part)
    return []


def _is_surely_missed(story: Story, part: Part) -> bool:
    """Whether a goal's miss is said in so many words; a loose "no" is often part of what was done."""
    return any(
        cue.name in ("missed", "no", "none", "neg", "not_any") for cue in answers_between(story.reading, *part.span)
    )


def _outside(story: Story, part: Part) -> list[Entry]:
    days = [day for mention in part.days for day in mention.days] or [story.situation.local_time.date()]
    amount = next((one for one in part.quantities if one.unit is None and one.noun), None)
    value = amount.value if amount else None
    return [Entry(None, "done", day, value, None, part.first, part.end) for day in days]


def _tells_of_a_deed(story: Story, part: Part, more: bool) -> bool:
    """Whether the writer did a thing: a verb in the past that opens the stretch, or ends a short one ("boiler serviced")."""
    reading, classes = story.reading, story.reading.lexicon.classes
    words = [place for place in range(part.first, part.end) if reading.tokens[place].kind == WORD]
    said = [reading.tokens[place].word for place in words]
    if set(said) & classes["bad_deeds"] and any(
        cue.name in ("neg", "missed", "not_any") for cue in answers_between(reading, *part.span)
    ):
        return True
    telling = [place for place in words if reading.tokens[place].word not in classes["deed_filler"]]
    if part.status == "missed" or not telling or (more and set(said) & classes["colour_verbs"]):
        return False
    if past_at(reading, telling[0]):
        return not (more and set(said) & classes["pronouns"] and len(telling) <= 3)
    if {reading.tokens[place].word for place in words if place <= telling[0]} & classes["someone_else"]:
        return False
    if _is_thing_named(story, part, len(telling), more):
        return True
    return len(telling) <= 5 and any(_is_participle(reading, place) for place in telling[1:])


def _is_thing_named(story: Story, part: Part, words: int, more: bool) -> bool:
    """A thing named without a verb ("early night", "new record at parkrun") in a list, or called a first or a win."""
    names = ("thanks", "greeting", "ack", "ask", "request", "event", "later", "no", "none")
    if not 2 <= words <= 6 or any(
        part.first <= cue.first < part.end for name in names for cue in story.reading.cues.get(name, ())
    ):
        return False
    said = {token.word for token in story.reading.tokens[part.first : part.end]}
    classes = story.reading.lexicon.classes
    if said & classes["finite"]:
        return False
    return bool(said & classes["win_words"]) or (more and part.joined)


def _is_participle(reading: Reading, place: int) -> bool:
    return reading.tokens[place].word.endswith(tuple(reading.lexicon.classes["participles"])) and past_at(
        reading, place
    )
