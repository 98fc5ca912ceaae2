"""The practice's own Sunday questions, for programs."""

RIVER = {"body": "What did the river look like?"}


def test_a_question_can_be_added_listed_and_retired(house):
    added = house.alice.post("/questions", RIVER)
    assert (added.status_code, added.json["theme"], added.json["retired_at"]) == (201, "noticing", None)
    retired = house.alice.post(f"/questions/{added.json['id']}/retire", {})
    assert retired.json["retired_at"] is not None
    assert [each["body"] for each in house.alice.get("/questions").json["items"]] == [RIVER["body"]]


def test_what_asks_nothing_is_refused(house):
    assert house.alice.post("/questions", {"body": "Tell me about the river"}).status_code == 422


def test_another_practices_question_looks_like_none(house):
    number = house.alice.post("/questions", RIVER).json["id"]
    assert house.charlie.get("/questions").json["items"] == []
    theirs, missing = (house.charlie.post(f"/questions/{each}/retire", {}) for each in (number, 4_000_000))
    assert (theirs.status_code, theirs.json) == (404, missing.json)
