"""Ids that lie in bodies, queries and files: another's row is answered as one that does not exist.

Every field of every schema that takes a row's id has its line; a new one without it fails.
"""

import importlib
import pkgutil
import re

import pytest
from marshmallow import fields

from coach_portal.core import schemas
from coach_portal.core.models import ClientGroup, Coach, Event, EventDelivery, Practice
from coach_portal.core.schemas.base import InputSchema
from coach_portal.core.schemas.fields import RowId
from coach_portal.core.services.people import clients
from coach_portal.core.services.practice import tokens
from coach_portal.core.services.signing_in import sign_in
from tests.cast import ELI, PASSWORD, RUTHS_PHONE
from tests.web.conftest import signed_in
from tests.web.things import things_of

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NOBODYS = 4_000_000

# Dana has Eli and not Ruth. {eli} and the others are Eli's; what is put for "?" is Ruth's or nobody's.
API = {
    "TextManySchema.clients": ("client_id", "/texts", {"clients": "?", "body": "Hello"}),
    "PauseManySchema.clients": ("client_id", "/pauses", {"clients": "?"}),
    "TagManySchema.clients": ("client_id", "/tags", {"clients": "?", "tag": "mine"}),
    "ScheduleSchema.goals": ("goal_id", "/clients/{client_id}/schedules", {"local_time": "08:30", "goals": "?"}),
    "WinReadingSchema.goal_id": ("goal_id", "/clients/{client_id}/wins", {"goal_id": "1?", "on": "2026-11-18"}),
    "ReadingSchema.misses": ("goal_id", "/clients/{client_id}/messages/{message_id}/reading", {"misses": "?"}),
    "MembersSchema.clients": ("client_id", "/groups/{group_id}/clients", {"clients": "?"}),
    "HandManySchema.clients": ("client_id", "/handovers", {"clients": "?", "to": 1}),
    "StartSchema.clients": ("client_id", "/programmes/{programme_id}/enrolments", {"clients": "?"}),
}
"""Whose id it is, where it is sent, and in what; "?" is a list of it, "1?" it alone."""
ELSEWHERE = {
    "HandManySchema.to": "the owner's, as tests/web/doors.py says",
    "GroupManySchema.clients": "the page's twin of MembersSchema",
    "GroupManySchema.group": "below, on the page",
    "ManySchema.clients": "below, on the page",
    "AwaySchema.covered_by": "below, on the page",
    "ReplaySchema.delivery_id": "below",
    "WantedSchema.group": "below, in the query",
}


def fields_with_ids() -> set[str]:
    """Every field of ours that takes an id, or a list of them."""
    for module in pkgutil.iter_modules(schemas.__path__):
        importlib.import_module(f"{schemas.__name__}.{module.name}")
    found, kinds = set(), [InputSchema]
    while kinds:
        kind = kinds.pop()
        kinds.extend(kind.__subclasses__())
        if not kind.__module__.startswith(schemas.__name__):
            continue
        for name, field in kind().load_fields.items():
            if isinstance(field.inner if isinstance(field, fields.List) else field, RowId):
                found.add(f"{kind.__name__}.{name}")
    return found


@pytest.fixture
def house(app, cast, database, now):
    """Dana with her browser and token, ids of Eli's things and of Ruth's."""
    with database.session() as session:
        alice = session.get_one(Coach, cast.alice)
        practice = session.get_one(Practice, alice.practice_id)
        dana = sign_in.add_coach(session, practice, "Dana Fox", "dana@example.com", "coach", PASSWORD, "UTC", now)
        elis = things_of(session, clients.add_client(session, dana, ELI, now)[0].id, now)
        ruths = things_of(session, cast.ruth, now)
        token = tokens.make_token(session, dana, "door", now)
    return signed_in(app, "dana@example.com"), {"Authorization": f"Bearer {token}"}, elis, ruths


def said(answer) -> tuple[int, str]:
    """An answer but for its numbers."""
    return answer.status_code, re.sub(r"\d+", "N", answer.text)


def test_every_field_that_takes_an_id_has_its_line(database):
    assert fields_with_ids() == set(API) | set(ELSEWHERE), "try what happens with another's id, and say where"


