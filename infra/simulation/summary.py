"""What a run came to, as a table and as JSON."""

from collections import Counter
from typing import Any

from infra.simulation.world import Outcome

SHOWN = 20
"""Breaches told one by one."""


def table(outcome: Outcome) -> str:
    """For people."""
    lines = [
        f"seed             {outcome.seed}",
        f"client-days      {outcome.client_days:,} ({_speed(outcome):,.0f} a second)",
        f"texts            {sum(outcome.texts.values()):,}: {_told(outcome.texts)}",
        f"faults           {sum(outcome.faults.values()):,}: {_told(outcome.faults) or 'none'}",
        f"fingerprint      {outcome.fingerprint}",
        *(f"BREACH           {breach}" for breach in outcome.breaches[:SHOWN]),
    ]
    return "\n".join([*lines, f"{len(outcome.breaches)} BREACHES" if outcome.breaches else "every promise kept"])


def as_json(outcome: Outcome) -> dict[str, Any]:
    """For programs."""
    return {
        "seed": outcome.seed,
        "client_days": outcome.client_days,
        "client_days_per_second": round(_speed(outcome), 1),
        "texts": dict(outcome.texts),
        "faults": dict(outcome.faults),
        "fingerprint": outcome.fingerprint,
        "breaches": [str(breach) for breach in outcome.breaches],
    }


def _speed(outcome: Outcome) -> float:
    return outcome.client_days / max(outcome.seconds, 0.001)


def _told(counted: Counter[str]) -> str:
    return ", ".join(f"{what} {number:,}" for what, number in counted.most_common())
