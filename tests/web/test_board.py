"""The progress board and the examples in the goal's form."""

from datetime import timedelta

import pytest

from coach_portal.core.models import tables
from tests.rows import row, rows
from tests.web import history
from tests.web.page import told
from tests.web.test_habits import kept
from tests.web.test_reading import TODAY


@pytest.fixture
def board(ruth):
    """The address of Ruth's board."""
    return f"{ruth}/board"


def test_an_empty_board_says_what_will_stand_where(alice, board):
    text = alice.get(board).text
    assert "What might Ruth try first?" in text
    for words in ("wait here", "stands here with its days", "runs by itself comes to stand here"):
        assert words in text


def test_something_to_try_becomes_a_goal(alice, ruth, board, database):
    alice.post(f"{board}/ideas", {"title": "Call my sister", "area": "people"}, page=board)
    idea = row(database, tables.idea)
    assert "Call my sister" in alice.get(board).text
    form = alice.get(f"{ruth}/goals/new?idea={idea.id}")
    assert form.all("input", id="title")[0].attributes["value"] == "Call my sister"
    alice.post(f"{ruth}/goals/new", {"title": "Call my sister", "idea": str(idea.id)})
    goal = row(database, tables.goal)
    assert row(database, tables.idea).goal_id == goal.id
    page = alice.get(board).text
    assert "Try it now" not in page
    assert "In effort 1 Call my sister" in page


def test_an_example_is_put_on_the_board_by_a_click(alice, board, database):
    alice.post(f"{board}/ideas", {"title": "", "example": "movement-1"}, page=board)
    assert (row(database, tables.idea).title, row(database, tables.idea).area) == ("5 squats", "movement")


def test_nothing_typed_is_asked_for_again(alice, board):
    page = told(alice.post(f"{board}/ideas", {"title": "", "area": "people"}, page=board))
    assert "Write the tiny action" in page.text
    assert page.all("option", value="people")[0].attributes.get("selected") == ""


def test_what_is_taken_off_can_be_put_back(alice, board, database):
    alice.post(f"{board}/ideas", {"title": "Call my sister"}, page=board)
    idea = row(database, tables.idea).id
    alice.post(f"{board}/ideas/{idea}/drop", page=board)
    page = alice.get(board)
    assert "is off the board" in page.text
    assert "Try it now" not in page.text
    alice.post(f"{board}/ideas/{idea}/keep", page=board)
    assert "Try it now" in alice.get(board).text


def test_what_runs_by_itself_and_what_did_its_work_are_wins(alice, board, cast, database, now):
    with database.session() as session:
        kept(session, cast, now, days=set(range(1, 29)))
        done = history.goal(session, cast.ruth, now, title="Make the bed", amount=None, unit=None)
        history.win(session, done, TODAY - timedelta(days=1), now)
        done.retired_at = now
        never = history.goal(session, cast.ruth, now, title="Run a marathon", amount=None, unit=None)
        never.retired_at = now
    text = alice.get(board).text
    assert "Win 2" in text
    assert "and it runs by itself" in text
    assert "Make the bed Done on one day, until today" in text
    assert "marathon" not in text


def test_the_board_shows_nothing_the_client_may_not_see(alice, board, cast, database, now):
    with database.session() as session:
        history.alert(session, cast.ruth, "risk", now, history.text_from(session, cast.ruth, "I cannot go on", now))
    assert "I cannot go on" not in alice.get(board).text


def test_examples_fill_the_form(alice, ruth, database, cast):
    page = alice.get(f"{ruth}/goals/new")
    assert "Write one line in the journal" in page.text
    form = alice.get(f"{ruth}/goals/new?example=movement-1")
    values = {name: form.all("input", id=name)[0].attributes["value"] for name in ("title", "anchor", "amount", "unit")}
    assert values == {"title": "5 squats", "anchor": "after I brush my teeth", "amount": "5", "unit": "squats"}
    assert alice.get(f"{ruth}/goals/new?example=nonsense-9").all("input", id="title")[0].attributes["value"] == ""


def test_a_stranger_puts_nothing_on_it(charlie, board, database):
    form = {"title": "mine"}
    assert charlie.post(f"{board}/ideas", form, page="/clients/new").status_code == 404
    assert rows(database, tables.idea) == []
