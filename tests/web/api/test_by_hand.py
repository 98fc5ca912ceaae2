"""Wins logged by hand and notes, over the API."""

import pytest

SLEPT = {"title": "slept before midnight", "on": "2026-11-17"}


@pytest.fixture
def ruth(house):
    """Ruth's address."""
    return f"/clients/{house.ruth}"


def test_a_win_is_logged_for_a_day_gone_by(alice, ruth):
    answer = alice.post(f"{ruth}/wins", SLEPT)
    assert answer.status_code == 201
    assert (answer.json["local_date"], answer.json["source"]) == ("2026-11-17", "coach")
    assert alice.get(f"{ruth}/wins").json["items"] == [answer.json]


def test_a_win_is_put_right_and_taken_back(alice, ruth):
    win = alice.post(f"{ruth}/wins", SLEPT).json
    corrected = alice.post(f"{ruth}/wins/{win['id']}/correction", SLEPT | {"on": "2026-11-16"}).json
    assert corrected["local_date"] == "2026-11-16"
    assert alice.post(f"{ruth}/wins/{win['id']}/undone", {}).status_code == 201
    assert alice.get(f"{ruth}/wins").json["items"] == []


def test_a_day_to_come_is_refused_at_its_field(alice, ruth):
    answer = alice.post(f"{ruth}/wins", SLEPT | {"on": "2026-11-19"})
    assert answer.status_code == 422
    assert answer.json["error"]["fields"].keys() == {"on"}


def test_a_note_is_kept_and_taken_away(alice, ruth):
    note = alice.post(f"{ruth}/notes", {"body": "She moves in May"}).json
    assert (note["body"], note["author"]) == ("She moves in May", "Alice Moreau")
    assert alice.get(f"{ruth}/notes").json["items"] == [note]
    alice.post(f"{ruth}/notes/{note['id']}/removed", {})
    assert alice.get(f"{ruth}/notes").json["items"] == []
