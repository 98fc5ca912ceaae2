"""Texts and money: what was spent, what it may come to, and who may change it."""

import pytest

from coach_portal.core.models import tables
from coach_portal.core.services.practice import money
from tests.cast import NOW
from tests.rows import change, row, rows
from tests.web.conftest import signed_in

PAGE = "/practice/money"
OWN, TOKEN = "AC" + "a" * 32, "0123456789abcdef0123456789abcdef"


@pytest.fixture
def bob(app, cast):
    """Alice's assistant's browser."""
    return signed_in(app, "bob@example.com")


@pytest.fixture
def number(database, cast):
    """Alice's number."""
    return row(database, tables.sending_number, phone="+16175550100").id


@pytest.fixture
def sent(database, cast):
    """The invitation has been charged."""
    (message,) = rows(database, tables.message)
    with database.transaction() as connection:
        money.charge(connection, [message.id], NOW)
    return row(database, tables.charge).micros


def practice_of(database):
    """Alice's practice."""
    return row(database, tables.practice, name="Moreau Coaching")


def test_it_says_what_the_month_has_cost_and_who_of_it(alice, sent):
    page = alice.ask("GET", PAGE).text
    assert "November has cost $0.0" in page
    assert "Ruth Adeyemi" in page


def test_another_practice_sees_none_of_it(charlie, sent):
    page = charlie.ask("GET", PAGE).text
    assert "November has cost $0.00 so far" in page
    assert "Ruth" not in page


def test_it_says_what_a_month_will_come_to(alice, ruth):
    alice.post(f"{ruth}/goals/new", {"title": "5 squats"})
    assert "segments a month, about $" in alice.ask("GET", PAGE).text
    assert "segments a month, about $" in alice.ask("GET", ruth).text


def test_a_limit_is_kept_and_lifted(alice, database):
    alice.post(f"{PAGE}/cap", {"cap": "50"}, page=PAGE)
    assert practice_of(database).monthly_cap_micros == 50_000_000
    alice.post(f"{PAGE}/cap", {"cap": ""}, page=PAGE)
    assert practice_of(database).monthly_cap_micros is None


@pytest.mark.parametrize("typed", ["a lot", "-5", "0", "NaN", "1e99"])
def test_what_is_no_sum_is_told_and_kept_as_typed(alice, database, typed):
    answer = alice.post(f"{PAGE}/cap", {"cap": typed}, page=PAGE)
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert practice_of(database).monthly_cap_micros is None


def test_raising_the_limit_lets_texts_go_again(alice, database, sent):
    practice = practice_of(database)
    change(database, tables.practice, practice.id, monthly_cap_micros=1, budget_spent_at=NOW)
    assert "limit" in alice.ask("GET", PAGE).text
    alice.post(f"{PAGE}/cap", {"cap": "100"}, page=PAGE)
    assert practice_of(database).budget_spent_at is None


def test_a_limit_below_what_is_spent_stops_them_at_once(alice, database, sent):
    with database.transaction() as connection:
        connection.execute(tables.month_spent.update().values(micros=5_000_000))
    alice.post(f"{PAGE}/cap", {"cap": "2"}, page=PAGE)
    assert practice_of(database).budget_spent_at == NOW


def test_the_assistant_looks_and_changes_nothing(bob, database):
    assert bob.ask("GET", PAGE).status_code == 200
    assert bob.post(f"{PAGE}/cap", {"cap": "5"}, page=PAGE).status_code == 403
    assert practice_of(database).monthly_cap_micros is None


def test_a_stopped_number_is_shown_and_started_again(alice, database, number):
    change(database, tables.sending_number, number, stopped_at=NOW, stopped_code="30034")
    assert "error 30034" in alice.ask("GET", PAGE).text
    alice.post(f"{PAGE}/numbers/{number}/start", page=PAGE)
    assert row(database, tables.sending_number, id=number).stopped_at is None
    assert rows(database, tables.audit_event, action="start_number")


def test_how_a_number_is_registered_is_the_practices_to_say(alice, charlie, database, number):
    alice.post(f"{PAGE}/numbers/{number}", {"sender_class": "toll_free"}, page=PAGE)
    assert row(database, tables.sending_number, id=number).sender_class == "toll_free"
    theirs = charlie.post(f"{PAGE}/numbers/{number}", {"sender_class": "short_code"}, page=PAGE)
    assert theirs.status_code == 404


def test_the_owner_brings_an_account_and_sees_four_digits_of_it(alice, database):
    alice.post(f"{PAGE}/account", {"account_sid": OWN, "token": TOKEN}, page=PAGE)
    page = alice.ask("GET", PAGE).text
    assert "AC…aaaa" in page
    assert OWN not in page
    assert TOKEN not in page


def test_a_mistyped_account_is_told_without_showing_the_token(alice, database):
    answer = alice.post(f"{PAGE}/account", {"account_sid": "AC1", "token": TOKEN}, page=PAGE)
    assert answer.status_code == 422
    assert TOKEN not in answer.text
    assert rows(database, tables.secret) == []


def test_the_assistant_brings_no_account(bob, database):
    assert bob.post(f"{PAGE}/account", {"account_sid": OWN, "token": TOKEN}, page=PAGE).status_code == 403


@pytest.mark.parametrize(
    ("kind", "says"), [("sender_stopped", "Your texts have stopped"), ("budget_spent", "This month’s limit is reached")]
)
def test_today_says_what_wants_the_practice(alice, database, kind, says):
    alert = {"kind": kind, "practice_id": practice_of(database).id, "created_at": NOW}
    with database.transaction() as connection:
        connection.execute(tables.alert.insert(), alert)
    assert says in alice.ask("GET", "/").text
