"""Step 6, goals: which of the client's goals a piece of text is about, by what people say rather than by titles."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from .amounts import MONEY, hour_minute
from .inflected import is_said, stem_of
from .language_file import Lexicon, language_names, lexicon
from .own_words import own_words
from .reading import Reading
from .text import NUMBER, WORD, Token, tokens_of

Kind = Literal["do", "abstain", "limit"]

WORD_WORTH = 1.2
ANCHOR_WORTH = 0.45
LEAST = 0.3
PICTURED = 0.5  # a picture of a goal speaks of it where it was asked about, not of itself
CENTRAL = 0.8  # a word further down a concept's list ("water" to swimming) does not make a title be about it


class TitleWord(NamedTuple):
    """A telling word of a title: `stem` is what its inflections begin with."""

    word: str
    stem: str
    worth: float


class Goal(NamedTuple):
    """What a goal's title says: its words, what it is about, how much and in which unit."""

    words: tuple[TitleWord, ...]
    concepts: Mapping[str, float]
    kind: Kind
    amount: float | None
    unit: str | None
    by: int | None = None  # the clock time it is due by, in minutes
    pictures: tuple[tuple[str, str], ...] = ()  # the cues of what shows it done, and of what shows it was not


class Mention(NamedTuple):
    """A goal spoken of at a place of the text, and how surely."""

    goal: int
    first: int
    end: int
    worth: float


@lru_cache(maxsize=4096)
def goal_of(title: str) -> Goal:
    """The goal a title names."""
    spoken = lexicon(tuple(sorted(language_names())))
    tokens = tokens_of(title)
    words = [token._replace(word=spoken.value("spelling", token.word) or token.word) for token in tokens]
    anchor = _anchor(words, spoken.classes["anchor"])
    amount, unit = _target(words, spoken)
    due = _due(words, spoken)
    concepts = _concepts(words, anchor, spoken)
    most = max(concepts.values(), default=0.0)
    shown = tuple((f"k:{name[2:]}", f"x:{name[2:]}") for name, worth in concepts.items() if worth == most)
    return Goal(_title_words(words, anchor, spoken), concepts, _kind(words, spoken), amount, unit, due, shown)


def _anchor(tokens: Sequence[Token], openers: frozenset[str]) -> int:
    """Where "after breakfast" or "before bed" begins: what follows says when, seldom what."""
    return next((place for place, token in enumerate(tokens) if place and token.word in openers), len(tokens))


def _title_words(tokens: Sequence[Token], anchor: int, spoken: Lexicon) -> tuple[TitleWord, ...]:
    dull = spoken.classes["dull"]
    return tuple(
        TitleWord(token.word, stem_of(token.word), WORD_WORTH if place < anchor else ANCHOR_WORTH)
        for place, token in enumerate(tokens)
        if token.kind == WORD and token.word not in dull and len(token.word) > 2
    )


def _concepts(tokens: Sequence[Token], anchor: int, spoken: Lexicon) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for cue in spoken.cues(tokens):
        if cue.name.startswith("c:") and cue.weight >= CENTRAL:
            worth = cue.weight * (1.0 if cue.first < anchor else ANCHOR_WORTH)
            found[cue.name] = max(found[cue.name], worth)
    return dict(found)


def _kind(tokens: Sequence[Token], spoken: Lexicon) -> Kind:
    names = {
        cue.name for cue in spoken.cues(tokens) if cue.name == "limit" or (cue.name == "abstain" and cue.first == 0)
    }
    if "limit" in names:
        return "limit"
    return "abstain" if names else "do"


def _target(tokens: Sequence[Token], spoken: Lexicon) -> tuple[float | None, str | None]:
    for place, token in enumerate(tokens):
        if token.kind == NUMBER:
            after = tokens[place + 1].word if place + 1 < len(tokens) else ""
            before = tokens[place - 1].word if place else ""
            if before in ("$", "£", "€"):
                return _value(token.word), MONEY
            if before not in spoken.classes["clock_word"]:
                return _value(token.word), spoken.value("units", after)
    return None, None


def _due(tokens: Sequence[Token], spoken: Lexicon) -> int | None:
    """The clock time of "in bed by 10:30", in minutes."""
    for place, token in enumerate(tokens):
        before = tokens[place - 1].word if place else ""
        after = tokens[place + 1].word if place + 1 < len(tokens) else ""
        if token.kind == NUMBER and before in spoken.classes["clock_word"] and spoken.value("units", after) is None:
            hour, minute = hour_minute(token.word)
            return None if hour is None else hour * 60 + minute
    return None


def _value(written: str) -> float | None:
    try:
        return float(written.replace(",", ""))
    except ValueError:
        return None


class Matcher:
    """The goals of one situation, ready to be found in its text."""

    def __init__(self, titles: Sequence[str], synonyms: Sequence[Sequence[str]] = ()) -> None:
        self.goals = [goal_of(title) for title in titles]
        shared: dict[str, int] = defaultdict(int)
        for goal in self.goals:
            for name in goal.concepts:
                shared[name] += 1
        self._concepts: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._words: dict[str, list[tuple[int, TitleWord]]] = defaultdict(list)
        for number, goal in enumerate(self.goals):
            for name, worth in goal.concepts.items():
                share = worth / shared[name] ** 0.5
                self._concepts[name].append((number, share))
                self._concepts[f"k:{name[2:]}"].append((number, share * PICTURED))
            for word in goal.words:
                self._words[word.word[0]].append((number, word))
        self._own = own_words(synonyms[: len(self.goals)])

    def mentions(self, reading: Reading) -> list[Mention]:
        """Where the text speaks of which goal, in the order of the text."""
        worths: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
        for name, pairs in self._concepts.items():
            for cue in reading.cues.get(name, ()):
                for number, worth in pairs:
                    _raise(worths[cue.first, cue.end], number, worth * cue.weight)
        endings = reading.lexicon.classes["inflections"]
        for place, token in enumerate(reading.tokens):
            if token.kind == WORD and len(token.word) > 1:
                self._by_words(token.word, worths, place, endings)
                base = reading.lexicon.value("base", token.word)
                if base:
                    self._by_words(base, worths, place, endings)
        for number, first, end in self._own.found_in(reading) if self._own else ():
            _raise(worths[first, end], number, WORD_WORTH)
        return _clearest(worths)

    def _by_words(
        self, said: str, worths: dict[tuple[int, int], dict[int, float]], place: int, endings: frozenset[str]
    ) -> None:
        for number, word in self._words.get(said[0], ()):
            if is_said(said, word.word, word.stem, endings):
                _raise(worths[place, place + 1], number, word.worth)


@lru_cache(maxsize=1024)
def matcher_of(titles: tuple[str, ...], synonyms: tuple[tuple[str, ...], ...] = ()) -> Matcher:
    """The goals of these titles and of the client's own words for them, ready to be found."""
    return Matcher(titles, synonyms)


def _raise(worths: dict[int, float], number: int, worth: float) -> None:
    if worth > worths.get(number, 0.0):
        worths[number] = worth


def _clearest(worths: Mapping[tuple[int, int], Mapping[int, float]]) -> list[Mention]:
    """At every place the goals that fit it best, left out where they hardly fit."""
    found = []
    for (first, end), numbers in worths.items():
        best = max(numbers.values())
        if best >= LEAST:
            found += [Mention(number, first, end, worth) for number, worth in numbers.items() if worth >= 0.8 * best]
    return sorted(found, key=lambda mention: (mention.first, mention.goal))
