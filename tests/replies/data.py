"""The labelled situations, set by set."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from coach_portal.core.rules.replies import records

FOLDER = Path(__file__).parent
TEACHING = ("general", "spanish", "chat", "risk", "further")
OWN = ("own", "parts", "acts", "varied", "hands")


@lru_cache(maxsize=16)
def situations(name: str) -> tuple[records.Record, ...]:
    """The records of one set."""
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return tuple(records.read_records(lines))


@lru_cache(maxsize=1)
def risk_texts() -> tuple[dict[str, Any], ...]:
    """Texts that only say whether they tell of explicit risk."""
    lines = (FOLDER / "own_risk.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)
