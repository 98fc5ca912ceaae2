"""Other software: tokens and endpoints, made and ended on a page."""

import re

import pytest

from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.services.events import stream
from coach_portal.core.services.progress import by_hand
from tests.rows import change, count, row

HERE = "/practice/api"
THERE = {"url": "https://software.example.com/events"}


def made(browser, **more):
    """The answer to making a token."""
    return browser.post(f"{HERE}/tokens", {"name": "Sheet", "scopes": ["read", "write"], **more}, page=HERE)


def token_in(answer):
    """The token that is shown."""
    return re.search(r"cp_[\w-]{43}", answer.text)[0]


def test_a_token_is_shown_once_and_works(alice):
    answer = made(alice, days="30")
    token = token_in(answer)
    listed = alice.get(HERE)
    assert token not in listed.text
    assert "Sheet" in listed.text
    with_it = {"headers": {"Authorization": f"Bearer {token}"}}
    assert alice.ask("GET", "/api/v1/clients", **with_it).status_code == 200
    assert alice.ask("GET", "/api/v1/tokens", **with_it).status_code == 403


def test_an_ended_token_opens_nothing_more(alice, database):
    token = token_in(made(alice))
    which = row(database, tables.api_token, name="Sheet").id
    assert alice.post(f"{HERE}/tokens/{which}/revoke", page=HERE).status_code == 303
    answer = alice.ask("GET", "/api/v1/clients", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["all"]}, {"days": "many"}])
def test_what_is_missing_is_said_and_what_was_typed_is_kept(alice, database, wrong):
    answer = made(alice, **wrong)
    assert answer.status_code == 422
    assert "form-error" in answer.text
    assert count(database, tables.api_token) == 0


def test_an_endpoint_is_added_with_its_secret_shown_once(alice, database):
    answer = alice.post(f"{HERE}/endpoints", THERE, page=HERE)
    assert re.search(r"whsec_[\w+/]+=", answer.text)
    assert "whsec_" not in alice.get(HERE).html
    assert row(database, tables.event_stream).is_on


def test_an_address_inside_is_refused_at_its_field(alice, database):
    answer = alice.post(f"{HERE}/endpoints", {"url": "https://10.0.0.1/"}, page=HERE)
    assert answer.status_code == 422
    assert 'id="url-error"' in answer.text
    assert count(database, tables.endpoint) == 0


@pytest.fixture
def endpoint(alice, database, cast, now):
    """An endpoint's page, with one event that was given up."""
    alice.post(f"{HERE}/endpoints", THERE, page=HERE)
    which = row(database, tables.endpoint).id
    with database.session() as session:
        told = {"goal_id": None, "amount": None, "on": now.date(), "title": "slept"}
        by_hand.log(session, session.get_one(Coach, cast.alice), session.get_one(Client, cast.ruth), told, now)
    with database.transaction() as connection:
        stream.number_new(connection, 1, row(database, tables.endpoint).created_at)
    change(database, tables.event_delivery, 1, state="given_up", status="503", attempts=10)
    return f"{HERE}/endpoints/{which}"


def test_the_log_tells_what_was_given_up_and_posts_it_again(alice, database, endpoint):
    page = alice.get(endpoint)
    assert "win.logged" in page.text
    assert "given up" in page.text
    assert alice.post(f"{endpoint}/replay", page=endpoint).status_code == 303
    again = row(database, tables.event_delivery)
    assert (again.state, again.attempts) == ("waiting", 0)


def test_another_secret_is_shown_once(alice, database, endpoint):
    before = row(database, tables.endpoint).salt
    assert "whsec_" in alice.post(f"{endpoint}/rotate", page=endpoint).text
    kept = row(database, tables.endpoint)
    assert (kept.old_salt, kept.salt == before) == (before, False)


def test_an_endpoint_can_be_switched_on_again_and_removed(alice, database, endpoint, now):
    change(
        database,
        tables.endpoint,
        row(database, tables.endpoint).id,
        disabled_at=row(database, tables.coach, id=1).created_at,
    )
    assert "Switched off" in alice.get(endpoint).text
    alice.post(f"{endpoint}/enable", page=endpoint)
    assert row(database, tables.endpoint).disabled_at is None
    alice.post(f"{endpoint}/remove", page=endpoint)
    assert count(database, tables.event_delivery) == 0
    alice.get(endpoint, status=404)


def test_anybody_may_read_the_reference(visitor, alice):
    page = visitor.get(f"{HERE}/reference")
    assert "/api/v1/clients/{client_id}/goals" in page.text
    assert page.text.count("wants write") > 10
    assert alice.get(f"{HERE}/reference")
