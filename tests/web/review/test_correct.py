"""The page on which a coach says what one text reported."""

from coach_portal.core.models import tables
from tests.rows import row, rows
from tests.web.page import look_at
from tests.web.review.forms import filled_in, standing, undo_on


def test_the_form_begins_with_what_was_understood(alice, at, heard, squats, journal):
    page = alice.get(at(heard()))
    form = filled_in(page)
    assert (form["goal-0"], form["state-0"], form["amount-0"]) == (str(squats), "done", "3")
    assert (form["goal-1"], form["state-1"]) == (str(journal), "silent")
    assert (form["goal-2"], form["state-2"]) == ("", "silent")
    assert page.all("mark"), "the evidence is marked"


def test_saving_records_it_and_returns_to_the_text(alice, at, heard, database, squats, journal, cast):
    address = at(heard())
    form = filled_in(alice.get(address)) | {"state-0": "missed", "state-1": "done", "on-1": "2026-11-17"}
    answer = alice.post(address, form)
    message_id = address.rpartition("/")[2]
    assert (answer.status_code, answer.location) == (303, f"/clients/{cast.ruth}#t{message_id}")
    (win,) = standing(database, tables.win)
    assert (win.goal_id, str(win.local_date), win.amount) == (journal, "2026-11-17", None)
    assert [miss.goal_id for miss in standing(database, tables.miss)] == [squats]
    page = alice.get(f"/clients/{cast.ruth}")
    assert "Recorded: Journal, Tue 17 and 5 squats missed." in page.text


def test_a_win_outside_the_goals_keeps_her_words(alice, at, heard, database):
    address = at(heard())
    form = {"state-0": "silent", "state-1": "silent", "state-2": "done", "title-2": "rang my sister"}
    alice.post(address, filled_in(alice.get(address)) | form | {"on-2": "2026-11-18"})
    (win,) = standing(database, tables.win)
    assert (win.goal_id, win.title) == (None, "rang my sister")


def test_saving_what_was_understood_confirms_it_whatever_it_holds(alice, at, heard, database, squats, journal):
    outside = [
        {"goal_id": None, "amount": 20.0, "on": "2026-11-17", "start": 0, "end": 11},
        {"goal_id": None, "amount": None, "on": "2026-11-18", "start": 13, "end": 34},
    ]
    goals = [{"goal_id": squats, "amount": amount, "on": on} for amount, on in ((2.5, "2026-11-17"), (5, "2026-11-01"))]
    understood = {"wins": [*goals, *outside], "misses": [{"goal_id": journal}, {"goal_id": squats}]}
    address = at(heard("swept for 20, and rang my own sister. no lines\n\nno squats", **understood))
    alice.post(address, filled_in(alice.get(address)))
    assert rows(database, tables.correction) == []
    assert row(database, tables.message, id=int(address.rpartition("/")[2])).reviewed_at is not None


def test_of_two_wins_outside_the_goals_the_right_one_stays(alice, at, heard, database):
    outside = [
        {"goal_id": None, "amount": None, "on": "2026-11-18", "start": s, "end": e} for s, e in ((0, 9), (11, 25))
    ]
    address = at(heard("made soup, rang my sister", wins=outside))
    alice.post(address, filled_in(alice.get(address)) | {"state-2": "silent"})
    (win,) = standing(database, tables.win)
    assert win.title == "rang my sister"


def test_undo_is_offered_and_brings_the_reading_back(alice, at, heard, database, cast):
    address = at(heard())
    alice.post(address, filled_in(alice.get(address)) | {"state-0": "missed"})
    assert standing(database, tables.miss)
    action, fields = undo_on(alice.get(f"/clients/{cast.ruth}"))
    answer = alice.post(action, fields, page=address)
    assert answer.location == f"/clients/{cast.ruth}#t{address.rpartition('/')[2]}"
    assert standing(database, tables.miss) == []
    assert row(database, tables.message, id=int(address.rpartition("/")[2])).reviewed_at is None
    late = alice.post(action, fields, page=address)
    assert late.status_code == 303
    assert "looked at again since" in alice.get(late.location.partition("#")[0]).text


def test_what_was_typed_is_kept_and_the_mistake_told_at_its_row(alice, at, heard, database, squats):
    address = at(heard())
    form = filled_in(alice.get(address)) | {"amount-0": "several", "on-0": "2026-11-18", "state-1": "missed"}
    answer = alice.post(address, form)
    assert answer.status_code == 422
    page = look_at(answer.text)
    (amount,) = page.all("input", name="amount-0")
    assert (amount.attributes["value"], amount.attributes["aria-invalid"]) == ("several", "true")
    assert "Write a number above 0" in page.text
    assert filled_in(page)["state-1"] == "missed"
    assert rows(database, tables.correction) == []


def test_done_and_not_done_on_one_day_is_told_above_the_form(alice, at, heard, squats):
    twice = {"goal-0": squats, "state-0": "done", "on-0": "2026-11-18", "goal-1": squats, "state-1": "missed"}
    answer = alice.post(at(heard()), twice)
    assert answer.status_code == 422
    assert "cannot be both done and not done" in look_at(answer.text).text


def test_goals_of_someone_else_are_not_taken(alice, at, heard, database):
    theirs = {"goal-0": "4000000", "state-0": "missed", "goal-1": "4000000", "state-1": "done", "on-1": "2026-11-18"}
    alice.post(at(heard()), theirs)
    assert rows(database, tables.miss) == standing(database, tables.win) == []


def test_retired_goals_show_only_where_the_text_was_read_as_one(alice, at, heard, cast, database, squats):
    alice.post(f"/clients/{cast.ruth}/goals/{squats}/retire")
    assert str(squats) in [field.attributes["value"] for field in alice.get(at(heard())).all("input", type="hidden")]
    other = alice.get(at(heard("hello", of=())))
    assert str(squats) not in [
        field.attributes["value"] for field in other.all("input") if field.attributes["name"].startswith("goal-")
    ]


def test_the_transcript_leads_to_it(alice, at, heard, cast):
    address = at(heard())
    assert alice.get(f"/clients/{cast.ruth}").all("a", href=address)
