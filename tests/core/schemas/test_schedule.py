"""When a client is asked, as sent and as told."""

from types import SimpleNamespace

import pytest

from coach_portal.core.errors import Invalid
from coach_portal.core.schemas import ScheduleOut, ScheduleSchema


def read(**fields):
    """A schedule at half past eight with some fields more."""
    return ScheduleSchema().read({"local_time": "08:30"} | fields)


def refused(**fields):
    """What is to be done about it."""
    with pytest.raises(Invalid) as error:
        read(**fields)
    return error.value.fields


def test_a_time_is_enough():
    assert read() == {
        "kind": "check_in",
        "days": "1234567",
        "local_time": "08:30",
        "channel": "text",
        "on_machine": "text",
        "goal_ids": [],
    }


def test_a_reflection_belongs_to_sunday_unless_told_otherwise():
    assert read(kind="reflection")["days"] == "7"
    assert read(kind="reflection", days=[6])["days"] == "6"


@pytest.mark.parametrize(
    ("sent", "days"),
    [
        pytest.param([1, 3, 5], "135", id="numbers"),
        pytest.param([5, 1, 1, 3], "135", id="numbers in any order"),
        pytest.param(["1", "3"], "13", id="a form's boxes"),
        pytest.param("135", "135", id="digits"),
        pytest.param("5, 1", "15", id="digits with commas"),
        pytest.param(["mon", "Wednesday"], "13", id="names"),
        pytest.param("mon, thu", "14", id="a line of names"),
        pytest.param("daily", "1234567", id="daily"),
        pytest.param("weekdays", "12345", id="weekdays"),
        pytest.param(["weekends"], "67", id="weekends"),
    ],
)
def test_days_are_taken_as_people_write_them(sent, days):
    assert read(days=sent)["days"] == days


@pytest.mark.parametrize("days", [[], [0], [8], "18", ["12"], ["someday"], "mo", [True], [1.5], 5, {"mon": 1}, [None]])
def test_what_are_no_weekdays_is_refused(days):
    assert "Choose weekdays" in refused(days=days)["days"]


@pytest.mark.parametrize(("sent", "stored"), [("08:00", "08:00"), ("8:05", "08:05"), ("20:59", "20:59")])
def test_a_time_within_the_hours_is_taken(sent, stored):
    assert read(local_time=sent)["local_time"] == stored


@pytest.mark.parametrize("time", ["24:00", "25:61", "12:60", "8am", "0830", "08:30:00", "8:5", 830, "٠٨:٣٠", "-1:00"])
def test_an_impossible_time_is_refused(time):
    assert "from 00:00 to 23:59" in refused(local_time=time)["local_time"]


@pytest.mark.parametrize("time", ["00:00", "07:59", "21:00", "23:59"])
def test_a_time_at_which_no_text_may_go_is_refused(time):
    assert refused(local_time=time) == {
        "local_time": "Choose a time from 08:00 until before 21:00: no text is sent outside it."
    }


def test_goals_are_named_by_id():
    assert read(goals=["3", 4])["goal_ids"] == [3, 4]


@pytest.mark.parametrize("goals", [["x"], [0], [-1], [2.5], [True], [2**63], [10**400]])
def test_what_is_no_id_is_refused(goals):
    assert refused(goals=goals) == {"goals": "This is no id."}


def test_a_call_may_ask_from_the_start():
    assert read(channel="call")["channel"] == "call"


def test_a_call_after_a_text_comes_after_it():
    assert refused(call_at="08:00") == {"call_at": "Choose a time after the text’s."}


def test_a_call_is_not_followed_by_a_call():
    assert "call_at" in refused(channel="call", call_at="12:00")


def test_the_week_is_given_back_by_text():
    assert refused(kind="reflection", channel="call") == {"channel": "The week is given back by text."}


def test_days_are_told_as_numbers_and_no_goals_as_an_empty_list():
    schedule = SimpleNamespace(days="135", goal_ids=None)
    assert ScheduleOut(only=("days", "goals")).dump(schedule) == {"days": [1, 3, 5], "goals": []}


@pytest.mark.parametrize(
    ("times", "days"),
    [(1, "1"), (2, "14"), (3, "135"), (4, "1246"), (5, "12345"), (6, "123456"), ("7", "1234567")],
)
def test_so_many_times_a_week_are_spread_over_it(times, days):
    assert ScheduleSchema().read({"local_time": "09:00", "times_per_week": times})["days"] == days


@pytest.mark.parametrize(
    "both",
    [{"days": "135", "times_per_week": 3}, {"times_per_week": 3, "every_days": 2}, {"days": "1", "every_days": 2}],
)
def test_how_often_is_said_one_way(both):
    with pytest.raises(Invalid) as refused:
        ScheduleSchema().read({"local_time": "09:00", **both})
    assert "Say it one way: days, times_per_week or every_days." in refused.value.fields.values()
