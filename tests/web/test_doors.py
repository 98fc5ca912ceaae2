"""Every door of the portal and its API, by walking all addresses: what each refuses, and what each answer says.

Who may come in at which is in test_table_of_doors.
"""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from coach_portal.web.headers import ALWAYS
from tests.web.things import LINKS, filled, things_of

WAYS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")
CHANGING = ("POST", "PUT", "PATCH", "DELETE", "BREW")
FORM = {"title": "mine", "body": "hello", "local_time": "09:00", "kind": "check_in", "days": "1", "answer": "yes"}


def addresses(app: Flask) -> list[tuple[set[str], Rule]]:
    """Every address with the methods it takes, but for those that are a secret of their own."""
    known = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in LINKS]
    return [(rule.methods - {"HEAD", "OPTIONS"}, rule) for rule in known]


@pytest.fixture
def ruths(cast, database, now):
    """Ids of things of Ruth's, Alice's client."""
    with database.session() as session:
        return things_of(session, cast.ruth, now)


def test_nothing_changes_for_whoever_shows_no_token(app, alice, ruths):
    for _, address in addresses(app):
        for method in CHANGING:
            answer = alice.ask(method, filled(address, ruths), data=FORM)
            is_api = address.rule.startswith("/api/")
            assert answer.status_code in ({401, 405} if is_api else {400}), f"{method} {address}"


@pytest.mark.parametrize("place", ["query", "json", "header"])
def test_a_token_counts_in_the_form_alone(app, alice, ruths, place):
    token = alice.token("/clients/new")
    sent = {
        "query": {"query_string": {"csrf_token": token}, "data": FORM},
        "json": {"json": FORM | {"csrf_token": token}},
        "header": {"headers": {"X-CSRF-Token": token, "X-CSRFToken": token}, "data": FORM},
    }
    for methods, address in addresses(app):
        if "POST" in methods and not address.rule.startswith("/api/"):
            assert alice.ask("POST", filled(address, ruths), **sent[place]).status_code == 400, address


def test_what_changes_something_cannot_be_fetched(app, alice, ruths):
    fetched, sent = (
        {filled(address, ruths) for methods, address in addresses(app) if method in methods}
        for method in ("GET", "POST")
    )
    only_sent = sent - fetched
    assert len(only_sent) >= 10
    for address in only_sent:
        assert alice.ask("GET", address).status_code == 405, address


def test_every_answer_says_how_it_may_be_used(app, alice, visitor, ruths):
    paths = [filled(address, ruths) for _, address in addresses(app)]
    for address in [*paths, "/nowhere", "/api/v1/nowhere", "/static/nothing"]:
        for method in WAYS:
            for browser in (alice, visitor):
                headers = browser.ask(method, address).headers
                assert {name: headers.get(name) for name in ALWAYS} == ALWAYS, f"{method} {address}"
                assert "Strict-Transport-Security" in headers
                assert "Server" not in headers


def test_no_answer_is_kept_but_the_files_of_the_look(app, alice, ruths):
    for methods, address in addresses(app):
        if "GET" in methods and "filename" not in address.arguments:
            kept = alice.ask("GET", filled(address, ruths)).headers.get("Cache-Control")
            assert kept == "no-store", address
