"""The page of the one person who sees how a client's week went."""

import pytest

from coach_portal.core.models import tables
from tests import rows

ANA = {"name": "Ana", "phone": "+1 617 555 0155", "locale": "en"}


@pytest.fixture
def page(ruth):
    """Where it is."""
    return f"{ruth}/supporter"


def test_it_shows_what_both_would_read(alice, page):
    text = alice.get(page).text
    assert "May Ana get a short text each week" in text
    assert "Ruth's week: 9 of 14 days done, 2 wins of their own." in text


def test_the_client_is_asked_and_the_page_says_how_far_it_came(alice, page, queue, database):
    queue.take_all()
    assert alice.post(page, ANA).status_code == 303
    assert "Ruth is asked about Ana" in alice.get(page).text
    assert rows.row(database, tables.message, id=queue.take_all()[0]).kind == "by_hand"


@pytest.mark.parametrize(("wrong", "told"), [({"name": ""}, "Write the name"), ({"phone": "555"}, "country code")])
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_is_kept(alice, page, wrong, told):
    answer = alice.post(page, ANA | wrong)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="Ana"' in answer.text or "name" in wrong


def test_the_coach_can_end_it_at_any_time(alice, page, database):
    alice.post(page, ANA)
    alice.post(f"{page}/end", page=page)
    assert rows.row(database, tables.supporter).ended_by == "coach"
    assert "Someone who cares" in alice.get(page).text


def test_another_practice_finds_nothing(charlie, page):
    assert charlie.ask("GET", page).status_code == 404
