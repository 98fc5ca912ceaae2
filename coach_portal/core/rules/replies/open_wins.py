"""Wins told without being asked for, or to the open question what went well: every distinct thing done is one."""

from .polarity import past_at
from .report import Entry, Part, Story, entries_of, parts_of
from .text import WORD


def told(story: Story) -> list[Entry]:
    """To the open question: a win for every clause that tells of a thing done, and the goals said to be missed."""
    entries: list[Entry] = []
    for part in parts_of(story):
        entries += _of_part(story, part, open_question=True)
    return entries


def volunteered(story: Story) -> list[Entry]:
    """With nothing asked: the goals a text tells of as done or missed."""
    entries: list[Entry] = []
    for part in parts_of(story):
        if part.goals:
            entries += _of_part(story, part, open_question=False)
    return entries


def _of_part(story: Story, part: Part, open_question: bool) -> list[Entry]:
    if part.asked or part.status == "later":
        return []
    if part.goals:
        status = part.status or ("done" if part.quantities or open_question else None)
        return entries_of(story, [part], part.goals[:1], status) if status else []
    if open_question and _tells_of_a_deed(story, part):
        return _outside(story, part)
    return []


def _outside(story: Story, part: Part) -> list[Entry]:
    days = [day for mention in part.days for day in mention.days] or [story.situation.local_time.date()]
    amount = next((one for one in part.quantities if one.unit is None and one.noun), None)
    value = amount.value if amount else None
    return [Entry(None, "done", day, value, None, part.first, part.end) for day in days]


def _tells_of_a_deed(story: Story, part: Part) -> bool:
    """Whether the stretch says that the writer did a thing: a verb in the past near its beginning, nobody else before it."""
    reading = story.reading
    seen = 0
    for place in range(part.first, part.end):
        token = reading.tokens[place]
        if token.kind != WORD:
            continue
        if token.word in reading.lexicon.classes["someone_else"]:
            return False
        if past_at(reading, place):
            return part.status != "missed" or reading.lexicon.value("numbers", token.word) is not None
        seen += token.word not in reading.lexicon.classes["deed_filler"]
        if seen > 2:
            return False
    return False
