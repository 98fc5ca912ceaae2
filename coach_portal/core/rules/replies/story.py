"""Puts the steps together that find things: clauses, goals, picks, amounts and days of one text."""

from .amounts import quantities
from .clauses import clauses_of
from .days import day_mentions
from .goals import matcher_of
from .inflected import is_said
from .picks import is_share, picks_of
from .reading import Reading
from .report import Story
from .understanding import Situation

# What says "not done", unless it is the very thing to be done: "closed" to "Close the laptop".
_TURNED = frozenset(("missed", "undone"))
# Answers that may stand beside an amount and be no part of it: "only one".
_LOOSE = frozenset(
    (
        "only",
        "did",
        "undone",
        "but",
        "correction",
        "gave_in",
        "resist",
        "later",
        "maybe_later",
        "neg",
        "contrast",
        "opening",
    )
)

_OF_MANY = frozenset(("all", "both"))  # to one goal asked, "all three" is how many of the thing


def story_of(reading: Reading, situation: Situation) -> Story:
    """All that is found in a text, before it is decided what it says."""
    reading = _without_own_words(reading, situation)
    matcher = matcher_of(situation.goals, situation.synonyms)
    clauses = clauses_of(reading)
    picks = picks_of(reading, situation, clauses)
    picked = {mention.first for mention in picks}
    mentions = sorted([*matcher.mentions(reading), *picks], key=lambda mention: mention.first)
    days = day_mentions(reading, situation.local_time)
    named = {mention.first for mention in mentions}
    scopes = [
        cue
        for cue in reading.answers
        if cue.name not in _LOOSE
        and not (cue.name == "all" and cue.end in named)
        and not (cue.name in _OF_MANY and len(situation.asked) == 1)
    ]
    spans = [*((day.first, day.end) for day in days), *((cue.first, cue.end) for cue in scopes)]
    taken = picked | {place for first, end in spans for place in range(first, end)}
    if len(situation.asked) > 1:
        shares = (at for at, token in enumerate(reading.tokens) if is_share(token.word, len(situation.asked)))
        taken |= set(shares)
    amounts = [one for one in quantities(reading) if one.first not in taken]
    return Story(reading, situation, matcher, clauses, mentions, amounts, days)


def _without_own_words(reading: Reading, situation: Situation) -> Reading:
    """The reading without the answers of a word or two that end with a word of a goal asked about."""
    own_doing = reading.lexicon.classes["i"]  # "me dormí"
    turned = [
        cue
        for cue in reading.answers
        if cue.name in _TURNED and cue.end - cue.first <= 1 + (reading.tokens[cue.first].word in own_doing)
    ]
    if not turned:
        return reading
    goals = matcher_of(situation.goals, situation.synonyms).goals
    words = [word for number in situation.asked for word in goals[number].words]
    endings = reading.lexicon.classes["inflections"]
    own = [
        cue
        for cue in turned
        if any(is_said(reading.tokens[cue.end - 1].word, word.word, word.stem, endings) for word in words)
    ]
    return reading._replace(answers=[cue for cue in reading.answers if cue not in own]) if own else reading
