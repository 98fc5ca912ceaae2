"""Measuring variants of one job beside each other."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

Variant = Callable[[int], float]
"""Runs one round, by number from 0, and answers what one call cost, in seconds."""

ROUNDS = 9


def interleave(variants: Mapping[str, Variant], rounds: int = ROUNDS, seed: int = 1) -> dict[str, float]:
    """The median cost of each variant. Every round runs all of them, in random order, so that a slow spell of the
    machine falls on all alike; round 0 warms up and is not counted."""
    random, costs = Random(seed), {name: list[float]() for name in variants}
    gc.collect()
    gc.freeze()  # what was prepared for the measuring is not to be searched while it lasts
    for number in range(rounds + 1):
        for name in random.sample(list(variants), len(variants)):
            gc.collect()
            cost = variants[name](number)
            if number:
                costs[name].append(cost)
    gc.unfreeze()
    return {name: statistics.median(measured) for name, measured in costs.items()}


def each(calls: int, work: Callable[[], object]) -> float:
    """What one of so many calls costs, when `work` makes them all."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) / calls


@dataclass(frozen=True)
class Row:
    """One line of the table. `floor` is what the cost is divided by; `goal` the largest ratio (or cost) allowed."""

    job: str
    database: str
    cost: float
    floor: float
    goal: float
    floor_is: str
    limit: float | None = None

    @property
    def ratio(self) -> float:
        """How many times its floor it costs."""
        return self.cost / self.floor

    @property
    def is_ok(self) -> bool:
        """Whether it keeps to its goal, and to the absolute limit where it has one."""
        return self.ratio <= self.goal and (self.limit is None or self.cost <= self.limit)


@dataclass(frozen=True)
class Count:
    """An exact count, and the most it may be."""

    job: str
    database: str
    counted: int
    goal: int

    @property
    def is_ok(self) -> bool:
        """Whether it keeps to its goal."""
        return self.counted <= self.goal
