"""Reads the language files: everything about words lives there, one file per language, and nothing of it in code.

A file is a row of sections. `[cue NAME]` and `[concept NAME]` hold patterns separated by commas or line ends,
`[class NAME]` holds words, `[values NAME]` holds `word=value` pairs. Lines that begin with `;` are remarks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from os import listdir
from os.path import dirname, join
from typing import NamedTuple

from .patterns import Cue, Element, Index, Pattern, parse
from .text import Token

HINT = 0.35
_PICTURES = {"!": "x:", "+": "k:"}
_FOLDER = join(dirname(__file__), "language")


class Language(NamedTuple):
    """What one language file says."""

    name: str
    patterns: Index
    values: Mapping[str, Mapping[str, str]]
    classes: Mapping[str, tuple[str, ...]]
    words: frozenset[str]


class Lexicon(NamedTuple):
    """One or more languages read together, the first having the last word."""

    indexes: tuple[Index, ...]
    values: Mapping[str, Mapping[str, str]]
    classes: Mapping[str, frozenset[str]]

    def cues(self, tokens: Sequence[Token]) -> list[Cue]:
        """Every cue of these languages that the tokens hold."""
        return [cue for one in self.indexes for cue in one.cues(tokens)]

    def value(self, table: str, word: str) -> str | None:
        """What a word stands for in one of the tables."""
        return self.values.get(table, {}).get(word)


def sections(written: str) -> Iterator[tuple[str, str, str]]:
    """The sections of a language file: kind, name and body of each."""
    kind, name, body = "", "", list[str]()
    for line in written.splitlines():
        if line.startswith("["):
            yield kind, name, "\n".join(body)
            kind, _, name = line.strip(" []").partition(" ")
            body = []
        elif not line.startswith(";"):
            body.append(line)
    yield kind, name, "\n".join(body)


def _order(section: tuple[str, str, str]) -> int:
    """Classes and values come first, wherever they stand: patterns are built of them."""
    return ("class", "values").index(section[0]) if section[0] in ("class", "values") else 2


def entries(body: str) -> Iterator[str]:
    """The patterns of a section's body."""
    for line in body.splitlines():
        for entry in line.split(","):
            if entry.strip():
                yield entry.strip()


def read(name: str, written: str) -> Language:
    """A language file, parsed."""
    patterns: list[Pattern] = []
    known: dict[str, Element] = {}
    values: dict[str, dict[str, str]] = {}
    classes: dict[str, tuple[str, ...]] = {}
    for kind, title, body in sorted(sections(written), key=_order):
        if kind == "class":
            classes[title] = (*classes.get(title, ()), *_members(body, classes))
        elif kind == "values":
            pairs = (pair.partition("=") for pair in body.split())
            values.setdefault(title, {}).update({word: value.replace("_", " ") for word, _, value in pairs})
            if title == "numbers":
                classes["#"] = tuple(word for word in values[title] if word not in classes["articles"])
        elif kind == "cue":
            for entry in entries(body):
                patterns += parse(title, entry, classes, known)
        elif kind == "concept":
            patterns += _concept(title, body, classes, known)
    return Language(name, Index(patterns), values, classes, _words(patterns, classes))


def _words(patterns: Iterable[Pattern], classes: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Every word the file uses, by which a text is known to be in the language."""
    used = {word for pattern in patterns for element in pattern.elements for word in element.words}
    return frozenset(used.union(*classes.values()))


@lru_cache(maxsize=16)
def telling_words(name: str, own: str) -> frozenset[str]:
    """The words of a language that another one does not use."""
    return language(name).words - language(own).words


def _concept(
    title: str, body: str, classes: Mapping[str, tuple[str, ...]], known: dict[str, Element]
) -> Iterator[Pattern]:
    """The words of a concept, the nearest first; `~` after its name says that they only hint at it.

    `!` after its name holds what is done in its place, or to be seen where it was not done: a pizza ordered is no
    dinner cooked; `+` holds what is to be seen where it was: an empty sink.
    """
    if title[-1] in _PICTURES:
        for entry in map(_with_is, entries(body)):
            for pattern in parse(_PICTURES[title[-1]] + title[:-1], entry, classes, known):
                if len(pattern.elements) > 1 or " " not in entry:  # of a row, one word alone shows nothing
                    yield pattern
        return
    for rank, entry in enumerate(entries(body)):
        weight = HINT if title.endswith("~") else 1.0 if rank < 4 else 0.8 if rank < 10 else 0.6
        yield from parse(f"c:{title.rstrip('~')}", entry, classes, known, weight)


def _with_is(entry: str) -> str:
    """A picture whose thing may run into its "is": "kitchen <be>? mess" is of "the kitchen's a mess" as well."""
    first, gap, rest = entry.partition(" ")
    if not rest.startswith("<be>"):
        return entry
    things = first.split("|")
    return "|".join([*things, *(f"{one}s" for one in things if one.isalpha() and not one.endswith("s"))]) + gap + rest


def _members(body: str, classes: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for word in body.split():
        yield from classes[word[1:-1]] if word.startswith("<") else (word,)


@lru_cache(maxsize=1)
def language_names() -> tuple[str, ...]:
    """The languages there are files for."""
    return tuple(sorted(name[:-4] for name in listdir(_FOLDER) if name.endswith(".txt")))


def file_of(name: str) -> str:
    """What the file of the language of that name holds."""
    with open(join(_FOLDER, f"{name}.txt"), encoding="utf-8") as written:
        return written.read()


@lru_cache(maxsize=16)
def language(name: str) -> Language:
    """The language of that name."""
    return read(name, file_of(name))


@lru_cache(maxsize=16)
def lexicon(names: tuple[str, ...]) -> Lexicon:
    """The languages of those names read together."""
    spoken = [language(name) for name in names]
    values: dict[str, dict[str, str]] = {}
    for one in reversed(spoken):
        for table, pairs in one.values.items():
            values.setdefault(table, {}).update(pairs)
    classes = {
        title: frozenset(word for one in spoken for word in one.classes.get(title, ()))
        for title in {title for one in spoken for title in one.classes}
    }
    return Lexicon(tuple(one.patterns for one in spoken), values, classes)
