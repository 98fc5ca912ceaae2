"""Faults on demand, so that what fails once a year can fail now.

`POST /weather` replaces the whole weather by what it is given; whatever is absent is fair:

    {
      "create":   ["ok", "429", "500_after_sending"],   what befalls the next sends, in order; then all is well
      "deliver":  [null, 30003],                        error codes the next texts' deliveries end with, null for none
      "delay":    0.2,                                  seconds before each answer to a send
      "receipts": {"lost": 0.1, "repeated": 0.1, "shuffled": true},
      "seed":     7
    }

A send can end in "429", "500" (an answer), "timeout" (none, until the other side hangs up) or "reset" (the line is
cut). So named, the text was not taken; with "_after_sending" behind it, it was. `lost` and `repeated` are shares of all
receipts, `shuffled` posts a text's last state before its first. A carrier that starts anew starts in fair weather.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from threading import Lock
from typing import Any

AFTER = "_after_sending"
_FAULTS = ("500", "timeout", "reset")
CREATE_FAULTS = frozenset({"ok", "429", *_FAULTS, *(fault + AFTER for fault in _FAULTS)})


@dataclass(frozen=True, slots=True)
class Fault:
    """How a send ends: `kind` is "ok", "429", "500", "timeout" or "reset"; `taken` whether the text leaves."""

    kind: str
    taken: bool


@dataclass(slots=True)
class Forecast:
    """The weather to come."""

    create: deque[str] = field(default_factory=deque)
    deliver: deque[int | None] = field(default_factory=deque)
    delay: float = 0.0
    lost: float = 0.0
    repeated: float = 0.0
    shuffled: bool = False
    seed: int = 0

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> "Forecast":
        """Read what was posted. Raises ValueError on a fault that does not exist, TypeError on a key that does not."""
        if unknown := set(asked.get("create", ())) - CREATE_FAULTS:
            raise ValueError(f"no such fault: {sorted(unknown)}")
        queues = {name: deque(asked.get(name, ())) for name in ("create", "deliver")}
        plain = {name: value for name, value in asked.items() if name not in {*queues, "receipts"}}
        return cls(queues["create"], queues["deliver"], **plain, **asked.get("receipts", {}))

    def as_json(self) -> dict[str, object]:
        """As it was posted, less what has come to pass."""
        receipts = {"lost": self.lost, "repeated": self.repeated, "shuffled": self.shuffled}
        queues = {"create": list(self.create), "deliver": list(self.deliver)}
        return {**queues, "delay": self.delay, "receipts": receipts, "seed": self.seed}


class Weather:
    """Hands out what is forecast, to many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.becomes(Forecast())

    def becomes(self, forecast: Forecast) -> None:
        """From now on, this."""
        with self._lock:
            self.forecast = forecast
            self._random = Random(forecast.seed)  # noqa: S311  a simulation wants the same dice every time

    def next_create(self) -> Fault:
        """What befalls this send."""
        with self._lock:
            name = self.forecast.create.popleft() if self.forecast.create else "ok"
        return Fault(name.removesuffix(AFTER), name == "ok" or name.endswith(AFTER))

    def next_delivery(self) -> int | None:
        """The error code this text's delivery will end with."""
        with self._lock:
            return self.forecast.deliver.popleft() if self.forecast.deliver else None

    def copies(self) -> int:
        """How often this receipt is posted: once, not at all when lost, twice when repeated."""
        with self._lock:
            dice, forecast = self._random.random(), self.forecast
        if dice < forecast.lost:
            return 0
        return 2 if dice < forecast.lost + forecast.repeated else 1
