"""What a coach does to bring a client in and know them: each mistake told where it was made."""

import pytest
from sqlalchemy import select

from coach_portal.core.models import CheckInSchedule, Client, Consent, Message
from tests.cast import RUTHS_PHONE
from tests.web.page import told

ELI = {"name": "Eli Brandt", "phone": "+1 617 555 0112", "timezone": "America/Chicago", "locale": "en"}


def test_inviting_sends_one_text_after_it_is_written(alice, database, queue):
    answer = alice.post("/clients/new", ELI)
    assert answer.status_code == 303
    with database.reading() as session:
        eli = session.scalars(select(Client).where(Client.phone == "+16175550112")).one()
        invitation = session.scalars(select(Message).where(Message.client_id == eli.id)).one()
        line = session.scalars(select(Consent).where(Consent.client_id == eli.id)).one()
        assert queue.message_ids == [invitation.id]
        assert (line.event, line.wording) == ("invited", invitation.body)
    page = alice.get(answer.location)
    assert "Eli has not said YES yet" in page.text
    assert "The words they saw" in page.text


@pytest.mark.parametrize(
    ("field", "typed", "advice"),
    [
        ("phone", "617 555", "country code"),
        ("phone", RUTHS_PHONE, "already has this number"),
        ("name", " ", "Write the client's name"),
        ("timezone", "Atlantis", "do not know this time zone"),
        ("locale", "tlh", "Choose one of"),
    ],
)
def test_mistake_is_told_at_its_field_and_the_rest_is_kept(alice, queue, field, typed, advice):
    page = told(alice.post("/clients/new", ELI | {field: typed}))
    assert advice in page.text
    assert f'id="{field}-error"' in page.html
    kept = {element.attributes.get("name"): element.attributes.get("value") for element in page.all("input")}
    for name in {"name", "phone", "timezone"} - {field}:
        assert kept[name] == ELI[name]
    assert queue.message_ids == []


def test_zone_left_empty_is_the_numbers(alice, database):
    (zone,) = alice.get("/clients/new").all("input", name="timezone")
    assert zone.attributes["value"] == ""
    alice.post("/clients/new", ELI | {"phone": "+1 312 555 0112", "timezone": ""})
    with database.reading() as session:
        assert session.scalars(select(Client.timezone).where(Client.phone == "+13125550112")).one() == "America/Chicago"


def test_zone_is_asked_where_the_number_has_several(alice):
    page = told(alice.post("/clients/new", ELI | {"phone": "+34 612 345 678", "timezone": ""}))
    assert 'id="timezone-error"' in page.html
    assert "Atlantic/Canary or Europe/Madrid" in page.text


def test_form_cannot_assign_what_is_not_the_coachs(alice, database):
    alice.post("/clients/new", ELI | {"consent": "granted", "practice_id": "2", "role": "owner"})
    with database.reading() as session:
        eli = session.scalars(select(Client).where(Client.phone == "+16175550112")).one()
        assert (eli.consent, eli.practice_id) == ("invited", 1)


def test_asking_again(alice, queue, database):
    location = alice.post("/clients/new", ELI).location
    queue.take_all()
    assert alice.post(f"{location}/invite", page="/clients/new").status_code == 303
    assert len(queue.take_all()) == 1


def test_nobody_who_agreed_is_asked_again(alice, ruth, queue):
    answer = alice.post(f"{ruth}/invite", page="/clients/new")
    assert "has already agreed" in alice.get(answer.location).text
    assert queue.message_ids == []


def test_changing_zone_moves_the_check_ins(alice, ruth, cast, database):
    alice.post(f"{ruth}/edit", {"name": "Ruth A", "timezone": "Europe/Madrid", "locale": "es"})
    with database.reading() as session:
        client = session.get_one(Client, cast.ruth)
        due = session.scalars(select(CheckInSchedule.next_due_at).where(CheckInSchedule.client_id == client.id)).one()
        assert (client.name, client.timezone, client.locale) == ("Ruth A", "Europe/Madrid", "es")
        assert due.hour == 17  # Sunday, 18:00 in Madrid
