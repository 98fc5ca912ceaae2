"""Days and hours as pages say them."""

from datetime import UTC, datetime, timedelta

import pytest

from coach_portal.web import phrasing

NOW = datetime(2026, 11, 25, 2, 30, tzinfo=UTC)  # the evening of Tuesday 24 in Boston
BOSTON = "America/New_York"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "today"),
        (-1, "yesterday"),
        (1, "tomorrow"),
        (-5, "Thu 19"),
        (4, "Sat 28"),
        (8, "Wed 2 Dec"),
        (-40, "15 October"),
        (-400, "20 October 2025"),
    ],
)
def test_day_as_seen_from_where_they_are(days, told):
    assert phrasing.day(NOW + timedelta(days=days), BOSTON, NOW) == told


@pytest.mark.parametrize(
    ("at", "told"),
    [(NOW, "21:30"), (NOW + timedelta(hours=11), "tomorrow, 8:30"), (NOW - timedelta(days=5), "Thu 19, 21:30")],
)
def test_moment(at, told):
    assert phrasing.moment(at, BOSTON, NOW) == told


@pytest.mark.parametrize(
    ("zone", "town"),
    [("America/New_York", "New York"), ("America/Argentina/Buenos_Aires", "Buenos Aires"), ("UTC", "UTC")],
)
def test_place(zone, town):
    assert phrasing.place(zone) == town


@pytest.mark.parametrize(("number", "told"), [(0, "no texts"), (1, "one text"), (2, "two texts"), (12, "12 texts")])
def test_count(number, told):
    assert phrasing.count(number, "{n} text", "{n} texts") == told


def test_wall_time():
    assert [phrasing.wall(time) for time in ("08:10", "20:30", "00:05")] == ["8:10", "20:30", "0:05"]
