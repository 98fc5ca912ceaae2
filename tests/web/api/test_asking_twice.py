"""A request with an Idempotency-Key is done once, however often it comes."""

from datetime import timedelta

import pytest

from coach_portal.core.models import tables
from coach_portal.core.services.records import retention
from tests.cast import NOW
from tests.rows import count, row
from tests.web.api.conftest import Program

GOAL = {"title": "5 squats"}


def keyed(program: Program, path: str, data: dict, key: str = "a-key"):
    """POST with a key."""
    return program.post(path, data, headers={"Authorization": f"Bearer {program.token}", "Idempotency-Key": key})


@pytest.fixture
def goals(house):
    """Where Ruth's goals are."""
    return f"/clients/{house.ruth}/goals"


def test_the_first_answer_comes_again_and_nothing_is_made_twice(house, goals, database):
    first, second = (keyed(house.alice, goals, GOAL) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.get_data() == second.get_data()
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert count(database, tables.goal) == 1


def test_a_text_by_hand_leaves_once(house, queue, database):
    for _ in range(2):
        keyed(house.alice, f"/clients/{house.ruth}/messages", {"body": "Hello"})
    assert len(queue.take_all()) == 1


def test_another_body_under_the_same_key_is_refused(house, goals, database):
    keyed(house.alice, goals, GOAL)
    answer = keyed(house.alice, goals, {"title": "10 squats"})
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json["error"]["fields"]
    assert count(database, tables.goal) == 1


def test_the_same_key_of_another_token_is_another_key(house, goals):
    keyed(house.alice, goals, GOAL)
    assert keyed(house.bob, goals, {"title": "10 squats"}).status_code == 201


def test_what_was_refused_may_be_mended_under_the_same_key(house, goals, database):
    assert keyed(house.alice, goals, {"title": ""}).status_code == 422
    assert count(database, tables.kept_answer) == 0
    assert keyed(house.alice, goals, GOAL).status_code == 201


def test_after_a_day_the_key_is_free(house, goals, clock):
    keyed(house.alice, goals, GOAL)
    clock.move_on(hours=24)
    assert keyed(house.alice, goals, {"title": "10 squats"}).status_code == 201


def test_the_house_forgets_old_answers(house, goals, database):
    keyed(house.alice, goals, GOAL)
    with database.transaction() as connection:
        assert "answers" not in retention.tidy(connection, NOW + timedelta(hours=23))
        assert retention.tidy(connection, NOW + timedelta(hours=25))["answers"] == 1


def test_a_new_token_is_told_once_even_so(house, database):
    asked = {"name": "Sheet", "scopes": ["read"]}
    assert keyed(house.alice, "/tokens", asked).json["token"].startswith("cp_")
    again = keyed(house.alice, "/tokens", asked)
    assert (again.status_code, again.json["error"]["code"]) == (409, "conflict")
    assert count(database, tables.api_token, name="Sheet") == 1


def test_erasing_somebody_empties_what_programs_were_answered(house, goals, database):
    keyed(house.alice, goals, GOAL)
    house.alice.post(f"/clients/{house.ruth}/erasure", {"name": "Ruth Adeyemi"})
    assert row(database, tables.kept_answer).answer is None


@pytest.mark.parametrize("key", ["", "x" * 256, "é"])
def test_a_key_that_is_none_is_refused(house, goals, key):
    assert keyed(house.alice, goals, GOAL, key).status_code == 422
