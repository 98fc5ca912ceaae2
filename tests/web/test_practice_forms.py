"""The practice's hours and wordings, set on pages of their own."""

import pytest
from sqlalchemy import select

from coach_portal.core.models import Client, Practice, Wording
from tests.web.conftest import signed_in
from tests.web.page import told

HOURS, WORDING = "/practice/hours", "/practice/wording"
OFFICE = {"texts_from": "10:00", "texts_until": "18:00", "sunday_from": "13:00"}
MINE = {"kind": "check_in", "locale": "en", "body": "{client}, {goals}: how was it?"}


def test_hours_are_set_and_told_on_a_clients_page(alice, ruth):
    assert alice.post(HOURS, OFFICE).status_code == 303
    assert "Texts go between 10:00 and 18:00, on Sundays from 13:00" in alice.get(ruth).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("texts_from", "07:30"),
        ("texts_until", "21:30"),
        ("texts_until", "09:00"),
        ("sunday_from", "18:30"),
        ("texts_from", "x"),
    ],
)
def test_hours_outside_the_laws_or_none_at_all_are_told_at_their_field(alice, field, value):
    assert f'id="{field}-error"' in told(alice.post(HOURS, OFFICE | {field: value})).html


def test_only_the_owner_sets_the_hours(app, cast):
    bob = signed_in(app, "bob@example.com")
    assert "The owner can change that" in bob.get(HOURS).text
    assert bob.ask("POST", HOURS, data={"csrf_token": bob.token("/clients/new"), **OFFICE}).status_code == 403


def test_a_practices_hours_are_its_own(alice, charlie, database):
    alice.post(HOURS, OFFICE)
    with database.reading() as session:
        assert {practice.texts_from for practice in session.scalars(select(Practice))} == {"10:00", "08:00"}


def test_a_wording_is_written_used_and_taken_away(alice, story):
    assert alice.post(WORDING, MINE).status_code == 303
    assert MINE["body"] in alice.get(f"{WORDING}?kind=check_in&locale=en").text
    story.goal()
    story.schedule("09:00")
    story.it_is("2026-11-18 09:00")
    assert story.phone() == ["Ruth, 5 squats: how was it?"]
    (row,) = story.rows(Wording.__table__)
    alice.post(f"{WORDING}/{row.id}/remove", page=WORDING)
    assert "Ours, used in turn" in alice.get(WORDING).text


def test_another_practice_keeps_its_own_words(alice, charlie):
    alice.post(WORDING, MINE)
    assert "Ours, used in turn" in charlie.get(WORDING).text


def test_a_wording_is_previewed_with_its_weight_and_price(alice):
    shown = alice.post(f"{WORDING}/preview", MINE, page=WORDING).text
    assert "Sam, 5 squats" in shown
    assert "characters, $" in shown


@pytest.mark.parametrize("body", ["How was it?", "{goals} {", "{goals}, now with 20% off", "{goals.x}", ""])
def test_a_wording_that_will_not_do_says_why(alice, body):
    assert 'id="body-error"' in told(alice.post(WORDING, MINE | {"body": body})).html


def test_the_hours_a_client_asked_for_are_set_on_their_page(alice, ruth, cast, database):
    typed = {"name": "Ruth Adeyemi", "timezone": "America/New_York", "locale": "en", "texts_from": "10:00"}
    typed |= {"texts_per_day": "1", "texts_per_week": "5"}
    assert alice.post(f"{ruth}/edit", typed).status_code == 303
    assert "between 10:00 and 21:00" in alice.get(ruth).text
    assert "at most 1 a day and 5 a week" in alice.get(ruth).text
    with database.reading() as session:
        assert session.get_one(Client, cast.ruth).texts_until is None


def test_a_text_that_sells_needs_an_agreement_of_its_own(alice, ruth):
    page = told(alice.post(f"{ruth}/texts", {"body": "My new package is $90 a month"}, page=ruth))
    assert "reads as an offer" in page.text
