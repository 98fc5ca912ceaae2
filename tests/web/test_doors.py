"""Every door of the portal and its API, by walking all addresses: what each refuses, and what each answer says.

The portal's own pages are walked in test_all_pages as well, the API's in api/test_strangers.
"""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from coach_portal.core.models import Coach, Practice
from coach_portal.core.services.people import clients
from coach_portal.core.services.signing_in import sign_in
from coach_portal.web.headers import ALWAYS
from tests.cast import PASSWORD
from tests.web.conftest import signed_in
from tests.web.things import LINKS, filled, things_of

WAYS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")
CHANGING = ("POST", "PUT", "PATCH", "DELETE", "BREW")
NOBODYS = 4_000_000
CLIENTS_OWN = {"client_id", "alert_id", "enrolment_id"}
"""What says that an address is about a client; the rest is the practice's."""
FORM = {"title": "mine", "body": "hello", "local_time": "09:00", "kind": "check_in", "days": "1", "answer": "yes"}
ELI = {"name": "Eli Brandt", "phone": "+16175550112", "timezone": "America/New_York", "locale": "en", "country": "US"}


def addresses(app: Flask) -> list[tuple[set[str], Rule]]:
    """Every address with the methods it takes, but for those that are a secret of their own."""
    known = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in LINKS]
    return [(rule.methods - {"HEAD", "OPTIONS"}, rule) for rule in known]


@pytest.fixture
def ruths(cast, database, now):
    """Ids of things of Ruth's, Alice's client."""
    with database.session() as session:
        return things_of(session, cast.ruth, now)


@pytest.fixture
def elis(cast, database, now):
    """Ids of things of Eli's, whom Dana coaches in the same practice."""
    with database.session() as session:
        practice = session.get_one(Practice, session.get_one(Coach, cast.alice).practice_id)
        dana = sign_in.add_coach(session, practice, "Dana Fox", "dana@example.com", "coach", PASSWORD, "UTC", now)
        eli, _ = clients.add_client(session, dana, ELI, now)
        return things_of(session, eli.id, now)


@pytest.fixture
def dana(app, elis):
    """The browser of Dana, a coach of Alice's practice who has Eli and not Ruth."""
    return signed_in(app, "dana@example.com")


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


def test_a_colleague_who_is_not_their_coach_gets_what_a_missing_row_gets(app, dana, ruths, elis):
    token = dana.token("/clients/new")
    missing = dict.fromkeys(ruths, NOBODYS)

    def ask(method, address, ids):
        answer = dana.ask(method, filled(address, ids), data={"csrf_token": token, **FORM})
        return answer.status_code, answer.text

    for methods, address in addresses(app):
        if not CLIENTS_OWN.intersection(address.arguments) or address.rule.startswith("/api/"):
            continue
        hers_and_his = [ruths, {**ruths, "client_id": elis["client_id"]}] if address.rule.count("_id>") > 1 else [ruths]
        for method in methods:
            nothing = ask(method, address, missing)
            assert nothing[0] == 404
            for ids in hers_and_his:
                assert ask(method, address, ids) == nothing, f"{method} {address} {ids}"


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