@pytest.mark.parametrize("field", sorted(API))
def test_anothers_row_in_a_body_is_one_that_does_not_exist(house, field):
    dana, headers, elis, ruths = house
    whose, path, body = API[field]

    def ask(number):
        sent = {name: [number] if value == "?" else number if value == "1?" else value for name, value in body.items()}
        return said(dana.ask("POST", f"/api/v1{path.format(**elis)}", json=sent, headers=headers))

    nothing = ask(NOBODYS)
    assert nothing[0] in {403, 404, 422}
    assert ask(ruths[whose]) == nothing


FORMS = {
    "/clients/many/resume": {"clients": "client_id"},
    "/clients/many/group": {"clients": "client_id", "name": "Mine"},
    "/practice/reach/away": {"covered_by": "coach_of_another", "first_day": "2026-12-01", "back_on": "2026-12-08"},
}


@pytest.mark.parametrize("path", sorted(FORMS))
def test_anothers_row_in_a_form_is_one_that_does_not_exist(house, cast, path):
    dana, _, _, ruths = house
    numbers = {**ruths, "coach_of_another": cast.charlie}
    csrf = dana.token("/clients/new")

    def ask(known):
        sent = {name: known.get(value, value) for name, value in FORMS[path].items()}
        return said(dana.ask("POST", path, data={"csrf_token": csrf, **sent}))

    nothing = ask(dict.fromkeys(numbers, NOBODYS))
    assert nothing[0] in {403, 404, 422}
    assert ask(numbers) == nothing


@pytest.mark.parametrize("path", ["/clients/many?act=text&client={client_id}", "/programmes/start?client={client_id}"])
def test_anothers_row_in_a_query_is_one_that_does_not_exist(house, path):
    dana, _, _, ruths = house
    nothing = said(dana.ask("GET", path.format(client_id=NOBODYS)))
    assert said(dana.ask("GET", path.format(**ruths))) == nothing
    assert "Ruth" not in nothing[1]


def test_a_group_of_another_practice_in_a_query_is_one_that_does_not_exist(house, database, cast, now):
    dana, headers, _, _ = house
    with database.session() as session:
        practice_id = session.get_one(Coach, cast.charlie).practice_id
        group = ClientGroup(practice_id=practice_id, name="Charlie's", made_by=cast.charlie, created_at=now)
        session.add(group)
        session.flush()
        theirs = group.id
    nothing = said(dana.ask("GET", f"/api/v1/roster?group={NOBODYS}", headers=headers))
    assert said(dana.ask("GET", f"/api/v1/roster?group={theirs}", headers=headers)) == nothing


def test_a_file_that_names_anothers_client_names_nobody(house):
    dana, headers, _, _ = house

    def ask(phone):
        csv = f"phone,title\n{phone},5 squats\n"
        return said(dana.ask("POST", "/api/v1/imports", json={"kind": "goals", "csv": csv}, headers=headers))

    nothing = ask("+16175559999")
    assert '"good":N' in nothing[1].replace(" ", "")
    assert ask(RUTHS_PHONE) == nothing


def test_a_delivery_of_another_endpoint_is_one_that_does_not_exist(app, cast, house, database, now):
    _, _, elis, ruths = house
    with database.session() as session:
        alice = session.get_one(Coach, cast.alice)
        token = tokens.make_token(session, alice, "door", now)
        event = Event(practice_id=alice.practice_id, kind="client.added", subject_id=1, at=now, number=1)
        session.add(event)
        session.flush()
        row = EventDelivery(practice_id=alice.practice_id, endpoint_id=elis["endpoint_id"], event_id=event.id)
        row.state, row.next_at, row.created_at = "given_up", now, now
        session.add(row)
        session.flush()
        theirs = row.id
    alice, headers = signed_in(app, "alice@example.com"), {"Authorization": f"Bearer {token}"}

    def ask(endpoint, delivery):
        path = f"/api/v1/endpoints/{endpoint}/replay"
        return said(alice.ask("POST", path, json={"delivery_id": delivery}, headers=headers))

    nothing = ask(ruths["endpoint_id"], NOBODYS)
    assert nothing[0] == 404
    assert ask(ruths["endpoint_id"], theirs) == nothing
    assert ask(elis["endpoint_id"], theirs)[0] == 201
