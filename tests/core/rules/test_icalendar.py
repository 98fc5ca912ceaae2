"""The feed, as RFC 5545 wants it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as some

from coach_portal.core.rules.icalendar import Event, calendar, escaped, folded

AT = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


def written(**details):
    """One event's lines, unfolded."""
    event = Event(**{"uid": "7@example.com", "starts_at": AT, "minutes": 45, "title": "x", "changed_at": AT, **details})
    return calendar("Sessions", "Europe/Madrid", [event]).replace("\r\n ", "").split("\r\n")


def test_a_session_has_its_moment_in_utc_and_its_end():
    lines = written()
    assert "DTSTART:20261120T153000Z" in lines
    assert "DTEND:20261120T161500Z" in lines
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_what_has_a_meaning_of_its_own_is_escaped():
    assert "SUMMARY:Session with O'Neil\\, Jr\\; \\\\o/\\nhi" in written(title="Session with O'Neil, Jr; \\o/\nhi")


def test_nobody_slips_a_line_of_their_own_in():
    lines = written(place="Zoom\r\nATTENDEE:mailto:x@example.com\r\n\x00")
    assert not any(line.startswith("ATTENDEE") for line in lines)


def test_a_session_called_off_says_so_under_the_same_name_and_a_higher_number():
    lines = written(is_cancelled=True, sequence=2)
    assert {"STATUS:CANCELLED", "UID:7@example.com", "SEQUENCE:2"} <= set(lines)


@given(some.text(max_size=300))
def test_no_line_is_longer_than_75_octets_and_none_loses_a_letter(text):
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line
