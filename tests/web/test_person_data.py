"""One client's data, as their coach takes it out and the owner has it forgotten."""

import io
import zipfile

from coach_portal.core.models import tables
from tests.rows import count, row, rows
from tests.web.conftest import signed_in
from tests.web.page import told


def test_all_of_it_is_taken_as_tables_and_that_is_in_the_trail(alice, ruth, database, cast):
    packed = zipfile.ZipFile(io.BytesIO(alice.ask("GET", f"{ruth}/everything.zip").data))
    assert {"everything.json", "client.csv", "consent.csv", "message.csv"} <= set(packed.namelist())
    assert alice.ask("GET", f"{ruth}/everything.json").json["client_id"] == cast.ruth
    lines = rows(database, tables.audit_event, action="export_client")
    assert [line.detail["form"] for line in lines] == ["csv", "json"]


def test_a_stranger_takes_nothing(charlie, ruth):
    for form in ("json", "zip"):
        assert charlie.ask("GET", f"{ruth}/everything.{form}").status_code == 404


def test_the_owner_erases_by_writing_the_name(alice, ruth, database):
    answer = alice.post(f"{ruth}/erase", {"name": "ruth adeyemi", "strike": "1"}, page=f"{ruth}/data")
    assert answer.location == "/practice/records"
    assert count(database, tables.client) == 0
    assert "being forgotten" in alice.get("/practice/records").text
    alice.get(ruth, status=404)


def test_another_name_erases_nobody(alice, ruth, database):
    page = told(alice.post(f"{ruth}/erase", {"name": "Ruth"}, page=f"{ruth}/data"))
    assert "so that nobody else is erased" in page.text
    assert count(database, tables.client) == 1


def test_an_assistant_sees_what_there_is_and_erases_nobody(app, ruth, database, cast):
    bob = signed_in(app, "bob@example.com")
    assert "Your practice’s owner can do it." in bob.get(f"{ruth}/data").text
    assert bob.post(f"{ruth}/erase", {"name": "Ruth Adeyemi"}, page="/clients/new").status_code == 403
    assert count(database, tables.client) == 1


def test_whoever_looks_at_a_client_is_in_the_trail_once_an_hour(alice, ruth, database, clock, cast):
    for minutes in (0, 20, 50):
        clock.move_on(minutes=minutes)
        alice.get(ruth)
        alice.ask("GET", f"{ruth}/live")
    seen = rows(database, tables.audit_event, action="view")
    assert [(line.actor, line.subject) for line in seen] == [(f"coach:{cast.alice}", f"client:{cast.ruth}")] * 2


def test_who_is_refused_has_seen_nothing(charlie, ruth, database):
    charlie.ask("GET", ruth)
    assert count(database, tables.audit_event, action="view") == 0


def test_everything_of_the_practice_is_the_owners_to_take(alice, app, database):
    answer = alice.post("/practice/records/everything", page="/practice/records")
    assert "client.csv" in zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert row(database, tables.audit_event, action="export_practice")
    bob = signed_in(app, "bob@example.com")
    assert bob.post("/practice/records/everything", page="/clients/new").status_code == 403


def test_how_long_former_clients_are_kept_is_chosen(alice, database):
    assert alice.post("/practice/records/keeping", {"months": "12"}, page="/practice/records").status_code == 303
    assert {line.keep_months for line in rows(database, tables.practice)} == {12, 24}
    alice.post("/practice/records/keeping", {"months": "ever"}, page="/practice/records")
    assert {line.keep_months for line in rows(database, tables.practice)} == {None, 24}
