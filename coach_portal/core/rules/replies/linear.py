"""A linear model over named features, for what no list of words decides: learned from the repository's own data.

`python -m tests.replies.train` writes the weights. They give a second opinion only where the rules are unsure.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import exp
from os.path import dirname, join

from .reading import Reading
from .text import EMOJI, LINK, MARK, NUMBER, Token

Weights = Mapping[str, Mapping[str, float]]

_LONGEST = 120  # tokens: what a longer text says, it says in these


def features(reading: Reading) -> list[str]:
    """What a model sees of a text: words, their beginnings, pairs of words, and the cues found."""
    words = [_shape(token) for token in reading.tokens[:_LONGEST]]
    seen = [*words, f"n={min(len(words) // 6, 5)}"]
    seen += [word[:4] + "~" for word in words if len(word) > 4]
    seen += [f"{one}_{two}" for one, two in zip(["<", *words], [*words, ">"], strict=True)]
    seen += [f"cue={name}" for name in reading.cues if name[1:2] != ":"]
    names = [cue.name for cue in reading.answers]
    if names:
        seen += (f"first={names[0]}", f"last={names[-1]}", "all=" + "-".join(names[:4]))
    return list(dict.fromkeys(seen))  # each once, in the same order every time


def _shape(token: Token) -> str:
    if token.kind == NUMBER:
        return "#"
    if token.kind == LINK:
        return "<link>"
    return token.word[0] if token.kind in (MARK, EMOJI) else token.word


def likely(question: str, seen: Iterable[str]) -> float:
    """How likely the model answers a question with yes, from 0 to 1."""
    weights = learned().get(question)
    if not weights:
        return 0.5
    total = sum(filter(None, map(weights.get, seen))) + weights.get("", 0.0)
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def learned() -> Weights:
    """The weights that were learned."""
    import json

    with open(join(dirname(__file__), "weights.json"), encoding="utf-8") as written:
        found: Weights = json.load(written)
    return found
