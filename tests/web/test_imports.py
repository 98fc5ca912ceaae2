"""Bringing clients in from a file, as a coach does it."""

import io
import re

from coach_portal.core.models import tables
from coach_portal.core.schemas.imports import LARGEST
from tests.rows import count
from tests.web.page import look_at, told

PEOPLE = "name,phone,opted_in\nAnn Lee,+16175550121,yes\n=HYPERLINK(1),12,yes\n"


def choose(browser, text, kind="clients", **more):
    """Choose a file and look at what is in it; the answer."""
    sent = {"kind": kind, "file": (io.BytesIO(text.encode()), "people.csv"), **more}
    return browser.post("/clients/import", sent, content_type="multipart/form-data")


def test_a_file_is_shown_before_it_is_taken_and_taken_once(alice, database):
    preview = choose(alice, PEOPLE).location
    page = alice.get(preview)
    assert "1 client can come in." in page.text
    assert "1 row is left out" in page.text
    assert "A file cannot say that somebody agreed to texts." in page.text
    assert count(database, tables.client) == 1
    address = preview.partition("?")[0]
    for _ in range(2):
        token = alice.token("/clients/import")
        assert alice.ask("POST", f"{address}/take", data={"csrf_token": token, "invite": "now"}).location == address
    assert "1 client came in." in alice.get(address).text
    assert count(database, tables.client) == 2


def test_the_rows_to_mend_come_back_as_a_file_that_is_safe_to_open(alice):
    preview = choose(alice, PEOPLE).location.partition("?")[0]
    rows = alice.ask("GET", f"{preview}/to-mend.csv").text
    assert re.search(r"^3,'=HYPERLINK\(1\),12,.*country code", rows, re.MULTILINE)


def test_what_cannot_be_read_is_told_at_the_file(alice):
    assert "must name the columns" in told(choose(alice, "a,b\n1,2\n")).text
    assert "nothing to read" in told(choose(alice, "")).text


def test_without_a_file_it_asks_for_one(alice):
    assert "Choose a file." in told(alice.post("/clients/import", {"kind": "clients"})).text


def test_a_file_that_is_too_large_is_refused_in_words(alice):
    sent = {"data": b"x" * (LARGEST + 100_000), "content_type": "multipart/form-data; boundary=x"}
    answer = alice.ask("POST", "/clients/import", **sent)
    assert answer.status_code == 413
    assert "too much at once" in look_at(answer.text).text


def test_the_examples_can_be_chosen_as_they_are(alice):
    for kind in ("clients", "goals", "wins"):
        example = alice.ask("GET", f"/clients/import/example.csv?kind={kind}").text
        assert choose(alice, example, kind).status_code == 303
