"""A linear model over named features: what it knows is a table of weights, learned from the repository's own data."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from math import exp

from .reading import Reading
from .text import EMOJI, LINK, MARK, NUMBER

Weights = Mapping[str, Mapping[str, float]]


def features(reading: Reading, prompt: str = "") -> list[str]:
    """What a model sees of a text: words, their beginnings, pairs, and the cues found, apart by what was asked."""
    words = [_shape(token.kind, token.word) for token in reading.tokens]
    seen = {f"p={prompt}", f"n={min(len(words) // 6, 5)}"}
    seen.update(words)
    seen.update(word[:4] + "~" for word in words if len(word) > 4)
    padded = ["<", *words, ">"]
    seen.update(map("_".join, zip(padded, padded[1:], strict=False)))
    for name in reading.cues:
        if not name.startswith("c:"):
            seen.add(f"cue={name}")
    seen.update(_answers(reading))
    return list(seen)


def _shape(kind: str, word: str) -> str:
    if kind == NUMBER:
        return "#"
    if kind == LINK:
        return "<link>"
    return word[0] if kind in (MARK, EMOJI) else word


def _answers(reading: Reading) -> Iterable[str]:
    names = [cue.name for cue in reading.answers]
    if names:
        yield f"first={names[0]}"
        yield f"last={names[-1]}"
        yield "all=" + "-".join(names[:4])


def probability(weights: Mapping[str, float], seen: Iterable[str]) -> float:
    """How likely the model holds it, from 0 to 1."""
    total = sum(weights.get(name, 0.0) for name in seen) + weights.get("", 0.0)
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def learned() -> Weights:
    """The weights that were learned."""
    found: Weights = json.loads((resources.files(__package__) / "weights.json").read_text(encoding="utf-8"))
    return found
