"""The preparation as a page: its lines, the texts they rest on, and what is written down for the next one."""

from datetime import timedelta

import pytest

from coach_portal.core.models import Client, tables
from tests.core.services.test_preparation import lived, meet
from tests.rows import rows
from tests.web import history
from tests.web.page import told


@pytest.fixture
def address(database, cast, now):
    """Where the preparation of Ruth's next session stands; she has six weeks behind her."""
    with database.session() as session:
        lived(session, cast)
        meet(session, cast.ruth, cast.alice, now - timedelta(days=14))
        appointment_id = meet(session, cast.ruth, cast.alice, now + timedelta(hours=3))
    return f"/clients/{cast.ruth}/appointments/{appointment_id}/preparation"


def test_it_says_what_moved_and_how_sure_one_can_be(alice, address):
    page = alice.get(address)
    assert "Much as before: 12 of 14 days, 10 of 15 before." in page.text
    assert "would not show" in page.text
    assert "Days done, week by week:" in page.html


def test_every_line_leads_to_its_texts_in_the_conversation(alice, address, database, ruth):
    page = alice.get(address)
    links = [link.attributes["href"] for link in page.all("a") if "#t" in link.attributes["href"]]
    assert links
    conversation = alice.get(links[0].partition("#")[0])
    ids = {element.attributes.get("id") for element in conversation.elements}
    assert {link.partition("#")[2] for link in links} <= ids


def test_words_of_danger_are_linked_and_not_shown(alice, address, database, cast, now):
    with database.session() as session:
        said = history.text_from(session, cast.ruth, "I cannot go on", now, {"risk": "explicit"})
        history.alert(session, cast.ruth, "risk", now, said)
    page = alice.get(address)
    assert "A text told of danger on Wed 18 Nov: still open." in page.text
    assert "cannot go on" not in page.text
    assert "Read it where it stands." in page.text


def test_what_a_client_wrote_is_words_and_never_markup(alice, address, database, cast, now):
    with database.session() as session:
        said = history.text_from(session, cast.ruth, "<b>bold</b> & five of them, all by myself", now, {})
        goal = session.get_one(Client, cast.ruth)
        history.alert(session, goal.id, "wants_answer", now, said)
    page = alice.get(address)
    assert "<b>bold</b>" not in page.html
    assert "<b>bold</b> & five of them" in page.text


def test_what_is_agreed_stands_there_and_can_be_taken_off(alice, address, database):
    alice.post(f"{address}/agreed", {"body": "Squats before coffee"}, page=address)
    assert "Squats before coffee" in alice.get(address).text
    (row,) = rows(database, tables.commitment)
    alice.post(f"{address}/agreed/{row.id}/remove", {}, page=address)
    assert rows(database, tables.commitment) == []


def test_nothing_written_is_asked_for(alice, address):
    page = told(alice.ask("POST", f"{address}/agreed", data={"csrf_token": alice.token(address), "body": " "}))
    assert "Write what you agreed" in page.text


def test_today_leads_to_it(alice, address):
    assert address in [link.attributes["href"] for link in alice.get("/").all("a")]


def test_it_can_be_taken_along_on_paper(alice, charlie, address):
    answer = alice.ask("GET", f"{address}/paper.pdf")
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer.headers["Cache-Control"] == "no-store"
    assert charlie.ask("GET", f"{address}/paper.pdf").status_code == 404
