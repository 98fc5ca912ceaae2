"""What time the carrier believes it is."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from infra.local.carrier.book import Book


class CarrierClock:
    """The machine's time and so many seconds ahead; the seconds are kept in the book."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._ahead = book.ahead()

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._ahead

    def set(self, asked: Mapping[str, Any]) -> None:
        """Set it by `now` (an ISO moment) or by `ahead` (seconds). Raises KeyError, TypeError or ValueError."""
        if "now" in asked:
            self._ahead = datetime.fromisoformat(asked["now"]).astimezone(UTC).timestamp() - time.time()
        else:
            self._ahead = float(asked["ahead"])
        self._book.set_ahead(self._ahead)

    def as_json(self) -> dict[str, object]:
        """The moment, and the seconds ahead."""
        return {"now": datetime.fromtimestamp(self.now(), UTC).isoformat(), "ahead": self._ahead}
