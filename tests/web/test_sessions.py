"""How a coach is prepared, their calendar's address, and sessions that repeat and move."""

import re
from datetime import timedelta

import pytest

from coach_portal.core.models import tables
from tests.cast import NOW
from tests.rows import row, rows

SESSIONS = "/practice/sessions"
WEEKLY = {"day": "2026-11-25", "local_time": "10:00", "minutes": "45", "remind_hours": "24"}


@pytest.fixture
def agreed(alice, ruth):
    """Ruth and Alice meet weekly, three times."""
    alice.post(f"{ruth}/appointments/new", WEEKLY | {"repeat_weeks": "1", "times": "3", "place": "Zoom"})


@pytest.fixture
def address(alice, agreed):
    """Alice's calendar's path."""
    alice.post(f"{SESSIONS}/calendar", page=SESSIONS)
    return re.search(r"/calendar/[\w-]+\.ics", alice.get(SESSIONS).html)[0]


def feed(visitor, address):
    """The calendar as a program without a session gets it."""
    answer = visitor.ask("GET", address)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    return answer.text.replace("\r\n ", "")


def test_sessions_repeat_at_the_same_local_time(agreed, database):
    found = sorted(rows(database, tables.appointment), key=lambda each: each.starts_at)
    assert [each.starts_at.isoformat()[:16] for each in found] == [
        "2026-11-25T15:00", "2026-12-02T15:00", "2026-12-09T15:00",
    ]  # fmt: skip
    assert len({each.series for each in found}) == 1


def test_once_is_once(alice, ruth, database):
    alice.post(f"{ruth}/appointments/new", WEEKLY | {"repeat_weeks": "0", "times": "6"})
    assert row(database, tables.appointment).series is None


def test_a_session_moves_and_its_reminder_with_it(alice, ruth, database):
    alice.post(f"{ruth}/appointments/new", WEEKLY)
    was = row(database, tables.appointment)
    alice.post(f"{ruth}/appointments/{was.id}", WEEKLY | {"day": "2026-11-27"})
    now = row(database, tables.appointment)
    assert now.starts_at - was.starts_at == now.remind_at - was.remind_at == timedelta(days=2)
    assert (now.sequence, now.reminded_at) == (1, None)


def test_a_session_does_not_move_into_the_past(alice, ruth, database):
    alice.post(f"{ruth}/appointments/new", WEEKLY)
    path = f"{ruth}/appointments/{row(database, tables.appointment).id}"
    answer = alice.post(path, WEEKLY | {"day": "2026-11-01"})
    assert (answer.status_code, "to come" in answer.text) == (422, True)


def test_the_calendar_tells_first_names_and_leads_to_the_preparation(visitor, address):
    told = feed(visitor, address)
    assert told.count("BEGIN:VEVENT") == 3
    assert "SUMMARY:Session with Ruth\r\n" in told
    assert "Adeyemi" not in told
    assert "/preparation" in told
    assert "LOCATION:Zoom" in told


def test_surnames_stand_in_it_where_the_coach_wants_them(alice, visitor, address):
    alice.post(f"{SESSIONS}/calendar", {"surnames": "yes"}, page=SESSIONS)
    new = re.search(r"/calendar/[\w-]+\.ics", alice.get(SESSIONS).html)[0]
    assert "Session with Ruth Adeyemi" in feed(visitor, new)


def test_a_new_address_closes_the_old_and_a_closed_one_opens_nothing(alice, visitor, address):
    alice.post(f"{SESSIONS}/calendar", page=SESSIONS)
    new = re.search(r"/calendar/[\w-]+\.ics", alice.get(SESSIONS).html)[0]
    assert visitor.ask("GET", address).status_code == 404
    alice.post(f"{SESSIONS}/calendar/close", page=SESSIONS)
    assert visitor.ask("GET", new).status_code == 404
    assert ".ics" not in alice.get(SESSIONS).html


def test_a_moved_or_cancelled_session_is_the_same_event_anew(alice, ruth, visitor, address, database):
    first = min(rows(database, tables.appointment), key=lambda each: each.starts_at)
    alice.post(f"{ruth}/appointments/{first.id}", WEEKLY | {"day": "2026-11-27"})
    event = feed(visitor, address).split(f"UID:appointment-{first.id}@portal.example.com")[1]
    assert event.startswith("\r\nSEQUENCE:1\r\n")
    alice.post(f"{ruth}/appointments/{first.id}/cancel", page=ruth)
    event = feed(visitor, address).split(f"UID:appointment-{first.id}@portal.example.com")[1]
    assert event.startswith("\r\nSEQUENCE:2\r\n")
    assert "STATUS:CANCELLED" in event.split("END:VEVENT")[0]


def test_charlies_calendar_holds_charlies_sessions(charlie, visitor, address):
    charlie.post(f"{SESSIONS}/calendar", page=SESSIONS)
    theirs = re.search(r"/calendar/[\w-]+\.ics", charlie.get(SESSIONS).html)[0]
    assert "BEGIN:VEVENT" not in feed(visitor, theirs)


def test_the_feed_takes_as_many_statements_for_three_sessions_as_for_thirty(alice, ruth, visitor, address, statements):
    counts = []
    for times in (1, 26):
        alice.post(f"{ruth}/appointments/new", WEEKLY | {"repeat_weeks": "1", "times": str(times)})
        statements.clear()
        feed(visitor, address)
        counts.append(len(statements))
    assert counts[0] == counts[1] == 2


@pytest.mark.parametrize(
    ("form", "at", "hours"),
    [
        ({"when": "day", "local_time": "07:30", "hours": ""}, "07:30", None),
        ({"when": "hours", "local_time": "07:30", "hours": "3"}, None, 3),
        ({"when": "page", "local_time": "07:30", "hours": ""}, None, None),
    ],
)
def test_a_coach_chooses_when_they_are_told(alice, database, cast, form, at, hours):
    alice.post(SESSIONS, form)
    found = row(database, tables.coach, id=cast.alice)
    assert (found.prepare_at, found.prepare_hours) == (at, hours)


def test_hours_must_be_said(alice):
    answer = alice.post(SESSIONS, {"when": "hours", "local_time": "07:30", "hours": ""})
    assert (answer.status_code, "Write how many hours before" in answer.text) == (422, True)


def test_the_clock_of_the_feed_is_the_practices(visitor, address, clock):
    clock.move_to(NOW + timedelta(days=200))
    assert "BEGIN:VEVENT" not in feed(visitor, address)
