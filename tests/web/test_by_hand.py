"""A coach logs, corrects and back-dates a win, and writes notes; each with a way back."""

import re
from datetime import timedelta

import pytest

from coach_portal.core.models import tables
from tests.rows import row, rows
from tests.web import history
from tests.web.page import told


@pytest.fixture
def squats(database, cast, now):
    """The id of Ruth's goal."""
    with database.session() as session:
        return history.goal(session, cast.ruth, now - timedelta(days=30)).id


def undo(browser, page):
    """Press the button in the notice."""
    notice = page.html[page.html.index('class="notice"') :]
    action = re.search(r'action="([^"]+)"', notice)[1]
    form = notice[: notice.index("</form>")]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    return browser.ask("POST", action, data=fields)


def test_a_win_is_logged_for_yesterday_and_taken_back(alice, ruth, squats, database):
    alice.post(f"{ruth}/wins/new", {"goal_id": str(squats), "on": "2026-11-17", "amount": "5"})
    page = alice.get(ruth)
    assert "Recorded: 5 squats, yesterday." in page.text
    assert undo(alice, page).status_code == 303
    assert row(database, tables.win).undone_at


def test_a_mistake_keeps_what_was_typed(alice, ruth, squats):
    page = told(alice.post(f"{ruth}/wins/new", {"goal_id": str(squats), "on": "2027-01-01", "amount": "4"}))
    assert "Choose today or a day in the year before it." in page.text
    assert page.all("input", name="amount", value="4")


def test_a_hidden_field_does_not_count(alice, ruth, squats, database):
    alice.post(f"{ruth}/wins/new", {"goal_id": str(squats), "on": "2026-11-18", "title": "left from before"})
    assert row(database, tables.win).title is None


def test_a_correction_is_undone_to_what_it_was(alice, ruth, squats, database):
    alice.post(f"{ruth}/wins/new", {"goal_id": str(squats), "on": "2026-11-17", "amount": "5"})
    win = row(database, tables.win)
    alice.post(f"{ruth}/wins/{win.id}", {"goal_id": str(squats), "on": "2026-11-16", "amount": "3"})
    undo(alice, alice.get(ruth))
    again = row(database, tables.win)
    assert (again.local_date, again.amount) == (win.local_date, win.amount)


def test_a_win_taken_back_on_its_page_is_put_back(alice, ruth, squats, database):
    alice.post(f"{ruth}/wins/new", {"goal_id": str(squats), "on": "2026-11-17"})
    win = row(database, tables.win)
    alice.post(f"{ruth}/wins/{win.id}/take-back", page=f"{ruth}/wins/{win.id}")
    undo(alice, alice.get(ruth))
    assert row(database, tables.win).undone_at is None


def test_what_is_written_into_the_pages_own_field_becomes_a_note(alice, ruth):
    (field,) = alice.get(ruth).all("textarea", id="note")
    alice.post(f"{ruth}/notes", {field.attributes["name"]: "Her shifts change in May"}, page=ruth)
    assert "Her shifts change in May" in alice.get(ruth).text


def test_a_note_stands_on_the_page_and_is_never_sent(alice, ruth, database, queue):
    alice.post(f"{ruth}/notes", {"body": "Do not bring up the move"}, page=ruth)
    assert "Do not bring up the move" in alice.get(ruth).text
    assert queue.message_ids == []


def test_a_note_is_changed_and_changed_back(alice, ruth, database):
    alice.post(f"{ruth}/notes", {"body": "She moves in May"}, page=ruth)
    note = row(database, tables.note)
    alice.post(f"{ruth}/notes/{note.id}", {"body": "She moves in June"})
    undo(alice, alice.get(ruth))
    assert row(database, tables.note).body == "She moves in May"


def test_a_note_taken_away_can_be_put_back(alice, ruth, database):
    alice.post(f"{ruth}/notes", {"body": "She moves in May"}, page=ruth)
    note = row(database, tables.note)
    alice.post(f"{ruth}/notes/{note.id}/remove", page=f"{ruth}/notes/{note.id}")
    page = alice.get(ruth)
    assert "She moves in May" not in page.text
    undo(alice, page)
    assert "She moves in May" in alice.get(ruth).text


def test_an_empty_note_is_asked_for(alice, ruth, database):
    told(alice.post(f"{ruth}/notes", {"body": "  "}, page=ruth))
    assert rows(database, tables.note) == []
