"""Other software of practices, as a fake that records what it is posted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class FakePosts:
    """Software that takes every event; `statuses` is what it answers by address, an error to raise instead."""

    posted: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)
    statuses: dict[str, int | Exception] = field(default_factory=dict)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Take an event."""
        self.posted.append((url, body, dict(headers)))
        answer = self.statuses.get(url, 200)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def told(self, url: str) -> list[dict[str, Any]]:
        """The events that this address was posted, in order."""
        return [json.loads(body) for to, body, _ in self.posted if to == url]
