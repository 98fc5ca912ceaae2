"""The little pattern language of the language files, and an index that finds patterns by the word they begin with.

A pattern is a row of elements: `word`, `stem*` (any word beginning so), `this|that`, `<class>` (any word of a named
class), `_` (any one word), `..` (up to four words of the same sentence), `#` (a number); `?` after an element makes it
optional.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .text import MARK, NUMBER, Token

GAP = 4
_SENTENCE_ENDS = frozenset(".!?\n;")


class Element(NamedTuple):
    """What one place of a pattern takes: exact words, words by their beginning, or (`gap`) a few words unsaid."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    gap: int = 0
    anything: bool = False
    number: bool = False

    def takes(self, token: Token) -> bool:
        """Whether the token may stand in this place."""
        word, kind = token.word, token.kind
        if kind == MARK:
            return word in self.words
        if word in self.words or (self.stems and word.startswith(self.stems)):
            return True
        return self.anything or (self.number and kind == NUMBER)


class Pattern(NamedTuple):
    """A named row of elements."""

    name: str
    elements: tuple[Element, ...]
    weight: float = 1.0

    def end_at(self, tokens: Sequence[Token], start: int) -> int:
        """Where the pattern ends when it begins at `start` (its first element is known to match), or 0."""
        rest = self.elements
        return start + 1 if len(rest) == 1 else _end(rest, 1, tokens, start + 1)


class Cue(NamedTuple):
    """A pattern found: its name and the tokens `first` up to but not including `end`."""

    name: str
    first: int
    end: int
    weight: float = 1.0


def _end(elements: tuple[Element, ...], place: int, tokens: Sequence[Token], at: int) -> int:
    while place < len(elements):
        element = elements[place]
        if element.gap:
            return _end_after_gap(elements, place, tokens, at)
        if at >= len(tokens) or not element.takes(tokens[at]):
            return 0
        place, at = place + 1, at + 1
    return at


def _end_after_gap(elements: tuple[Element, ...], place: int, tokens: Sequence[Token], at: int) -> int:
    for skipped in range(elements[place].gap + 1):
        found = _end(elements, place + 1, tokens, at + skipped)
        if found:
            return found
        if at + skipped >= len(tokens) or tokens[at + skipped].word[:1] in _SENTENCE_ENDS:
            return 0
    return 0


def parse(name: str, written: str, classes: Mapping[str, Sequence[str]], weight: float = 1.0) -> list[Pattern]:
    """The patterns one written pattern stands for: several when elements are optional."""
    rows: list[tuple[Element, ...]] = [()]
    for part in written.split():
        optional = part.endswith("?") and len(part) > 1
        element = _element(part.rstrip("?") if optional else part, classes)
        rows = [(*row, element) for row in rows] + (rows if optional else [])
    return [Pattern(name, row, weight) for row in rows if row]


def _element(part: str, classes: Mapping[str, Sequence[str]]) -> Element:
    if part == "..":
        return Element(gap=GAP)
    if part == "_":
        return Element(anything=True)
    words, stems, number = set[str](), list[str](), False
    for choice in part.split("|"):
        for word in classes[choice[1:-1]] if choice.startswith("<") else (choice,):
            if word == "#":
                number = True
                words.update(classes.get("#", ()))
            elif word.endswith("*") and len(word) > 1:
                stems.append(word[:-1])
            else:
                words.add(word)
    return Element(frozenset(words), tuple(stems), number=number)


class Index:
    """Patterns by the word they begin with, so that a text is looked through in one pass."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._by_word: dict[str, list[Pattern]] = defaultdict(list)
        self._by_stem: dict[str, list[Pattern]] = defaultdict(list)
        self._by_number: list[Pattern] = []
        self._known: dict[str, tuple[Pattern, ...]] = {}
        for pattern in patterns:
            self._add(pattern)

    def _add(self, pattern: Pattern) -> None:
        first = pattern.elements[0]
        for word in first.words:
            self._by_word[word].append(pattern)
        for stem in first.stems:
            self._by_stem[stem].append(pattern)
        if first.number:
            self._by_number.append(pattern)

    def starting_with(self, token: Token) -> tuple[Pattern, ...]:
        """The patterns that may begin with this token."""
        word = token.word
        known = self._known.get(word)
        if known is None:
            known = self._look_up(token)
            if len(self._known) < 20_000:
                self._known[word] = known
        return known

    def _look_up(self, token: Token) -> tuple[Pattern, ...]:
        word = token.word
        found = list(self._by_word.get(word, ()))
        if token.kind == NUMBER:
            found += self._by_number
        for size in range(1, len(word) + 1):
            found += self._by_stem.get(word[:size], ())
        return tuple(found)

    def cues(self, tokens: Sequence[Token]) -> list[Cue]:
        """Every pattern found, in the order of the text."""
        found = []
        for place, token in enumerate(tokens):
            for pattern in self.starting_with(token):
                end = pattern.end_at(tokens, place)
                if end:
                    found.append(Cue(pattern.name, place, end, pattern.weight))
        return found
