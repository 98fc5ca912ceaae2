"""The API's description of itself."""

import re

import pytest
from openapi_spec_validator import validate

from coach_portal.web.api.blueprint import v1


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
    sent = [document["components"]["schemas"][name]["properties"] for name in ("Client", "Goal", "Schedule", "Text")]
    assert all(any("example" in field for field in fields.values()) for fields in sent)
