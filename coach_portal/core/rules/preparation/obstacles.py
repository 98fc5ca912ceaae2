"""What clients name when something was missed, grouped. Named with a miss is not its cause, and is not called so."""

from collections import defaultdict
from collections.abc import Sequence
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
    return tuple(kind for kind in KINDS if any(_stands(phrase, tokens, words) for phrase in words.phrases[kind]))


@dataclass(frozen=True, slots=True)
class _Words:
    phrases: dict[Kind, tuple[tuple[str, ...], ...]]
    negators: frozenset[str]
    between: frozenset[str]


@cache
def _words(code: str) -> _Words:
    package = f"{__package__}.obstacle_words"
    data: Any = import_module(f"{package}.{code if find_spec(f'{package}.{code}') else 'en'}")
    phrases = {kind: tuple(tuple(phrase.split()) for phrase in data.WORDS[kind]) for kind in KINDS}
    return _Words(phrases, data.NEGATORS, data.BETWEEN)


def _stands(phrase: Sequence[str], tokens: Sequence[Token], words: _Words) -> bool:
    return any(
        all(_is(part, tokens[place + offset]) for offset, part in enumerate(phrase))
        and not _is_denied(tokens, place, words)
        for place in range(len(tokens) - len(phrase) + 1)
    )


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
