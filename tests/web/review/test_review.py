"""The queue of texts we are unsure of, each settled with one click; and who finds nothing there."""

import re

import pytest
from sqlalchemy import event

from coach_portal.core.models import tables
from tests.rows import row, rows
from tests.web.review.forms import standing, undo_on


def test_a_stranger_finds_nothing(charlie, alice, at, heard, database):
    message_id = heard()
    for path in (at(message_id), f"{at(message_id)}/undo", f"/review/{message_id}"):
        assert charlie.post(path, {"answer": "nothing"}, page="/clients/new").status_code == 404
    charlie.get(at(message_id), status=404)
    assert "Nothing to look at" in charlie.get("/review").text
    assert row(database, tables.message, id=message_id).reviewed_at is None


def test_nothing_is_taken_without_a_token(alice, at, heard, database):
    message_id = heard()
    for path in (at(message_id), f"{at(message_id)}/undo", f"/review/{message_id}"):
        assert alice.ask("POST", path, data={"answer": "nothing"}).status_code == 400
    assert row(database, tables.message, id=message_id).reviewed_at is None


def test_our_own_texts_are_not_there_to_be_corrected(alice, at, database, cast):
    (ours, *_) = rows(database, tables.message, direction="out", client_id=cast.ruth)
    alice.get(at(ours.id), status=404)


def test_an_empty_queue_says_how_it_works(alice):
    page = alice.get("/review").text
    assert "Nothing to look at just now." in page
    assert "One click from you settles it" in page


def test_each_text_has_its_question_its_reading_and_its_answers(alice, heard, squats, journal):
    heard(asked=(squats, journal))
    page = alice.get("/review")
    assert "We are less sure of this one." in page.text
    assert "Did the 5 squats happen?" in page.text
    assert "Taken for 3 squats, today" in page.text
    values = [button.attributes["value"] for button in page.all("button", name="answer")]
    assert values == ["yes", "nothing", f"missed-{squats}", f"done-{journal}", f"missed-{journal}"]


@pytest.mark.parametrize(
    ("told", "done", "missed"),
    [
        ("yes", [], []),  # what we had recorded stays as it is; here the rows were never written
        ("nothing", [], []),
        ("missed-SQUATS", [], ["SQUATS"]),
        ("done-JOURNAL", ["SQUATS", "JOURNAL"], []),
        ("missed-JOURNAL", ["SQUATS"], ["JOURNAL"]),
    ],
)
def test_one_click_settles_a_text(alice, heard, database, squats, journal, told, done, missed):
    ids = {"SQUATS": squats, "JOURNAL": journal}
    message_id = heard(asked=(squats, journal))
    for name, goal_id in ids.items():
        told = told.replace(name, str(goal_id))
    answer = alice.post(f"/review/{message_id}", {"answer": told}, page="/review")
    assert answer.status_code == 303
    assert [win.goal_id for win in standing(database, tables.win)] == [ids[name] for name in done]
    assert [miss.goal_id for miss in standing(database, tables.miss)] == [ids[name] for name in missed]
    assert row(database, tables.message, id=message_id).reviewed_at is not None
    assert "Nothing to look at just now." in alice.get("/review").text


def test_the_next_text_is_ready_under_the_same_key(alice, heard):
    oldest, middle, newest = heard("a"), heard("b"), heard("c")
    assert focused(alice.get("/review")) == newest
    answer = alice.post(f"/review/{middle}", {"answer": "yes", "following": str(oldest)}, page="/review")
    assert focused(alice.get(answer.location)) == oldest


def focused(page):
    """The text whose first button has the focus."""
    before = page.html.partition("autofocus")[0]
    return int(re.findall(r'action="/review/(\d+)"', before)[-1])


def test_a_click_can_be_taken_back(alice, heard, database):
    message_id = heard()
    alice.post(f"/review/{message_id}", {"answer": "yes"}, page="/review")
    page = alice.get("/review")
    assert "The one you looked at stood." in page.text
    action, fields = undo_on(page)
    alice.post(action, fields, page="/review")
    assert "We are less sure of this one" in alice.get("/review").text


def test_what_a_colleague_has_looked_at_is_left_alone(alice, heard, database):
    message_id = heard()
    alice.post(f"/review/{message_id}", {"answer": "yes"}, page="/review")
    answer = alice.post(f"/review/{message_id}", {"answer": "nothing"}, page="/review")
    assert "looked at that one meanwhile" in alice.get(answer.location).text
    assert rows(database, tables.correction) == []


def test_an_answer_we_do_not_know_is_refused(alice, heard):
    assert alice.post(f"/review/{heard()}", {"answer": "perhaps"}, page="/review").status_code == 400


def test_it_is_told_how_many_stood(alice, heard, squats):
    for told in ("yes", "yes", "nothing"):
        alice.post(f"/review/{heard()}", {"answer": told}, page="/review")
    assert "Of the last 3 you looked at, 2 stood." in alice.get("/review").text


def test_words_learnt_are_told(alice, heard, journal):
    message_id = heard("doggo loop", of=())
    alice.post(f"/review/{message_id}", {"answer": f"done-{journal}"}, page="/review")
    assert "Learnt that “doggo loop” means Journal." in alice.get("/review").text


def test_a_long_queue_shows_its_newest_and_counts_the_rest(alice, heard, database):
    for _ in range(23):
        heard()
    statements = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    page = alice.get("/review").text
    assert "We are less sure of these 23." in page
    assert "3 older ones come after these." in page
    asked = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(asked) <= 8, asked


def test_today_says_how_many_wait(alice, heard):
    assert not alice.get("/").all("a", href="/review")
    heard()
    assert alice.get("/").all("a", href="/review")
    assert "less sure of this one" in alice.get("/").text
