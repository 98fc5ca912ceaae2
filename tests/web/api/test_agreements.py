"""Goals and schedules over the API."""

import pytest


@pytest.fixture
def goals(house):
    """Where Ruth's goals are."""
    return f"/clients/{house.ruth}/goals"


@pytest.fixture
def schedules(house):
    """Where Ruth's schedules are."""
    return f"/clients/{house.ruth}/schedules"


def test_a_goal_is_agreed_with_all_that_belongs_to_it(alice, goals):
    sent = {
        "title": "5 squats",
        "anchor": "after I brush my teeth",
        "area": "movement",
        "cadence": "weekdays",
        "amount": 5,
        "unit": "squats",
        "direction": "at_least",
    }
    answer = alice.post(goals, sent)
    assert answer.status_code == 201
    assert sent.items() <= answer.json.items()


def test_goals_take_their_places_in_the_order_agreed(alice, goals):
    for title in ("5 squats", "One page"):
        alice.post(goals, {"title": title})
    listed = alice.get(goals).json["items"]
    assert [(goal["position"], goal["title"]) for goal in listed] == [(1, "5 squats"), (2, "One page")]


def test_a_check_in_is_set_for_days_and_a_time(alice, schedules):
    answer = alice.post(schedules, {"kind": "check_in", "days": ["mon", "wed"], "local_time": "8:30"})
    assert answer.status_code == 201
    assert (answer.json["days"], answer.json["local_time"], answer.json["channel"]) == ([1, 3], "08:30", "text")


def test_a_check_in_may_name_its_goals(alice, goals, schedules):
    goal = alice.post(goals, {"title": "5 squats"}).json
    assert alice.post(schedules, {"local_time": "08:30", "goals": [goal["id"]]}).json["goals"] == [goal["id"]]


def test_a_check_in_about_no_goal_in_particular_is_about_all(alice, schedules):
    assert alice.post(schedules, {"local_time": "08:30"}).json["goals"] == []


def test_a_check_in_about_someone_elses_goal_is_told_at_goals(house, schedules):
    theirs = house.alice.post(f"/clients/{house.eli}/goals", {"title": "Tea"}).json
    answer = house.alice.post(schedules, {"local_time": "08:30", "goals": [theirs["id"]]})
    assert answer.json["error"]["fields"].keys() == {"goals"}


def test_a_check_in_of_one_who_has_not_agreed_is_not_due(house):
    answer = house.alice.post(f"/clients/{house.eli}/schedules", {"local_time": "08:30"})
    assert answer.json["next_due_at"] is None


def test_an_impossible_time_is_told_at_its_field(alice, schedules):
    assert alice.post(schedules, {"local_time": "25:00"}).json["error"]["fields"].keys() == {"local_time"}


def test_a_second_reflection_replaces_the_first(alice, schedules):
    for time in ("16:00", "17:00"):
        alice.post(schedules, {"kind": "reflection", "local_time": time})
    assert [schedule["local_time"] for schedule in alice.get(schedules).json["items"]] == ["17:00"]


def test_a_goal_too_big_is_agreed_all_the_same_with_a_smaller_one_to_think_of(alice, goals):
    assert alice.post(goals, {"title": "read a book a day"}).json["smaller"] == "read 2 pages a day"
    assert alice.post(goals, {"title": "5 squats"}).json["smaller"] is None


def test_how_a_goal_goes(alice, goals, house):
    goal = alice.post(goals, {"title": "5 squats"}).json
    (habit,) = alice.get(f"/clients/{house.ruth}/habits").json["items"]
    assert habit == {
        "goal_id": goal["id"], "title": "5 squats", "strength": 0, "streak": 0, "in_weeks": False, "freezes": 2,
        "done": 0, "days": 0, "advice": None,
    }  # fmt: skip
