"""The little pattern language of the language files, and an index that finds patterns by the word they begin with.

A pattern is a row of elements: `word`, `stem*` (any word beginning so), `this|that`, `<class>` (any word of a named
class), `_` (any one word), `..` (up to four words of the same sentence), `#` (a number); `?` after an element makes it
optional. A row that begins with `^` stands only where a clause begins: first of all, after a mark or an emoji, or after
one of the words of the class `openers`; a row that ends with `$` only where a clause ends, likewise.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .text import EMOJI, MARK, NUMBER, Token

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
    opening: frozenset[str] | None = None  # words a clause may begin with before it; None: it stands anywhere
    closing: frozenset[str] | None = None  # words the next clause may begin with after it; None: it ends anywhere

    def may_begin(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether the pattern may begin at a place, as far as what stands before it tells."""
        if self.opening is None or place == 0:
            return True
        before = tokens[place - 1]
        return before.kind in (MARK, EMOJI) or before.word in self.opening

    def may_end(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether the pattern may end before a place, as far as what stands there tells."""
        if self.closing is None or place == len(tokens):
            return True
        return tokens[place].kind in (MARK, EMOJI) or tokens[place].word in self.closing


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


def parse(
    name: str, written: str, classes: Mapping[str, Sequence[str]], known: dict[str, Element], weight: float = 1.0
) -> list[Pattern]:
    """The patterns one written pattern stands for: several when elements are optional; `known` are elements made."""
    parts = written.split()
    openers = frozenset(classes.get("openers", ())) if {parts[0], parts[-1]} & {"^", "$"} else None
    opening, closing = openers if parts[0] == "^" else None, openers if parts[-1] == "$" else None
    parts = [part for part in parts if part not in ("^", "$")] if openers is not None else parts
    if "?" not in written:
        return [Pattern(name, tuple([_element(part, classes, known) for part in parts]), weight, opening, closing)]
    rows: list[tuple[Element, ...]] = [()]
    for part in parts:
        optional = part.endswith("?") and len(part) > 1
        element = _element(part.rstrip("?") if optional else part, classes, known)
        rows = [(*row, element) for row in rows] + (rows if optional else [])
    once = {tuple(map(id, row)): row for row in rows if row}  # "a? a?" makes the row of one "a" twice
    return [Pattern(name, row, weight, opening, closing) for row in once.values()]


def _element(part: str, classes: Mapping[str, Sequence[str]], known: dict[str, Element]) -> Element:
    if part not in known:
        known[part] = _made(part, classes)
    return known[part]


def _made(part: str, classes: Mapping[str, Sequence[str]]) -> Element:
    if part.isalpha():
        return Element(frozenset((part,)))
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


class _Start(NamedTuple):
    """The patterns that may begin with a word: of one element, by the second word, by the one after a gap, others."""

    alone: tuple[Pattern, ...]
    by_second: Mapping[str, Sequence[Pattern]]
    after_gap: Mapping[str, Sequence[Pattern]]
    loose: tuple[Pattern, ...]


_KEPT = 20_000  # words whose patterns are remembered


class Index:
    """Patterns by the words they begin with, so that a text is looked through in one pass."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._by_word: dict[str, list[Pattern]] = defaultdict(list)
        self._by_stem: dict[str, list[Pattern]] = defaultdict(list)
        self._by_number: list[Pattern] = []
        self._known: dict[str, _Start] = {}
        self._known_numbers: dict[str, _Start] = {}
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

    def _look_up(self, token: Token) -> _Start:
        word = token.word
        found = list(self._by_word.get(word, ()))
        if token.kind == NUMBER:
            found += self._by_number
        for size in range(1, len(word) + 1):
            found += self._by_stem.get(word[:size], ())
        start = _sorted_out(found)
        # A superscript 1 is a word that folds to "1": words and numbers are remembered apart.
        known = self._known_numbers if token.kind == NUMBER else self._known
        if len(known) < _KEPT:
            known[word] = start
        return start

    def cues(self, tokens: Sequence[Token]) -> list[Cue]:
        """Every pattern found, in the order of the text."""
        found: list[Cue] = []
        known, numbers, size = self._known, self._known_numbers, len(tokens)
        for place, token in enumerate(tokens):
            start = (numbers if token.kind == NUMBER else known).get(token.word) or self._look_up(token)
            alone, by_second, after_gap, loose = start
            for pattern in alone:
                if pattern.may_begin(tokens, place) and pattern.may_end(tokens, place + 1):
                    found.append(Cue(pattern.name, place, place + 1, pattern.weight))
            if by_second and place + 1 < size:
                _try(by_second.get(tokens[place + 1].word, ()), tokens, place, found)
            if after_gap:
                _try(_within_reach(after_gap, tokens, place), tokens, place, found)
            if loose:
                _try(loose, tokens, place, found)
        return found


def _sorted_out(patterns: Iterable[Pattern]) -> _Start:
    alone, loose = list[Pattern](), list[Pattern]()
    by_second: dict[str, list[Pattern]] = {}
    after_gap: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        second, third = (*pattern.elements[1:3], None, None)[:2]
        if second is None:
            alone.append(pattern)
        elif _is_of_words(second):
            _file(by_second, second, pattern)
        elif second.gap and third is not None and _is_of_words(third):
            _file(after_gap, third, pattern)
        else:
            loose.append(pattern)
    return _Start(tuple(alone), by_second, after_gap, tuple(loose))


def _is_of_words(element: Element) -> bool:
    return bool(element.words) and not element.stems and not element.number


def _file(index: dict[str, list[Pattern]], element: Element, pattern: Pattern) -> None:
    for word in element.words:
        index.setdefault(word, []).append(pattern)


def _within_reach(index: Mapping[str, Sequence[Pattern]], tokens: Sequence[Token], place: int) -> Sequence[Pattern]:
    """The patterns whose word after the gap is near enough, each once."""
    found = [pattern for token in tokens[place + 1 : place + 2 + GAP] for pattern in index.get(token.word, ())]
    return list({id(pattern): pattern for pattern in found}.values()) if len(found) > 1 else found


def _try(patterns: Iterable[Pattern], tokens: Sequence[Token], place: int, found: list[Cue]) -> None:
    for pattern in patterns:
        end = _end(pattern.elements, 1, tokens, place + 1)
        if end and pattern.may_begin(tokens, place) and pattern.may_end(tokens, end):
            found.append(Cue(pattern.name, place, end, pattern.weight))
