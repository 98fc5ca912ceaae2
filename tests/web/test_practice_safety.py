"""Who is told about danger: each coach's own phone, and the second contact, whom the owner names."""

from datetime import UTC, datetime, time, timedelta

import pytest

from coach_portal.core.models import tables
from coach_portal.core.rules import crisis_lines
from tests.rows import row, rows
from tests.web.conftest import signed_in
from tests.web.page import told

PAGE = "/practice/safety"
BETH = {"name": "Beth Ames", "phone": "+1 (617) 555-0198", "email": "beth@example.com"}


@pytest.fixture
def bob(app, cast):
    """The browser of Bob, who assists."""
    return signed_in(app, "bob@example.com")


def name(browser, **changes):
    """Name a second contact."""
    return browser.post(f"{PAGE}/second-contact", BETH | changes, page=PAGE)


def test_a_coach_says_where_they_are_texted(alice, cast, database):
    assert alice.post(f"{PAGE}/own-phone", {"own_phone": "+1 617 555 0199"}, page=PAGE).status_code == 303
    assert row(database, tables.coach, id=cast.alice).phone == "+16175550199"
    assert "Saved. You are texted and emailed." in alice.get(PAGE).text
    alice.post(f"{PAGE}/own-phone", {"own_phone": ""}, page=PAGE)
    assert row(database, tables.coach, id=cast.alice).phone is None


def test_r20_the_owner_names_a_second_contact_and_may_name_another(alice, database):
    assert "Nobody is named" in alice.get(PAGE).text
    assert name(alice, phone="+16175550198").status_code == 303
    name(alice, name="Carl Ames", phone="+16175550198")
    second = row(database, tables.second_contact)
    assert (second.name, second.phone, second.email) == ("Carl Ames", "+16175550198", "beth@example.com")
    actions = [event.action for event in rows(database, tables.audit_event)]
    assert actions.count("name_second_contact") == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": "12"}, "phone"),
        ({"phone": "+16175550198", "email": "beth"}, "email"),
        ({"phone": "", "email": ""}, "phone"),
        ({"phone": "", "email": "Alice@example.com"}, "email"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_what_was_typed_stays(alice, database, wrong, field):
    page = told(name(alice, **wrong))
    assert f'id="{field}-error"' in page.html
    assert rows(database, tables.second_contact) == []


def test_the_coachs_own_phone_is_no_second_contact(alice):
    alice.post(f"{PAGE}/own-phone", {"own_phone": "+16175550198"}, page=PAGE)
    assert 'id="phone-error"' in told(name(alice, phone="+16175550198")).html


def test_who_assists_sees_who_it_is_and_does_not_name_anyone(alice, bob, database):
    name(alice, phone="+16175550198")
    page = bob.get(PAGE)
    assert "Beth Ames" in page.text
    assert "0198" not in page.text
    assert bob.post(f"{PAGE}/second-contact", BETH, page=PAGE).status_code == 403


def test_each_practice_has_its_own(alice, charlie):
    name(alice, phone="+16175550198")
    assert "Beth" not in charlie.get(PAGE).text


def test_r23_the_numbers_show_their_date_and_which_are_not_verified(alice):
    page = alice.get(PAGE)
    assert "Checked on 20 November 2026." in page.text
    assert page.text.count("Not yet verified") == 4


def test_r23_numbers_checked_more_than_90_days_ago_are_told_on_the_first_page_and_here(app, clock, cast):
    clock.move_to(datetime.combine(crisis_lines.CHECKED_ON, time(12), UTC) + timedelta(days=90))
    assert "were last checked" not in signed_in(app, "alice@example.com").get("/").text
    clock.move_on(days=1)
    alice = signed_in(app, "alice@example.com")
    assert "The numbers to call were last checked on 20 November 2026." in alice.get("/").text
    assert "These were last checked on 20 November 2026." in alice.get(PAGE).text
