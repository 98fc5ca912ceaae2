"""What clients name when something was missed, grouped. Named with a miss is not its cause, and is not called so."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal, get_args

from coach_portal.core.rules.preparation.material import Material, Text, Told
from coach_portal.core.rules.replies.text import WORD, Token, tokens_of

Kind = Literal["time", "work", "tired", "ill", "away", "forgot", "mood", "people", "weather"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that was named: in which texts, and with which misses."""

    kind: Kind
    texts: tuple[int, ...]
    misses: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class InTheWay:
    """What got in the way, most often named first, and the misses for which no reason was given."""

    named: tuple[Obstacle, ...]
    unexplained: tuple[Told, ...]
    misses: int


def in_the_way(material: Material) -> InTheWay:
    """Group what was named with each miss of the days the report looks at."""
    misses = [told for told in material.lately() if told.did == "missed"]
    by_kind: defaultdict[Kind, list[Told]] = defaultdict(list)
    unexplained = []
    for told in misses:
        text = material.texts.get(told.text_id or 0)
        kinds = named(reasons(text), material.locale) if text and text.is_safe else ()
        for kind in kinds:
            by_kind[kind].append(told)
        if not kinds:
            unexplained.append(told)
    found = [Obstacle(kind, _texts(by_kind[kind]), tuple(by_kind[kind])) for kind in KINDS if kind in by_kind]
    found.sort(key=lambda obstacle: (-len(obstacle.texts), -len(obstacle.misses)))
    return InTheWay(tuple(found), tuple(unexplained), len(misses))


def reasons(text: Text) -> str:
    """A text without what it tells of things done: "the kids did squats with me, no journal" blames nobody."""
    body = text.body
    for start, end in text.wins:
        body = body[:start] + ";" * (end - start) + body[end:]
    return body


def named(body: str, locale: str) -> tuple[Kind, ...]:
    """What a text names, each once; "not tired" names nothing."""
    words, tokens = _words(locale[:2]), tokens_of(body)
    found = {kind for place in range(len(tokens)) for kind, phrase in _begun(tokens[place], words)
             if _stands(phrase, tokens, place, words)}  # fmt: skip
    return tuple(kind for kind in KINDS if kind in found)


_Phrase = tuple[Kind, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Words:
    """What a language calls each obstacle, by the first word of it or by how that begins, and what denies it."""

    by_word: dict[str, list[_Phrase]]
    by_beginning: dict[str, list[_Phrase]]
    lengths: frozenset[int]
    negators: frozenset[str]
    between: frozenset[str]


@cache
def _words(code: str) -> _Words:
    package = f"{__package__}.obstacle_words"
    data: Any = import_module(f"{package}.{code if find_spec(f'{package}.{code}') else 'en'}")
    by_word: defaultdict[str, list[_Phrase]] = defaultdict(list)
    by_beginning: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for kind in KINDS:
        for phrase in (tuple(written.split()) for written in data.WORDS[kind]):
            where, first = (by_beginning, phrase[0][:-1]) if phrase[0].endswith("*") else (by_word, phrase[0])
            where[first].append((kind, phrase))
    return _Words(by_word, by_beginning, frozenset(map(len, by_beginning)), data.NEGATORS, data.BETWEEN)


def _begun(token: Token, words: _Words) -> Iterator[_Phrase]:
    """The phrases whose first word this token is."""
    yield from words.by_word.get(token.word, ())
    if token.kind == WORD:
        for length in words.lengths:
            if length <= len(token.word):
                yield from words.by_beginning.get(token.word[:length], ())


def _stands(phrase: Sequence[str], tokens: Sequence[Token], place: int, words: _Words) -> bool:
    rest = tokens[place + 1 : place + len(phrase)]
    is_whole = len(rest) == len(phrase) - 1 and all(map(_is, phrase[1:], rest))
    return is_whole and not _is_denied(tokens, place, words)


def _is(part: str, token: Token) -> bool:
    if part.endswith("*"):
        return token.kind == WORD and token.word.startswith(part[:-1])
    return token.word == part


def _is_denied(tokens: Sequence[Token], place: int, words: _Words) -> bool:
    for token in reversed(tokens[:place]):
        if token.kind == WORD and token.word in words.negators:
            return True
        if token.kind != WORD or token.word not in words.between:
            return False
    return False


def _texts(misses: Sequence[Told]) -> tuple[int, ...]:
    return tuple(sorted({told.text_id for told in misses if told.text_id is not None}))
