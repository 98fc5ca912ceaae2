"""Programmes over the API: written, looked ahead at, started, held and ended, by whoever may."""

import pytest

from coach_portal.core.models import tables
from tests import rows

MORNINGS = {"name": "Better mornings", "about": "For heavy mornings"}
GOAL = {"kind": "goal", "title": "5 squats", "amount": 5, "unit": "squats", "starts": "after_enrolment", "days": 1}
WELCOME = {"body": "Welcome, {client}.", "starts": "after_enrolment", "days": 0, "words": {"es": {"body": "Hola."}}}


@pytest.fixture
def course(house):
    """The address of a programme of Alice's with two steps."""
    path = f"/programmes/{house.alice.post('/programmes', MORNINGS).json['id']}"
    for step in (WELCOME, GOAL):
        assert house.alice.post(f"{path}/steps", step).status_code == 201
    return path


def enrolled(house, course):
    """The address of Ruth's enrolment."""
    return f"/enrolments/{house.alice.post(f'{course}/enrolments', {'clients': [house.ruth]}).json['enrolments'][0]}"


def test_a_programme_is_told_with_its_steps(house, course):
    told = house.alice.get(course).json
    assert (told["name"], told["steps"], told["active"], told["retired_at"]) == ("Better mornings", 2, 0, None)
    first, second = house.alice.get(f"{course}/steps").json["items"]
    assert (first["body"], first["words"], first["begun"]) == ("Welcome, {client}.", {"es": {"body": "Hola."}}, 0)
    assert (second["title"], second["days"], second["ask_days"]) == ("5 squats", 1, [1, 2, 3, 4, 5, 6, 7])


def test_lists_have_cursors(house, course):
    page = house.alice.get(f"{course}/steps?limit=1").json
    assert page["items"][0]["kind"] == "message"
    page = house.alice.get(f"{course}/steps?limit=1&cursor={page['next']}").json
    assert (page["items"][0]["kind"], page["next"]) == ("goal", None)


def test_the_calendar_tells_texts_segments_and_price(house, course):
    told = house.alice.post(f"{course}/calendar", {"starts_on": "2026-11-23"}).json
    assert [(text["on"], text["week"], text["segments"]) for text in told["texts"]] == [
        ("2026-11-23", 1, 1),
        ("2026-11-24", 1, 0),
    ]
    assert told["texts"][0]["body"] == "Welcome, Sam."
    assert (told["weeks"], told["segments"], told["micros"]) == (1, 1, 12_300)


def test_steps_are_changed_moved_and_removed(house, course):
    first, second = (step["id"] for step in house.alice.get(f"{course}/steps").json["items"])
    assert house.alice.post(f"{course}/steps/{first}/change", WELCOME | {"body": "Hello."}).json["body"] == "Hello."
    house.alice.post(f"{course}/steps/{second}/move", {"up": True})
    assert [step["id"] for step in house.alice.get(f"{course}/steps").json["items"]] == [second, first]
    house.alice.post(f"{course}/steps/{first}/remove", {})
    assert [step["id"] for step in house.alice.get(f"{course}/steps").json["items"]] == [second]


def test_a_client_is_started_and_told_of(house, course):
    here = enrolled(house, course)
    told = house.alice.get(here).json
    assert (told["client"], told["programme"], told["state"], told["week"]) == (
        "Ruth Adeyemi",
        "Better mornings",
        "active",
        1,
    )
    assert told["next_on"] == "2026-11-18"
    assert house.alice.get(f"{course}/enrolments").json["items"] == [told]
    assert house.alice.get(f"/clients/{house.ruth}/enrolments").json["items"] == [told]
    again = house.alice.post(f"{course}/enrolments", {"clients": [house.ruth]}).json
    assert again == {
        "enrolments": [],
        "left_out": [{"client_id": house.ruth, "name": "Ruth Adeyemi", "rule": "already_in"}],
    }


def test_it_rests_goes_on_and_ends(house, course):
    here = enrolled(house, course)
    for act, state in (("pause", "paused"), ("resume", "active"), ("stop", "stopped")):
        assert house.alice.post(f"{here}/{act}", {}).json["state"] == state


def test_what_is_wrong_is_said_at_its_field(house, course):
    answer = house.alice.post(f"{course}/steps", WELCOME | {"body": "Hi {first_name}", "days": 400})
    assert answer.status_code == 422
    assert set(answer.json["error"]["fields"]) == {"body", "days"}


def test_whoever_did_not_write_it_copies_it_instead(house, course):
    step = house.alice.get(f"{course}/steps").json["items"][0]["id"]
    assert house.dana.post(f"{course}/steps/{step}/change", WELCOME).status_code == 403
    assert house.dana.post(f"{course}/retire", {}).status_code == 403
    assert house.bob.post(f"{course}/steps/{step}/change", WELCOME).status_code == 201
    copied = house.dana.post(f"{course}/copy", {}).json
    assert (copied["name"], copied["steps"]) == ("Better mornings, copy 1", 2)
    assert house.dana.post(f"/programmes/{copied['id']}/change", {"name": "Dana's"}).json["name"] == "Dana's"


def test_one_that_is_put_away_starts_nobody_until_it_is_taken_up(house, course):
    house.alice.post(f"{course}/retire", {})
    assert house.alice.post(f"{course}/enrolments", {"clients": [house.ruth]}).status_code == 422
    house.alice.post(f"{course}/take-up", {})
    assert house.alice.post(f"{course}/enrolments", {"clients": [house.ruth]}).status_code == 201


def test_another_practice_finds_nothing_of_it(house, course):
    here = enrolled(house, course)
    step = f"{course}/steps/{house.alice.get(f'{course}/steps').json['items'][0]['id']}"
    for path in (course, f"{course}/steps", f"{course}/enrolments", here):
        assert house.charlie.get(path).status_code == 404
    sent = {f"{course}/change": MORNINGS, f"{course}/steps": WELCOME, f"{step}/change": WELCOME}
    sent |= {f"{course}/enrolments": {"clients": [house.ruth]}}
    acts = ("/copy", "/retire", "/take-up", "/calendar")
    sent |= {f"{course}{act}": {} for act in acts} | {f"{step}/{act}": {} for act in ("move", "remove")}
    sent |= {f"{here}/{act}": {} for act in ("pause", "resume", "stop")}
    for path, body in sent.items():
        assert house.charlie.post(path, body).status_code == 404, path
    assert house.charlie.get("/programmes").json["items"] == []


def test_a_coach_starts_and_sees_their_own_clients_only(house, course, database):
    here = enrolled(house, course)
    assert house.dana.post(f"{course}/enrolments", {"clients": [house.ruth]}).status_code == 404
    assert house.dana.get(here).status_code == 404
    assert house.dana.post(f"{here}/stop", {}).status_code == 404
    assert house.dana.get(f"{course}/enrolments").json["items"] == []
    assert house.dana.get(course).json["active"] == 0
    assert house.dana.post(f"{course}/enrolments", {"clients": [house.eli]}).json["enrolments"]
    assert len(rows.rows(database, tables.enrolment)) == 2
