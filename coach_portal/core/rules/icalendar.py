"""A coach's sessions as an iCalendar feed (RFC 5545), which any calendar subscribes to.

Times are UTC, so no zone need be described and none can be misread. An event keeps its UID for ever; SEQUENCE grows
with every move, and one that is called off stays for a while as CANCELLED, so that calendars take it off.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LONGEST_LINE = 75
"""Octets of a line without its break (RFC 5545, 3.1)."""
AGAIN_AFTER = "PT15M"


@dataclass(frozen=True, slots=True)
class Event:
    """One session. `uid` is unique in the world; `changed_at` is when it last was another."""

    uid: str
    starts_at: datetime
    minutes: int
    title: str
    changed_at: datetime
    sequence: int = 0
    place: str = ""
    note: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar(name: str, timezone: str, events: Iterable[Event]) -> str:
    """The feed, lines folded and broken as the standard wants them. `timezone` is what to show times in at first."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Coach Portal//Sessions//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"X-WR-TIMEZONE:{timezone}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{AGAIN_AFTER}",
        f"X-PUBLISHED-TTL:{AGAIN_AFTER}",
    ]
    for event in events:
        lines += _event(event)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def escaped(text: str) -> str:
    """Text as a value (RFC 5545, 3.3.11); control characters are left out."""
    kept = "".join(each for each in text.replace("\r\n", "\n") if each >= " " or each == "\n")
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        kept = kept.replace(plain, written)
    return kept


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, no letter of several octets cut in two."""
    return "\r\n ".join(_pieces(line))


def _pieces(line: str) -> Iterator[str]:
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST_LINE:
            yield piece
            piece, size = "", 1  # the blank that begins the next line counts
        piece, size = piece + letter, size + octets
    yield piece


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{_moment(event.changed_at)}"
    yield f"LAST-MODIFIED:{_moment(event.changed_at)}"
    yield f"DTSTART:{_moment(event.starts_at)}"
    yield f"DTEND:{_moment(event.starts_at + timedelta(minutes=event.minutes))}"
    yield f"SUMMARY:{escaped(event.title)}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    for name, said in (("LOCATION", event.place), ("DESCRIPTION", event.note)):
        if said:
            yield f"{name}:{escaped(said)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
