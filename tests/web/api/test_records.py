"""The conversation, what clients report and what needs a human, over the API."""

from datetime import date

import pytest

from coach_portal.core.models import Alert, Goal, Miss, Reflection, Win
from tests.cast import NOW


@pytest.fixture
def add(database, house):
    """Add rows of Ruth's, in one transaction, and answer their ids."""

    def add(*rows):
        with database.session() as session:
            for row in rows:
                row.practice_id, row.client_id = house.practice, house.ruth
                session.add(row)
                session.flush()
            return [row.id for row in rows]

    return add


@pytest.fixture
def squats(add):
    """Ruth's goal."""
    (goal_id,) = add(Goal(position=1, title="5 squats", unit="squats", cadence="daily", created_at=NOW))
    return goal_id


def win(**values):
    """A win of today."""
    return Win(local_date=date(2026, 11, 18), source="text", recorded_at=NOW, **values)


def items(house, what):
    """One of Ruth's lists."""
    return house.alice.get(f"/clients/{house.ruth}/{what}").json["items"]


def test_a_text_by_hand_is_planned_and_queued(house, queue):
    answer = house.alice.post(f"/clients/{house.ruth}/messages", {"body": "Well done!"})
    assert answer.status_code == 201
    assert (answer.json["body"], answer.json["direction"], answer.json["state"]) == ("Well done!", "out", "planned")
    assert queue.message_ids == [answer.json["id"]]


def test_nobody_is_texted_who_has_not_agreed(house, queue):
    answer = house.alice.post(f"/clients/{house.eli}/messages", {"body": "Hello?"})
    assert answer.json["error"]["fields"].keys() == {"body"}
    assert queue.message_ids == []


def test_an_over_long_text_is_told_by_how_much(house):
    answer = house.alice.post(f"/clients/{house.ruth}/messages", {"body": "x" * 1612})
    assert answer.json["error"]["fields"] == {"body": ["Shorten it by 12 characters: at most 1600 fit."]}


def test_the_conversation_comes_newest_first_and_on_the_clients_clock(house):
    for body in ("One", "Two"):
        house.alice.post(f"/clients/{house.ruth}/messages", {"body": body})
    newest = items(house, "messages")
    assert [message["body"] for message in newest[:2]] == ["Two", "One"]
    assert newest[0]["local_time"] == "2026-11-18T08:30:00-05:00"


def test_a_win_has_its_goals_title_and_unit(house, add, squats):
    add(win(goal_id=squats, amount=5))
    (told,) = items(house, "wins")
    assert (told["title"], told["amount"], told["unit"], told["local_date"]) == ("5 squats", 5, "squats", "2026-11-18")


def test_a_win_outside_the_goals_is_in_the_clients_words(house, add):
    add(win(title="called my sister"))
    (told,) = items(house, "wins")
    assert (told["title"], told["goal_id"]) == ("called my sister", None)


def test_a_win_taken_back_is_gone(house, add):
    add(win(title="called my sister", undone_at=NOW))
    assert items(house, "wins") == []


def test_a_miss_has_its_goals_title(house, add, squats):
    add(Miss(goal_id=squats, local_date=date(2026, 11, 18), recorded_at=NOW))
    assert [miss["title"] for miss in items(house, "misses")] == ["5 squats"]


def test_a_reflection_has_question_and_answer(house, add):
    add(Reflection(question="What helped?", body="Sleep.", local_date=date(2026, 11, 15), recorded_at=NOW))
    assert [(told["question"], told["body"]) for told in items(house, "reflections")] == [("What helped?", "Sleep.")]


def test_an_alert_names_its_client(house, add):
    add(Alert(kind="risk", created_at=NOW))
    (told,) = items(house, "alerts")
    assert (told["kind"], told["client_name"], told["closed_at"]) == ("risk", "Ruth Adeyemi", None)


def test_all_alerts_are_those_of_all_ones_clients(house, add):
    add(Alert(kind="risk", created_at=NOW))
    assert [alert["kind"] for alert in house.alice.get("/alerts").json["items"]] == ["risk"]
    assert house.dana.get("/alerts").json["items"] == []
    assert house.charlie.get("/alerts").json["items"] == []


def test_an_alert_about_nobody_we_know_is_for_those_who_see_the_practice(house, database):
    with database.session() as session:
        session.add(Alert(practice_id=house.practice, kind="risk", created_at=NOW))
    assert [alert["client_name"] for alert in house.alice.get("/alerts").json["items"]] == [None]
    assert house.dana.get("/alerts").json["items"] == []
