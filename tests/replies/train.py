"""Learns the weights of the second opinions from the teaching sets: `python -m tests.replies.train`.

Logistic regression by stochastic gradient descent in plain Python, seeded, so that the same data gives the same file.
"""

import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from coach_portal.core.rules.replies import answers, linear, records
from coach_portal.core.rules.replies.language_file import entries, file_of, language_names, sections
from coach_portal.core.rules.replies.parts import parts_of
from coach_portal.core.rules.replies.polarity import Status
from coach_portal.core.rules.replies.reading import read
from coach_portal.core.rules.replies.report import Story
from coach_portal.core.rules.replies.single import resolve_single
from coach_portal.core.rules.replies.story import story_of
from tests.replies import data

WEIGHTS = Path(linear.__file__).with_name("weights.json")
EPOCHS = 8
RUNS, SHORT = 6, 4  # runs, and epochs of each, for what one stretch of a text answers
RATE = 0.25
DECAY = 1e-4
LEAST = 0.02

_GRAVE = ("risk", "past_risk", "long_ago", "event", "grave", "misdirected", "bereaved")

Example = tuple[list[str], bool]
Stretches = tuple[list[list[str]], bool]
Weights = dict[str, dict[str, float]]


def train(names: Sequence[str], own: bool = True) -> Weights:
    """The weights learned from these sets, and from the situations of our own unless told otherwise."""
    sets = [*names, *data.OWN] if own else list(names)
    found = [record for name in sets for record in data.situations(name)]
    risk = [_risk_example(record["text"], record["locale"], "crisis" in record["expect"]["acts"]) for record in found]
    if own:
        risk += [_risk_example(one["text"], one["locale"], one["risk"]) for one in data.risk_texts()]
    risk += [_risk_example(phrase, name, False) for name in language_names() for phrase in plain_phrases(name)]
    weights = {"risk": fit_gravest(risk), "message": fit(_message_examples(found))}
    asked = list(_answer_examples(found))
    for act in ("win", "miss"):
        weights[act] = fit([(seen, act in acts) for seen, acts in asked])
    return weights


def plain_phrases(name: str) -> Iterator[str]:
    """What the language file says outright of answers and commands: none of it may ever sound like risk."""
    for kind, title, body in sections(file_of(name)):
        if kind == "cue" and not title.startswith(_GRAVE):
            yield from (entry for entry in entries(body) if entry.replace(" ", "").isalpha())


def _risk_example(text: str, locale: str, risk: bool) -> Stretches:
    """Each sentence of the text, and each with the next, of which the gravest is to answer for the text."""
    sentences = linear.stretches(read(text, locale))
    stretches = [*sentences, *(one + two for one, two in pairwise(sentences))]
    return [[*linear.parts_seen(words), *linear.edges_seen(words), ""] for words in stretches] or [[""]], risk


def _message_examples(found: Iterable[records.Record]) -> list[Example]:
    return [
        (linear.features(read(one["text"], one["locale"])), "message" in one["expect"]["acts"])
        for one in found
        if "crisis" not in one["expect"]["acts"] and one["prompt"] != "opt_in"
    ]


def _answer_examples(found: Iterable[records.Record]) -> Iterator[tuple[list[str], set[str]]]:
    for record in found:
        acts = set(record["expect"]["acts"])
        if record["prompt"] != "check_in" or len(record["asked"]) != 1 or "crisis" in acts or {"win", "miss"} <= acts:
            continue
        story = story_of(read(record["text"], record["locale"]), records.situation_of(record))
        goal = record["asked"][0]
        yield answers.seen_of(story, linear.features(story.reading), goal, _said(story, goal)), acts


def _said(story: Story, goal: int) -> Status | None:
    return next((entry.status for entry in resolve_single(story, parts_of(story)) if entry.goal == goal), None)


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weights of one question with a yes or no."""
    counts = Counter(name for seen, _ in examples for name in seen)
    kept = [([name for name in seen if counts[name] > 1] + [""], float(answer)) for seen, answer in examples]
    weights: dict[str, float] = {}
    slopes: dict[str, float] = {}
    order = random.Random(1)
    for _ in range(EPOCHS):
        order.shuffle(kept)
        for seen, answer in kept:
            _step(weights, slopes, seen, answer)
    return {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= LEAST}


def fit_gravest(examples: Sequence[Stretches]) -> dict[str, float]:
    """The weights of a question that one stretch of a text answers: at each step the gravest stretch learns.

    The mean of several runs in other orders: one run alone depends much on its order.
    """
    counts = Counter(name for stretches, _ in examples for name in {name for seen in stretches for name in seen})
    kept = [([[name for name in seen if counts[name] > 1] for seen in one], float(answer)) for one, answer in examples]
    total: Counter[str] = Counter()
    for run in range(RUNS):
        weights: dict[str, float] = {}
        slopes: dict[str, float] = {}
        order = random.Random(run)
        for _ in range(SHORT):
            order.shuffle(kept)
            for stretches, answer in kept:
                seen = max(stretches, key=lambda seen: sum(weights.get(name, 0.0) for name in seen))
                _step(weights, slopes, seen, answer)
        total.update(weights)
    means = {name: total[name] / RUNS for name in sorted(total)}
    return {name: round(mean, 3) for name, mean in means.items() if abs(mean) >= LEAST}


def _step(weights: dict[str, float], slopes: dict[str, float], seen: Sequence[str], answer: float) -> None:
    total = sum(weights.get(name, 0.0) for name in seen)
    error = answer - 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
    for name in seen:
        slope = slopes[name] = slopes.get(name, 0.1) + error * error
        weights[name] = weights.get(name, 0.0) * (1.0 - DECAY) + RATE * error / math.sqrt(slope)


def main() -> None:
    """Writes the weights learned from all teaching sets."""
    WEIGHTS.write_text(
        json.dumps(train(data.TEACHING), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
