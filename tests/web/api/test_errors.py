"""Every error under /api/v1 has one shape."""

import pytest
from sqlalchemy.exc import IntegrityError

from coach_portal.core.services import listing

# Nothing here depends on which database it is.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
GOOD = {"name": "Nina", "phone": "+16175550147"}


def shape(answer):
    """The error, once its shape is right."""
    assert answer.mimetype == "application/json"
    assert answer.json.keys() == {"error"}
    error = answer.json["error"]
    assert error.keys() == {"code", "message", "fields"}
    assert error["message"]
    return error


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        pytest.param("GET", "/clients", {"headers": {}}, 401, "unauthorized", id="no token"),
        pytest.param("GET", "/clients/4000000", {}, 404, "not_found", id="no such client"),
        pytest.param("GET", "/clients/99999999999999999999", {}, 404, "not_found", id="an id no table can hold"),
        pytest.param("GET", "/clients/one", {}, 404, "not_found", id="an id that is none"),
        pytest.param("GET", "/nothing/here", {}, 404, "not_found", id="no such address"),
        pytest.param("DELETE", "/clients", {}, 405, "method_not_allowed", id="no such method"),
        pytest.param("POST", "/clients", {"data": GOOD}, 415, "unsupported_media_type", id="a form"),
        pytest.param("POST", "/clients", {"data": "{}"}, 415, "unsupported_media_type", id="no type"),
        pytest.param("POST", "/clients", {"json": {"name": "x" * 70_000}}, 413, "too_large", id="too large"),
        pytest.param("POST", "/clients", {"json": {}}, 422, "invalid", id="nothing in it"),
        pytest.param("POST", "/clients", {"json": []}, 422, "invalid", id="a list"),
        pytest.param("POST", "/clients", {"json": GOOD | {"phone": "1"}}, 422, "invalid", id="a bad phone"),
        pytest.param("GET", "/clients?limit=0", {}, 422, "invalid", id="a bad limit"),
    ],
)
def test_each_refusal_has_the_one_shape(alice, method, path, options, status, code):
    answer = alice.ask(method, path, **options)
    assert (answer.status_code, shape(answer)["code"]) == (status, code)


@pytest.mark.parametrize(
    "body", ["{", "", "nope", b"\xff\xfe", "[" * 60_000, "1" * 6000, '{"name": NaN', '{"name": "a" "phone": "b"}']
)
def test_what_is_no_json_object_is_refused(alice, body):
    answer = alice.ask("POST", "/clients", data=body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert shape(answer)["code"] in {"bad_request", "invalid"}


def test_a_wrong_method_is_told_the_right_ones(alice):
    assert {"GET", "POST"} <= set(alice.ask("DELETE", "/clients").headers["Allow"].split(", "))


def test_a_mistake_of_ours_tells_nothing_of_itself(alice, monkeypatch):
    def fail(*_):
        raise RuntimeError("Ruth's number is +16175550111")

    monkeypatch.setattr(listing, "clients", fail)
    answer = alice.get("/clients")
    assert answer.status_code == 500
    assert shape(answer)["code"] == "server_error"
    assert "Ruth" not in answer.text


def test_two_at_the_same_moment_are_a_conflict(alice, monkeypatch):
    def collide(*_):
        raise IntegrityError("INSERT", {}, Exception("UNIQUE"))

    monkeypatch.setattr(listing, "clients", collide)
    answer = alice.get("/clients")
    assert (answer.status_code, shape(answer)["code"]) == (409, "conflict")


@pytest.mark.parametrize("path", ["/clients", "/clients/4000000"])
def test_no_cache_keeps_an_answer(alice, path):
    assert alice.get(path).headers["Cache-Control"] == "no-store"


def test_the_pages_keep_errors_of_their_own(alice):
    answer = alice.client.get("/nothing/here")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
