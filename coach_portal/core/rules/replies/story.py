"""Puts the steps together that find things: clauses, goals, picks, amounts and days of one text."""

from .amounts import quantities
from .clauses import clauses_of
from .days import day_mentions
from .goals import Matcher
from .picks import picks_of
from .reading import Reading
from .report import Story
from .understanding import Situation


def story_of(reading: Reading, situation: Situation) -> Story:
    """All that is found in a text, before it is decided what it says."""
    matcher = Matcher(situation.goals)
    clauses = clauses_of(reading)
    picks = picks_of(reading, situation, clauses)
    picked = {mention.first for mention in picks}
    mentions = sorted([*matcher.mentions(reading), *picks], key=lambda mention: mention.first)
    days = day_mentions(reading, situation.local_time)
    taken = picked | {place for one in (*days, *reading.answers) for place in range(one.first, one.end)}
    amounts = [one for one in quantities(reading) if one.first not in taken]
    return Story(reading, situation, matcher, clauses, mentions, amounts, days)
