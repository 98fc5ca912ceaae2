"""The chain that ties each line of the consent ledger to the one before it, so that a changed past shows.

Each practice has a chain of its own. A line's hash covers its own columns and the hash before it; the last hash of a
chain, written down elsewhere, proves all that came before. Why: consent must be proven years later (47 CFR 64.1200 and
CTIA's principles; docs/messaging-rules.md, R12).
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

BEGINNING: Final = "0" * 64
"""What the first line of a chain is tied to."""

COLUMNS: Final = (
    "practice_id", "place", "client_id", "phone", "channel", "purpose", "event", "method", "wording", "version",
    "message_sid", "at",
)  # fmt: skip
"""What a line's hash covers, in this order. A column that is added later belongs to a new version of the chain."""


def chained(previous: str, line: Mapping[str, Any]) -> str:
    """The hash (SHA-256, hexadecimal) of a line that follows the one with this hash. `at` must be aware."""
    told = json.dumps([_plain(line[name]) for name in COLUMNS], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{told}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
