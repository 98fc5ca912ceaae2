"""What of a text's attachments is wanted, how large it may be, and how often it is asked for."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

MOST: Final = 10
"""Attachments of one text, at most (twilio.com/docs/messaging/api/media-resource)."""
LARGEST: Final = 5 * 1024 * 1024
"""Bytes of one; a whole text may weigh no more there."""
MOST_PIXELS: Final = 40_000_000
"""Pixels of one before it is opened: a small file may hold a picture that fills a machine's memory."""
SHOWN, SMALL = 1600, 480
"""Pixels of the longer side, as kept and as shown in the conversation."""

_MEDIA = re.compile(r"/Media/(ME[0-9a-f]{32})$", re.IGNORECASE)
_PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))


def attachments(params: Mapping[str, str]) -> list[str]:
    """The carrier's ids of a text's attachments, in their order, "" for one whose address names none.

    Only the id is taken from the address that was posted: where it is fetched from is for us to say.
    """
    told = params.get("NumMedia") or "0"
    count = min(int(told), MOST) if told.isascii() and told.isdigit() and len(told) < 4 else 0
    found = (_MEDIA.search(params.get(f"MediaUrl{place}", "")) for place in range(count))
    return [match[1] if match else "" for match in found]


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to ask again after so many tries: 1, 5, 15 minutes, 1 and 4 hours later; then no more."""
    return now + _PAUSES[tries - 1] if 0 < tries <= len(_PAUSES) else None
