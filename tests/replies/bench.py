"""How well replies are understood, beside simple baselines: `python -m tests.replies.bench [--dev]`.

Each teaching set is scored with the model taught from the other three; the check set only when asked for.
"""

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from coach_portal.core.rules.replies import linear, records
from tests.replies import data, train

Predict = Callable[[records.Record], dict[str, Any]]


@contextmanager
def _taught(weights: linear.Weights) -> Iterator[None]:
    real = linear.learned
    linear.learned = lambda: weights  # type: ignore[assignment]
    try:
        yield
    finally:
        linear.learned = real


def ours(name: str) -> records.Score:
    """Our score on a set, the model taught from the other sets."""
    others = [one for one in data.TEACHING if one != name]
    with _taught(train.train(others)):
        return records.score(data.situations(name))


def without_model(name: str) -> records.Score:
    """Our score on a set with the rules alone."""
    with _taught({}):
        return records.score(data.situations(name))


YES = frozenset(["yes", "yep", "yeah", "done", "did", "si", "sí", "hecho", "listo", "👍", "✅", "y"])
NO = frozenset(["no", "nope", "nah", "forgot", "didn't", "didnt", "n", "olvidé", "❌", "👎", "skipped"])


def by_keywords(record: records.Record) -> dict[str, Any]:
    """A baseline: a dozen keywords, as a first version would have them."""
    words = record["text"].lower().replace(",", " ").replace(".", " ").replace("!", " ").split()
    label = {"id": record["id"], "acts": ["chatter"], "wins": [], "missed": [], "until": None}
    if words[:1] in (["stop"], ["unsubscribe"], ["cancel"], ["end"], ["quit"], ["baja"]) and len(words) == 1:
        return {**label, "acts": ["stop"]}
    if record["prompt"] == "reflection":
        return {**label, "acts": ["reflection"]}
    if "suicide" in words or "kill myself" in record["text"].lower():
        return {**label, "acts": ["crisis"]}
    if record["prompt"] == "opt_in":
        return {**label, "acts": ["decline" if NO & set(words) else "confirm"]}
    if "?" in record["text"]:
        return {**label, "acts": ["message"]}
    return {**label, **_answer(record, words)}


def _answer(record: records.Record, words: Sequence[str]) -> dict[str, Any]:
    today = record["local_time"][:10]
    if NO & set(words):
        return {"acts": ["miss"], "missed": list(record["asked"])} if record["asked"] else {}
    if record["asked"] and (YES & set(words) or record["prompt"] == "check_in"):
        return {"acts": ["win"], "wins": [{"goal": goal, "amount": None, "on": today} for goal in record["asked"]]}
    return {}


class Neighbour:
    """A baseline: the label of the nearest text by its runs of three letters, with the goals asked put in."""

    def __init__(self, taught: Iterable[records.Record]) -> None:
        self.taught = [(record, self._runs(record)) for record in taught]
        self.rare: dict[str, float] = defaultdict(float)
        counts = Counter(run for _, runs in self.taught for run in runs)
        for run, count in counts.items():
            self.rare[run] = math.log(len(self.taught) / count) ** 2
        self.holding: dict[str, list[int]] = defaultdict(list)
        for place, (_, runs) in enumerate(self.taught):
            for run in runs:
                self.holding[run].append(place)
        self.sizes = [math.sqrt(sum(self.rare[run] for run in runs)) or 1.0 for _, runs in self.taught]

    @staticmethod
    def _runs(record: records.Record) -> set[str]:
        text = f" {record['text'].lower()} "
        return {text[place : place + 3] for place in range(len(text) - 2)} | {f"={record['prompt']}"}

    def __call__(self, record: records.Record) -> dict[str, Any]:
        near: dict[int, float] = defaultdict(float)
        for run in self._runs(record):
            for place in self.holding.get(run, ()):
                near[place] += self.rare[run]
        if not near:
            return by_keywords(record)
        best = max(near, key=lambda place: near[place] / self.sizes[place])
        return self._moved(self.taught[best][0], record)

    @staticmethod
    def _moved(found: records.Record, record: records.Record) -> dict[str, Any]:
        expected, today = found["expect"], record["local_time"][:10]
        wins = [{"goal": goal, "amount": None, "on": today} for goal in record["asked"]] if expected["wins"] else []
        missed = list(record["asked"]) if expected["missed"] and not wins else []
        return {"id": record["id"], "acts": expected["acts"], "wins": wins, "missed": missed, "until": None}


def neighbour(name: str) -> records.Score:
    """The score of the nearest neighbour among the other sets."""
    taught = [record for one in data.TEACHING if one != name for record in data.situations(one)]
    predict = Neighbour(taught)
    return records.score(data.situations(name), map(predict, data.situations(name)))


def keywords(name: str) -> records.Score:
    """The score of the keyword rules."""
    return records.score(data.situations(name), map(by_keywords, data.situations(name)))


WAYS: dict[str, Callable[[str], records.Score]] = {
    "ours": ours,
    "ours, rules alone": without_model,
    "nearest neighbour": neighbour,
    "keyword rules": keywords,
}


def _row(label: str, score: records.Score) -> str:
    cells = [
        score.exact(),
        score.acts(),
        score.precision("wins"),
        score.recall("wins"),
        score.precision("misses"),
        score.recall("misses"),
        score.recall("crisis"),
        score.false_per_thousand("crisis"),
        score.recall("stop"),
        score.false_per_thousand("stop"),
    ]
    return f"| {label} | " + " | ".join("–" if cell is None else f"{cell:g}" for cell in cells) + " |"


HEAD = (
    "| set, way | exact | acts | win prec. | win recall | miss prec. | miss recall "
    "| crisis recall | crisis false/1,000 | stop recall | stop false/1,000 |\n| --- |" + " --- |" * 10
)


def main() -> None:
    """Writes the tables to stdout."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--dev", action="store_true", help="score the check set too: count how often")
    names = [*data.TEACHING, "dev"] if parser.parse_args().dev else list(data.TEACHING)
    scores = {(name, way): score(name) for name in names for way, score in WAYS.items()}
    lines = [HEAD, *(_row(f"{name}, {way}", score) for (name, way), score in scores.items()), ""]
    for name in names:
        lines += [*_acts(scores[name, "ours"], name), ""]
    lines += ["| set | exact by prompt and language |", "| --- | --- |"]
    lines += [f"| {name} | {_groups(scores[name, 'ours'])} |" for name in names]
    sys.stdout.write("\n".join(lines) + "\n")


def _acts(score: records.Score, name: str) -> Iterator[str]:
    yield f"| act ({name}) | precision | recall | expected |"
    yield "| --- | --- | --- | --- |"
    for act in score.names_of_acts():
        cells = (score.precision(act), score.recall(act), score.counts[f"{act} expected"])
        yield f"| {act} | " + " | ".join("–" if cell is None else f"{cell:g}" for cell in cells) + " |"


def _groups(score: records.Score) -> str:
    return ", ".join(f"{group} {counts['exact']}/{counts['records']}" for group, counts in sorted(score.groups.items()))


if __name__ == "__main__":
    main()
