"""The roster over the API, and what is done for many at once."""

from coach_portal.core.models import tables
from tests.rows import row, rows


def test_the_roster_tells_who_needs_the_coach(house):
    answer = house.alice.get("/roster").json
    assert [one["standing"] for one in answer["items"]] == ["no_goal", "not_confirmed"]
    assert len(answer["items"][0]["marks"]) == 14
    assert answer["next"] is None


def test_it_is_narrowed_sorted_and_paged(house):
    first = house.alice.get("/roster?sort=name&limit=1").json
    assert [one["name"] for one in first["items"]] == ["Eli Brandt"]
    after = house.alice.get(f"/roster?sort=name&limit=1&cursor={first['next']}").json
    assert ([one["name"] for one in after["items"]], after["next"]) == (["Ruth Adeyemi"], None)
    assert len(house.alice.get("/roster?standing=no_goal").json["items"]) == 1
    assert house.alice.get("/roster?sort=backwards").status_code == 422
    assert house.alice.get("/roster?cursor=elsewhere").json["error"]["fields"].keys() == {"cursor"}


def test_a_coach_sees_their_own_in_it(house):
    assert [one["id"] for one in house.dana.get("/roster").json["items"]] == [house.eli]
    assert house.charlie.get("/roster").json["items"] == []


def test_one_text_goes_to_those_who_agreed(house, database):
    answer = house.alice.post("/texts", {"clients": [house.ruth, house.eli], "body": "The hall is booked"})
    assert answer.status_code == 201
    assert answer.json == {
        "clients": [house.ruth],
        "left_out": [{"client_id": house.eli, "name": "Eli Brandt", "rule": "no_consent"}],
    }
    assert row(database, tables.message, kind="by_hand").client_id == house.ruth


def test_many_are_paused_and_tagged(house, database):
    assert house.alice.post("/pauses", {"clients": [house.ruth], "until": "2026-12-01"}).json["clients"] == [house.ruth]
    assert house.alice.post("/tags", {"clients": [house.ruth], "tag": "evening"}).json["clients"] == [house.ruth]
    assert house.alice.get("/roster?tag=evening").json["items"][0]["tags"] == ["evening"]
    house.alice.post("/tags", {"clients": [house.ruth], "tag": "evening", "off": True})
    assert rows(database, tables.client_tag) == []


def test_a_strangers_client_is_a_missing_one(house, database):
    bodies = {"texts": {"body": "Hello"}, "pauses": {}, "tags": {"tag": "mine"}}
    for what, body in bodies.items():
        for stranger in (house.charlie, house.dana):
            theirs = stranger.post(f"/{what}", body | {"clients": [house.ruth]})
            missing = stranger.post(f"/{what}", body | {"clients": [4_000_000]})
            assert (theirs.status_code, theirs.json) == (missing.status_code, missing.json) == (404, missing.json)
    assert rows(database, tables.client_tag) == []


def test_the_board_is_told_and_takes_ideas(house):
    ruth = f"/clients/{house.ruth}"
    assert house.alice.post(f"{ruth}/ideas", {"title": "Call Mum", "area": "people"}).status_code == 201
    house.alice.post(f"{ruth}/goals", {"title": "5 squats"})
    told = house.alice.get(f"{ruth}/board").json
    assert [idea["title"] for idea in told["to_try"]] == ["Call Mum"]
    assert [(one["goal"]["title"], one["done"]) for one in told["in_effort"]] == [("5 squats", 0)]
    assert told["win"] == []


def test_examples_are_told_in_both_languages(house):
    items = house.alice.get("/examples").json["items"]
    assert {one["locale"] for one in items} == {"en", "es"}
