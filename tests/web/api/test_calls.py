"""Calls by the API: agreed to, chosen for a schedule, read as what was asked, said and understood, and heard."""

from datetime import timedelta

import pytest

from coach_portal.core.models import Message, Recording
from tests.cast import NOW

SCHEDULE = {"local_time": "08:30", "channel": "call", "on_machine": "message"}


@pytest.fixture
def ruth(house):
    """The address of Ruth, who said YES to texts."""
    return f"/clients/{house.ruth}"


@pytest.fixture
def left(house, database):
    """Ruth was asked on a call, did two, and left a message; the id of that."""
    common = {"practice_id": house.practice, "client_id": house.ruth, "channel": "call"}
    sides = {"from_phone": "+16175550111", "to_phone": "+16175550100", "direction": "in", "state": "received"}
    with database.session() as session:
        asked = {"direction": "out", "kind": "check_in", "state": "completed", "seconds": 41, "answered_by": "human"}
        session.add(Message(body="Today: 5 squats. How did it go?", created_at=NOW, **common, **sides | asked))
        at = NOW + timedelta(seconds=20)
        read = {"understanding": {"acts": ["win"]}}
        session.add(Message(body="I did two of them", kind="text", created_at=at, **common, **sides, **read))
        message = Message(body="Please call me", kind="voicemail", created_at=at, **common, **sides)
        session.add(message)
        session.flush()
        kept = {"sid": "RE" + "a" * 32, "account_sid": "AC1", "seconds": 7, "transcript": "completed"}
        ours = {"practice_id": house.practice, "client_id": house.ruth, "message_id": message.id}
        session.add(Recording(recorded_at=at, **ours, **kept))
        return message.id


def test_a_client_is_asked_by_text_whether_they_may_be_called(house, ruth, queue):
    assert house.alice.post(f"{ruth}/calls", {"how": "ask"}).json["calls"] == "asked"
    assert "Reply CALL" in house.alice.get(f"{ruth}/messages").json["items"][0]["body"]


def test_a_yes_that_was_told_is_a_line_of_the_ledger_and_ends_again(house, ruth):
    assert house.alice.post(f"{ruth}/calls", {"how": "told"}).json["calls"] == "granted"
    assert house.alice.post(f"{ruth}/calls", {"how": "end"}).json["calls"] == "revoked"
    lines = house.alice.get(f"{ruth}/consents").json["items"]
    assert [(line["channel"], line["event"]) for line in lines][-2:] == [("call", "granted"), ("call", "revoked")]


def test_what_is_settled_is_one_of_three(house, ruth):
    answer = house.alice.post(f"{ruth}/calls", {"how": "assumed"})
    assert answer.status_code == 422
    assert "how" in answer.json["error"]["fields"]


def test_a_schedule_says_by_which_way_it_asks(house, ruth):
    house.alice.post(f"{ruth}/schedules", SCHEDULE)
    told = house.alice.get(f"{ruth}/schedules").json["items"][-1]
    assert {name: told[name] for name in SCHEDULE} == SCHEDULE


def test_the_conversation_tells_what_was_asked_said_and_understood(house, ruth, left):
    message, said, asked = house.alice.get(f"{ruth}/messages").json["items"][:3]
    assert (asked["channel"], asked["seconds"], asked["answered_by"]) == ("call", 41, "human")
    assert (said["channel"], said["body"], said["understanding"]) == ("call", "I did two of them", {"acts": ["win"]})
    address = f"/api/v1{ruth}/messages/{left}/recording"
    assert message["recording"] == {"address": address, "seconds": 7, "transcript": "completed"}
    assert asked["recording"] is None


def test_a_message_that_the_carrier_does_not_give_is_no_mistake_of_ours(house, ruth, left):
    assert house.alice.get(f"{ruth}/messages/{left}/recording").status_code == 502


def test_nobody_elses_message_is_heard(house, ruth, left):
    assert house.charlie.get(f"{ruth}/messages/{left}/recording").status_code == 404
