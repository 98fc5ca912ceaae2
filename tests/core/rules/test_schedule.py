"""Local wall time in, UTC out: strictly after, on the right day, at the right time, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.schedule import EVERY_DAY, latest_occurrence, moment_of, next_occurrence, zone
from tests.strategies import moments

ZONES = [
    "America/New_York",
    "Europe/London",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Antarctica/Troll",
    "Asia/Kolkata",
    "America/Phoenix",
    "Pacific/Apia",
    "Africa/Casablanca",
    "UTC",
]
ANY_DAYS = st.sets(st.sampled_from(EVERY_DAY), min_size=1).map(lambda days: "".join(sorted(days)))
ANY_TIME = st.times().map(lambda time: f"{time:%H:%M}")


def utc(written):
    """A moment in UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("where", "day", "at", "expected"),
    [
        ("America/New_York", "2027-03-14", "02:30", "2027-03-14 07:00"),
        ("America/New_York", "2027-03-14", "02:00", "2027-03-14 07:00"),
        ("Europe/London", "2027-03-28", "01:15", "2027-03-28 01:00"),
        ("America/Santiago", "2026-09-06", "00:00", "2026-09-06 04:00"),
        ("America/Santiago", "2026-09-06", "00:45", "2026-09-06 04:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03 15:30"),
        ("Pacific/Chatham", "2026-09-27", "03:00", "2026-09-26 14:00"),
        ("Antarctica/Troll", "2027-03-28", "02:30", "2027-03-28 01:00"),
    ],
)
def test_a_time_that_is_skipped_runs_at_the_first_minute_that_exists(where, day, at, expected):
    assert moment_of(date.fromisoformat(day), at, where) == utc(expected)


@pytest.mark.parametrize(
    ("where", "day", "at", "expected"),
    [
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01 05:30"),
        ("Europe/London", "2026-10-25", "01:30", "2026-10-25 00:30"),
        ("America/Santiago", "2027-04-03", "23:30", "2027-04-04 02:30"),
        ("Australia/Lord_Howe", "2027-04-04", "01:45", "2027-04-03 14:45"),
        ("Pacific/Chatham", "2027-04-04", "03:00", "2027-04-03 13:15"),
        ("Antarctica/Troll", "2026-10-25", "01:30", "2026-10-24 23:30"),
    ],
)
def test_a_time_that_comes_twice_runs_the_first_time(where, day, at, expected):
    assert moment_of(date.fromisoformat(day), at, where) == utc(expected)
    following = next_occurrence(EVERY_DAY, at, where, utc(expected))
    assert following.local_date == date.fromisoformat(day) + timedelta(days=1)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("Asia/Kolkata", "2026-11-18 03:30"),
        ("America/Phoenix", "2026-11-18 16:00"),
        ("Pacific/Apia", "2026-11-17 20:00"),
        ("Pacific/Chatham", "2026-11-17 19:15"),
        ("UTC", "2026-11-18 09:00"),
    ],
)
def test_nine_is_nine_on_their_wall(where, expected):
    assert moment_of(date(2026, 11, 18), "09:00", where) == utc(expected)


def test_a_leap_day_is_a_day():
    occurrence = next_occurrence(EVERY_DAY, "09:00", "America/New_York", utc("2028-02-28 14:00"))
    assert occurrence.local_date == date(2028, 2, 29)


def test_the_year_turns():
    occurrence = next_occurrence(EVERY_DAY, "00:00", "Pacific/Apia", utc("2026-12-31 09:59"))
    assert (occurrence.local_date, occurrence.due_at) == (date(2027, 1, 1), utc("2026-12-31 11:00"))


def test_it_is_strictly_after():
    nine = utc("2026-11-18 14:00")
    assert next_occurrence(EVERY_DAY, "09:00", "America/New_York", nine).due_at == nine + timedelta(days=1)
    assert next_occurrence(EVERY_DAY, "09:00", "America/New_York", nine - timedelta(seconds=1)).due_at == nine


@pytest.mark.parametrize(
    ("days", "expected"), [("3", "2026-11-25"), ("4", "2026-11-19"), ("13", "2026-11-23"), ("7", "2026-11-22")]
)
def test_only_chosen_days_count(days, expected):
    after_wednesdays_nine = utc("2026-11-18 14:00")
    occurrence = next_occurrence(days, "09:00", "America/New_York", after_wednesdays_nine)
    assert occurrence.local_date == date.fromisoformat(expected)


def test_no_day_at_all_is_a_mistake():
    with pytest.raises(ValueError, match="no weekday"):
        next_occurrence("", "09:00", "UTC", utc("2026-11-18 14:00"))


@given(days=ANY_DAYS, at=ANY_TIME, where=st.sampled_from(ZONES), after=moments)
def test_the_next_is_after_on_a_chosen_day_at_the_time_or_past_a_gap(days, at, where, after):
    found = next_occurrence(days, at, where, after)
    assert found.due_at > after
    assert str(found.local_date.isoweekday()) in days
    wall = found.due_at.astimezone(zone(where)).replace(tzinfo=None)
    meant = datetime.fromisoformat(f"{found.local_date} {at}")
    skipped = is_skipped(meant, where)
    assert wall > meant if skipped else wall == meant


@given(days=ANY_DAYS, at=ANY_TIME, where=st.sampled_from(ZONES), after=moments)
def test_nothing_lies_between_the_latest_and_the_next(days, at, where, after):
    following = next_occurrence(days, at, where, after)
    latest = latest_occurrence(days, at, where, after)
    assert latest.due_at <= after < following.due_at
    assert next_occurrence(days, at, where, latest.due_at) == following


@given(at=ANY_TIME, where=st.sampled_from(ZONES), after=moments)
def test_every_local_date_is_met_once(at, where, after):
    met = []
    for _ in range(9):
        occurrence = next_occurrence(EVERY_DAY, at, where, after)
        met.append(occurrence.local_date)
        after = occurrence.due_at
    assert met == [met[0] + timedelta(days=number) for number in range(9)]


def is_skipped(wall, where):
    """Whether this wall time never shows there."""
    return wall.replace(tzinfo=zone(where)).astimezone(UTC).astimezone(zone(where)).replace(tzinfo=None) != wall
