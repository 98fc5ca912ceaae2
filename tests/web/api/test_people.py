"""People, groups and handing over, by programs."""

from coach_portal.core.models import tables
from tests.rows import rows


def dana_of(database):
    """Dana's id."""
    return next(one.id for one in rows(database, tables.coach) if one.email.startswith("dana"))


def test_people_are_told_to_their_practice_alone(house):
    told = [(one["name"].split()[0], one["role"]) for one in house.dana.get("/people").json["items"]]
    assert told == [("Alice", "owner"), ("Bob", "assistant"), ("Dana", "coach")]
    assert [one["name"] for one in house.charlie.get("/people").json["items"]] == ["Charlie Stone"]


def test_a_group_is_made_filled_and_narrows_the_roster(house):
    group = house.alice.post("/groups", {"name": "Sleepers"}).json
    path = f"/groups/{group['id']}/clients"
    assert house.alice.post(path, {"clients": [house.ruth, house.eli]}).json["clients"] == [house.ruth, house.eli]
    assert house.alice.post(path, {"clients": [house.ruth], "off": True}).json["clients"] == [house.ruth]
    assert [one["id"] for one in house.alice.get(f"/roster?group={group['id']}").json["items"]] == [house.eli]
    assert [one["name"] for one in house.dana.get("/groups").json["items"]] == ["Sleepers"]


def test_another_practices_group_and_a_colleagues_client_look_like_none(house):
    group = house.alice.post("/groups", {"name": "Sleepers"}).json["id"]
    assert house.charlie.get(f"/groups/{group}").status_code == 404
    assert house.charlie.get(f"/roster?group={group}").json["items"] == []
    assert house.charlie.post(f"/groups/{group}/clients", {"clients": [house.ruth]}).status_code == 404
    assert house.dana.post(f"/groups/{group}/clients", {"clients": [house.ruth]}).status_code == 404


def test_only_the_owner_hands_over(house, database):
    given = {"clients": [house.ruth], "to": dana_of(database)}
    assert house.bob.post("/handovers", given).status_code == 403
    assert house.charlie.post("/handovers", given).status_code == 404
    assert house.alice.post("/handovers", given | {"to": house.coach + 1000}).status_code == 404
    assert house.alice.post("/handovers", given | {"clients": [house.ruth, 999]}).status_code == 404
    assert house.alice.post("/handovers", given).json["clients"] == [house.ruth]
    assert house.dana.get(f"/clients/{house.ruth}").status_code == 200
