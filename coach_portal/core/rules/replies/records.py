"""Labelled situations as JSON lines: read, predicted, and scored against what was expected."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from .understand import understand
from .understanding import Situation, Understanding, Win

Record = Mapping[str, Any]
_MINUTES = 16


def read_records(lines: Iterable[str]) -> Iterator[Record]:
    """The records of JSON lines, empty lines left out."""
    return (json.loads(line) for line in lines if line.strip())


def situation_of(record: Record) -> Situation:
    """The situation a record describes."""
    return Situation(
        record["prompt"],
        tuple(record["goals"]),
        tuple(record["asked"]),
        datetime.fromisoformat(record["local_time"]),
        record["locale"],
    )


def predict(record: Record) -> dict[str, Any]:
    """The prediction for one record, in the words of the label guide."""
    return {"id": record["id"], **as_labels(understand(record["text"], situation_of(record)))}


def as_labels(found: Understanding) -> dict[str, Any]:
    """An understanding as the label guide writes it."""
    return {
        "acts": sorted(found.acts),
        "wins": [_win_label(win) for win in found.wins],
        "missed": sorted({miss.goal for miss in found.misses}),
        "until": found.until.isoformat() if found.until else None,
    }


def _win_label(win: Win) -> dict[str, Any]:
    return {"goal": win.goal, "amount": win.amount, "on": win.on.isoformat()}


def is_exact(expected: Record, got: Record) -> bool:
    """Whether a prediction is right in every part; where risk is expected, only risk and stop count."""
    want, have = set(expected["acts"]), set(got["acts"])
    if "crisis" in want:
        return want & {"crisis", "stop"} == have & {"crisis", "stop"}
    return (
        want == have
        and _wins(expected, with_amounts=True) == _wins(got, with_amounts=True)
        and set(expected["missed"]) == set(got["missed"])
        and (expected["until"] or "")[:_MINUTES] == (got["until"] or "")[:_MINUTES]
    )


def _wins(labels: Record, with_amounts: bool = False) -> Counter[tuple[Any, ...]]:
    return Counter(
        (win["goal"], win["on"], *([win["amount"] and float(win["amount"])] if with_amounts else []))
        for win in labels["wins"]
    )


class Score:
    """Counts over labelled records and what they come to."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.groups: dict[str, Counter[str]] = defaultdict(Counter)
        self.wrong: list[tuple[Record, Record]] = []

    def add(self, record: Record, got: Record) -> None:
        """Counts one prediction."""
        expected = record["expect"]
        exact = is_exact(expected, got)
        if not exact:
            self.wrong.append((record, got))
        for group in (f"prompt {record['prompt']}", f"locale {record['locale']}", "all"):
            self.groups[group]["exact"] += exact
            self.groups[group]["records"] += 1
        self._add_acts(set(expected["acts"]), set(got["acts"]))
        if "crisis" not in expected["acts"]:
            self.counts["calm"] += 1
            self.counts["acts"] += set(expected["acts"]) == set(got["acts"])
            self._add_overlap("wins", _wins(expected), _wins(got))
            self._add_overlap("misses", Counter(set(expected["missed"])), Counter(set(got["missed"])))

    def _add_acts(self, want: set[str], have: set[str]) -> None:
        # With a crisis the other acts, but for stop, may be left out.
        judged = (want | have) & {"crisis", "stop"} if "crisis" in want else want | have
        for act in judged:
            self.counts[f"{act} expected"] += act in want
            self.counts[f"{act} found"] += act in have
            self.counts[f"{act} right"] += act in want and act in have

    def _add_overlap(self, name: str, want: Counter[Any], have: Counter[Any]) -> None:
        self.counts[f"{name} expected"] += sum(want.values())
        self.counts[f"{name} found"] += sum(have.values())
        self.counts[f"{name} right"] += sum((want & have).values())

    def recall(self, name: str) -> float | None:
        """The share of what was expected that was found."""
        return _share(self.counts[f"{name} right"], self.counts[f"{name} expected"])

    def precision(self, name: str) -> float | None:
        """The share of what was found that was expected."""
        return _share(self.counts[f"{name} right"], self.counts[f"{name} found"])

    def false_per_thousand(self, name: str) -> float:
        """How many of a thousand texts are given this act wrongly."""
        records = self.groups["all"]["records"]
        return round(1000 * (self.counts[f"{name} found"] - self.counts[f"{name} right"]) / max(records, 1), 1)

    def exact(self, group: str = "all") -> float | None:
        """The share of a group's records that are right in every part."""
        return _share(self.groups[group]["exact"], self.groups[group]["records"])

    def acts(self) -> float | None:
        """The share of the records without crisis whose acts are right."""
        return _share(self.counts["acts"], self.counts["calm"])

    def names_of_acts(self) -> list[str]:
        """The acts expected or found, in the order of the alphabet."""
        names = {name.rsplit(" ", 1)[0] for name in self.counts if " " in name}
        return sorted(names - {"wins", "misses"})


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def score(records: Iterable[Record], predictions: Iterable[Record] | None = None) -> Score:
    """The score of predictions, or of our own when none are given, on labelled records."""
    total = Score()
    given = {one["id"]: one for one in predictions} if predictions is not None else None
    for record in records:
        total.add(record, given[record["id"]] if given is not None else predict(record))
    return total


def table(total: Score) -> Sequence[str]:
    """The accuracy table, line by line."""
    lines = [f"records {total.groups['all']['records']}", f"exact {total.exact()}", f"acts {total.acts()}"]
    lines += [f"{name}: precision {total.precision(name)}, recall {total.recall(name)}" for name in ("wins", "misses")]
    lines += [
        f"{act}: recall {total.recall(act)}, false per 1,000 {total.false_per_thousand(act)}"
        for act in ("crisis", "stop")
    ]
    lines += ["", "exact by group"]
    lines += [
        f"  {group:<20} {counts['exact']}/{counts['records']} = {total.exact(group)}"
        for group, counts in sorted(total.groups.items())
        if group != "all"
    ]
    lines += ["", "act: precision, recall, expected"]
    lines += [
        f"  {act:<12} {total.precision(act)} {total.recall(act)} {total.counts[f'{act} expected']}"
        for act in total.names_of_acts()
    ]
    return lines
