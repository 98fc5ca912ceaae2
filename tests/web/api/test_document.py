"""The API's description of itself."""

import re

import pytest
from openapi_core import OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest, WerkzeugOpenAPIResponse
from openapi_spec_validator import validate

from coach_portal.core.models import Alert, Miss, Reflection, Win
from coach_portal.web.api.blueprint import v1
from tests.cast import NOW

# Nothing here depends on which database it is.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE = "https://portal.example.com"


@pytest.fixture
def document(alice):
    """The description, as anyone may read it."""
    return alice.get("/openapi.json", headers={}).json


def operations(document):
    """Each method and address it names, with what it says."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                yield (method.upper(), path), operation


def test_it_is_openapi(document):
    validate(document)


def test_it_names_every_route_and_no_other(app, document):
    served = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(f"{v1.name}.")
        for method in rule.methods - {"OPTIONS", "HEAD"}
    }
    assert {name for name, _ in operations(document)} == served


def test_every_route_says_what_it_is_for(document):
    assert all(operation["summary"] for _, operation in operations(document))


def test_every_route_wants_a_token_but_the_description_itself(document):
    assert document["security"] == [{"token": []}]
    open_to_all = [path for (_, path), operation in operations(document) if operation.get("security") == []]
    assert open_to_all == ["/api/v1/openapi.json"]


def test_every_route_names_the_one_shape_of_errors(document):
    assert all("default" in operation["responses"] for _, operation in operations(document))
    error = document["components"]["responses"]["DEFAULT_ERROR"]["content"]["application/json"]["schema"]
    assert error == {"$ref": "#/components/schemas/Error"}


def test_it_gives_examples_of_what_to_send(document):
    sent = [
        document["components"]["schemas"][name]["properties"]
        for name in ("Client", "Goal", "Schedule", "Text", "Calls")
    ]
    assert all(any("example" in field for field in fields.values()) for fields in sent)


def test_its_examples_are_taken(house, document):
    ruth = f"/clients/{house.ruth}"
    takers = {"Client": "/clients", "Goal": f"{ruth}/goals", "Schedule": f"{ruth}/schedules"}
    for name, path in (takers | {"Text": f"{ruth}/messages"}).items():
        fields = document["components"]["schemas"][name]["properties"]
        sent = {field: told["example"] for field, told in fields.items() if "example" in told}
        assert house.alice.post(path, sent).status_code == 201, name


@pytest.fixture
def furnished(house, database):
    """Ruth with one of everything."""
    ruth = f"/clients/{house.ruth}"
    goal = house.alice.post(f"{ruth}/goals", {"title": "5 squats", "amount": 5, "unit": "squats"}).json
    house.alice.post(f"{ruth}/schedules", {"local_time": "08:30", "goals": [goal["id"]]})
    house.alice.post(f"{ruth}/messages", {"body": "Well done!"})
    report = {"practice_id": house.practice, "client_id": house.ruth, "recorded_at": NOW, "local_date": NOW.date()}
    with database.session() as session:
        session.add(Win(goal_id=goal["id"], amount=5, source="text", **report))
        session.add(Win(title="called my sister", source="text", **report))
        session.add(Miss(goal_id=goal["id"], **report))
        session.add(Reflection(question="What helped?", body="Sleep.", **report))
        session.add(Alert(practice_id=house.practice, client_id=house.ruth, kind="risk", created_at=NOW))
        session.add(Alert(practice_id=house.practice, kind="risk", created_at=NOW, closed_at=NOW, closed_by=1))
    return ruth


@pytest.mark.parametrize("what", ["", "goals", "schedules", "messages", "wins", "misses", "reflections", "alerts"])
def test_what_it_tells_of_a_client_is_as_described(alice, furnished, document, what):
    answer = alice.get(f"{furnished}/{what}".rstrip("/"), base_url=HERE)
    assert answer.json.get("items", [answer.json])
    described(document, answer)


@pytest.mark.parametrize("path", ["/clients", "/alerts", "/clients/4000000", "/alerts?limit=0"])
def test_every_other_answer_is_as_described(alice, furnished, document, path):
    described(document, alice.get(path, base_url=HERE))


def described(document, answer):
    """Hold an answer against the description."""
    request, response = WerkzeugOpenAPIRequest(answer.request), WerkzeugOpenAPIResponse(answer)
    OpenAPI.from_dict(document).validate_response(request, response)
