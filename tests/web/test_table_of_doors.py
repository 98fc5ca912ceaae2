"""Every address there is, tried by whoever may not come in: one table says whose each door is.

A signed-out visitor, a session and a token that are over, Bob who assists, Dana who coaches in the same practice and
has Eli but not Ruth, and Charlie who owns another practice. A new route without its line fails; so does one whose
door opens to anybody else than its line says. A refusal looks exactly like that of a row that does not exist.
"""

import re
from datetime import timedelta

import pytest

from coach_portal.core.models import Coach, Practice
from coach_portal.core.services.people import clients
from coach_portal.core.services.practice import tokens
from coach_portal.core.services.signing_in import sign_in
from tests.cast import ELI, PASSWORD
from tests.web.conftest import BASE, Browser, signed_in
from tests.web.doors import BODIES, DOORS, FORM, IN, PERSONS, Door
from tests.web.things import filled, things_of

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NOBODYS = 4_000_000
API = "/api/v1/"
LAST = ("sign_in.out", "account.end_session", "account.end_others")


class Person:
    """Someone with a browser and a token."""

    def __init__(self, app, email: str, token: str) -> None:
        self.browser, self.token = signed_in(app, email), token
        self.csrf = self.browser.token("/clients/new")

    def ask(self, method: str, rule, ids: dict[str, int]):
        """A request to this address: JSON to the API, a form to a page."""
        path = filled(rule, ids)
        if path.startswith(API):
            headers = {"Authorization": f"Bearer {self.token}"}
            body = BODIES.get(rule.endpoint, {}) if method == "POST" else None
            return self.browser.ask(method, path, headers=headers, json=body)
        form = {"csrf_token": self.csrf, **FORM} if method == "POST" else None
        if rule.endpoint == "many_people.hand":
            form |= {"clients": ids["client_id"], "to": ids["coach_id"]}
        return self.browser.ask(method, path, data=form)

    def hear(self, method: str) -> None:
        """Let whatever a page would say of the last thing done be said."""
        if method == "POST":
            self.browser.ask("GET", "/account")


def told(answer) -> tuple[int, str]:
    """Status and words of an answer, but for the numbers in it."""
    return answer.status_code, re.sub(r"\d+", "N", answer.text.replace(' aria-current="page"', ""))


@pytest.fixture
def house(app, cast, database, now):
    """Everyone, and ids of one of each thing of Ruth's."""
    with database.session() as session:
        alice, bob, charlie = (session.get_one(Coach, who) for who in (cast.alice, cast.bob, cast.charlie))
        practice = session.get_one(Practice, alice.practice_id)
        dana = sign_in.add_coach(session, practice, "Dana Fox", "dana@example.com", "coach", PASSWORD, "UTC", now)
        things_of(session, clients.add_client(session, dana, ELI, now)[0].id, now)
        ids = things_of(session, cast.ruth, now)
        keys = {
            who.name.split()[0].lower(): tokens.make_token(session, who, "door", now) for who in (bob, dana, charlie)
        }
        over = tokens.make_token(session, alice, "over", now, expires_at=now - timedelta(seconds=1))
    persons = {who: Person(app, f"{who}@example.com", keys[who]) for who in PERSONS}
    return persons, ids, over


def addresses(app):
    """Each rule with each method it takes, what changes something after what does not, and the ways out last."""
    found = [(method, rule) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}]
    return sorted(found, key=lambda one: (one[1].endpoint in LAST, one[0] != "GET", one[1].rule))


def test_every_route_has_its_line(app):
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert routes - set(DOORS) == set(), "say in tests/web/doors.py whose door this is"
    assert set(DOORS) - routes == set(), "there is no such route any more"


def test_whoever_is_signed_out_or_whose_token_is_over_comes_in_nowhere(app, house, visitor):
    _, ids, over = house
    for method, rule in addresses(app):
        if DOORS[rule.endpoint] is Door.ANYONE:
            continue
        path = filled(rule, ids)
        if path.startswith(API):
            for headers in ({}, {"Authorization": f"Bearer {over}"}):
                answer = visitor.ask(method, path, headers=headers, json={} if method == "POST" else None)
                assert answer.status_code == 401, f"{method} {rule}"
            continue
        answer = visitor.ask(method, path)
        expected = (303, "/sign-in") if method == "GET" else (401, None)
        got = (answer.status_code, answer.location.split("?")[0] if answer.location else None)
        assert got == expected, f"{method} {rule}"


@pytest.mark.parametrize("name", PERSONS)
def test_each_door_opens_to_whom_its_line_says(app, house, name):
    persons, ids, _ = house
    person, missing = persons[name], dict.fromkeys(ids, NOBODYS)
    for method, rule in addresses(app):
        door = DOORS[rule.endpoint]
        if door is Door.ANYONE:
            continue
        expected = door.for_whom(name, has_id=bool(rule.arguments))
        answer = person.ask(method, rule, ids)
        if expected == IN:
            shut = {401, 403} if method == "POST" else {401, 403, 404}
            assert answer.status_code not in shut, f"{name} {method} {rule}: {answer.status_code}"
            assert answer.status_code < 500, f"{name} {method} {rule}"
            person.hear(method)
            continue
        assert answer.status_code == expected, f"{name} {method} {rule}: {answer.status_code}"
        if expected == 404:
            assert told(answer) == told(person.ask(method, rule, missing)), f"{name} {method} {rule}"


def test_a_session_that_is_over_comes_in_nowhere(app, cast, clock):
    alice = signed_in(app, "alice@example.com")
    clock.move_on(days=15)
    assert isinstance(alice, Browser)
    assert alice.ask("GET", "/clients").location.startswith("/sign-in")
    assert alice.client.get("/clients", base_url=BASE).status_code == 303
