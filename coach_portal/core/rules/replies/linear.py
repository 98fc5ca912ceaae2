"""A linear model over named features, for what no list of words decides: learned from the repository's own data.

`python -m tests.replies.train` writes the weights. They give a second opinion only where the rules are unsure.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import exp
from os.path import dirname, join

from .reading import Reading
from .text import EMOJI, LINK, MARK, NUMBER, Token

Weights = Mapping[str, Mapping[str, float]]

_STEEP = 30.0  # beyond this a chance is 0 or 1
_SENTENCE_ENDS = frozenset(".!?…\n;")
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


def stretches(reading: Reading) -> list[list[str]]:
    """The sentences of a text as words, marks left out: what is said gravely is said in one or two of them."""
    found: list[list[str]] = [[]]
    for token in reading.tokens[:_LONGEST]:
        if token.kind == MARK and token.word[0] in _SENTENCE_ENDS:
            found.append([])
        else:
            found[-1].append(_shape(token))
    return [words for words in found if words]


def parts_seen(words: Sequence[str]) -> list[str]:
    """What a model of stretches sees of one: each word, its beginning, and the pairs within it."""
    seen = [f"{word[:4]}~" for word in words if len(word) > 4]
    return [*words, *seen, *(f"{one}_{two}" for one, two in pairwise(words))]


def edges_seen(words: Sequence[str]) -> tuple[str, str]:
    """What a model of stretches sees where one begins and where it ends."""
    return f"<_{words[0]}", f"{words[-1]}_>"


def gravest(question: str, reading: Reading) -> float:
    """How likely the gravest sentence of a text, alone or with the next one, answers a question with yes, from 0 to 1.

    The weights add up, so each sentence is weighed once and a pair costs one look-up more.
    """
    weights = learned().get(question)
    if not weights:
        return 0.0
    worth = weights.get
    totals, begins, ends, bridges = list[float](), list[float](), list[float](), list[float]()
    before = ""
    for words in stretches(reading):
        first, last = edges_seen(words)
        totals.append(sum(filter(None, map(worth, parts_seen(words)))))
        begins.append(worth(first, 0.0))
        ends.append(worth(last, 0.0))
        bridges.append(worth(f"{before}_{words[0]}", 0.0))
        before = words[-1]
    alone = [begins[at] + totals[at] + ends[at] for at in range(len(totals))]
    paired = [begins[at - 1] + totals[at - 1] + bridges[at] + totals[at] + ends[at] for at in range(1, len(totals))]
    return _chance(max([*alone, *paired], default=-_STEEP) + worth("", 0.0))


def likely(question: str, seen: Iterable[str]) -> float:
    """How likely the model answers a question with yes, from 0 to 1."""
    weights = learned().get(question)
    if not weights:
        return 0.5
    total = sum(filter(None, map(weights.get, seen))) + weights.get("", 0.0)
    return _chance(total)


def _chance(total: float) -> float:
    return 1.0 / (1.0 + exp(-max(-_STEEP, min(_STEEP, total))))


@lru_cache(maxsize=1)
def learned() -> Weights:
    """The weights that were learned."""
    import json

    with open(join(dirname(__file__), "weights.json"), encoding="utf-8") as written:
        found: Weights = json.load(written)
    return found
