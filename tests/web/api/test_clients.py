"""Taking clients on over the API."""

from coach_portal.core.models import Client, Message

NINA = {"name": "Nina", "phone": "+1 617 555 0147", "timezone": "America/Chicago", "locale": "es"}


def test_a_client_is_taken_on(alice):
    answer = alice.post("/clients", NINA)
    assert answer.status_code == 201
    assert (NINA | {"phone": "+16175550147"}).items() <= answer.json.items()


def test_the_country_comes_from_the_phone(alice):
    assert alice.post("/clients", NINA).json["country"] == "US"


def test_a_new_client_is_asked_by_text_whether_they_agree(alice, queue, database):
    nina = alice.post("/clients", NINA).json
    assert nina["consent"] == "invited"
    with database.reading() as session:
        (message_id,) = queue.message_ids
        assert session.get(Message, message_id).client_id == nina["id"]


def test_nothing_is_queued_for_a_client_who_was_not_taken_on(house, queue):
    house.alice.post("/clients", NINA)
    queue.message_ids.clear()
    assert house.alice.post("/clients", NINA).status_code == 422
    assert queue.message_ids == []


def test_a_second_client_with_the_same_phone_is_told_at_the_phone(alice):
    alice.post("/clients", NINA)
    assert alice.post("/clients", NINA).json["error"]["fields"].keys() == {"phone"}


def test_two_practices_may_have_the_same_person(house):
    assert house.alice.post("/clients", NINA).status_code == 201
    assert house.charlie.post("/clients", NINA).status_code == 201


def test_a_client_is_shown_as_they_were_answered(alice):
    nina = alice.post("/clients", NINA).json
    assert alice.get(f"/clients/{nina['id']}").json == nina


def test_a_client_tells_when_they_are_asked_next(house):
    schedule = house.alice.post(f"/clients/{house.ruth}/schedules", {"local_time": "18:00"}).json
    assert schedule["next_due_at"] == "2026-11-18T23:00:00+00:00"
    assert house.alice.get(f"/clients/{house.ruth}").json["next_due_at"] == schedule["next_due_at"]


def test_owner_and_assistant_see_everyone_a_coach_their_own(house):
    def names(program):
        return [client["name"] for client in program.get("/clients").json["items"]]

    assert names(house.alice) == ["Ruth Adeyemi", "Eli Brandt"]
    assert names(house.bob) == ["Ruth Adeyemi", "Eli Brandt"]
    assert names(house.dana) == ["Eli Brandt"]
    assert names(house.charlie) == []


def test_practice_and_consent_are_not_anyones_to_assign(alice, database):
    answer = alice.post("/clients", NINA | {"practice_id": 2, "consent": "granted"})
    assert answer.json["error"]["fields"].keys() == {"practice_id", "consent"}
    with database.reading() as session:
        assert session.query(Client).filter_by(name="Nina").count() == 0
