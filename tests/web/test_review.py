"""Where a coach says what a text really reported."""

import re

import pytest
from sqlalchemy import event

from coach_portal.core.models import CheckIn, CheckInSchedule, Message, tables
from tests.rows import row, rows
from tests.web import history
from tests.web.page import look_at

BODY = "squats done i think, then rang my sister"
SQUATS_DONE = {"acts": ["win"], "risk": None, "evidence": {}, "confidence": 0.4}


@pytest.fixture
def squats(cast, database, now):
    """Ruth's goal."""
    with database.session() as session:
        return history.goal(session, cast.ruth, now).id


@pytest.fixture
def journal(cast, database, now, squats):
    """Ruth's second goal."""
    with database.session() as session:
        return history.goal(session, cast.ruth, now, title="Journal", amount=None, unit=None).id


@pytest.fixture
def heard(cast, database, now, squats, journal):
    """Ruth texts something we are unsure of, taken for squats unless told otherwise; answers its id."""

    def text(body=BODY, of=(squats,), asked=(), **more):
        wins = [{"goal_id": goal, "amount": 3.0, "on": "2026-11-18", "start": 0, "end": 6} for goal in of]
        with database.session() as session:
            message = history.text_from(
                session, cast.ruth, body, now, SQUATS_DONE | {"wins": wins, "misses": []} | more
            )
            message.confidence = 0.4
            if asked:
                message.check_in_id = ask(session, cast.ruth, list(asked), now)
            return message.id

    return text


def ask(session, client_id, goal_ids, now):
    """A question that waits; answers its id."""
    schedule = session.query(CheckInSchedule).filter_by(client_id=client_id).first()
    question = CheckIn(practice_id=schedule.practice_id, client_id=client_id, schedule_id=schedule.id, kind="check_in")
    question.local_date, question.due_at, question.state = now.date(), now, "asked"
    question.goal_ids = question.open_goal_ids = goal_ids
    session.add(question)
    session.flush()
    ours = {"direction": "out", "kind": "check_in", "body": "Did the 5 squats happen?", "state": "delivered"}
    phones = {"from_phone": "+16175550100", "to_phone": "+16175550111"}
    more = {"practice_id": schedule.practice_id, "client_id": client_id, "check_in_id": question.id, "created_at": now}
    session.add(Message(**ours, **phones, **more))
    return question.id


@pytest.fixture
def at(cast):
    """The address of one text of Ruth's."""
    return lambda message_id: f"/clients/{cast.ruth}/texts/{message_id}"


def standing(database, table):
    """What stands recorded."""
    return rows(database, table, undone_at=None)


def filled_in(page):
    """What the form on a page would send."""
    form = {}
    for field in page.all("input"):
        told = field.attributes
        if told.get("type") != "radio" or "checked" in told:
            form[told["name"]] = told.get("value", "")
    return form | chosen(page)


def chosen(page):
    """What its selects stand on: what is selected, else their first option."""
    form, name = {}, ""
    for element in page.elements:
        if element.tag == "select":
            name = element.attributes["name"]
        elif element.tag == "option" and (name not in form or "selected" in element.attributes):
            form[name] = element.attributes["value"]
    return form


def undo_on(page):
    """Where the notice's way back leads, and what it sends."""
    (form,) = [form for form in page.all("form") if form.attributes.get("action", "").endswith("/undo")]
    fields = {field.attributes["name"]: field.attributes["value"] for field in page.all("input", type="hidden")}
    return form.attributes["action"], {name: fields[name] for name in ("next", "correction") if name in fields}


# ---------- one text ----------


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


# ---------- strangers ----------


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


# ---------- the queue ----------


def test_an_empty_queue_says_how_it_works(alice):
    page = alice.get("/review").text
    assert "Nothing to look at just now." in page
    assert "One click from you settles it" in page


def test_each_text_has_its_question_its_reading_and_its_answers(alice, heard, squats, journal):
    heard(asked=(squats, journal))
    page = alice.get("/review")
    assert "One text could mean more than one thing." in page.text
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
    assert "One text could mean" in alice.get("/review").text


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
    assert "23 texts could mean" in page
    assert "3 older ones come after these." in page
    asked = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(asked) <= 8, asked


def test_today_says_how_many_wait(alice, heard):
    assert not alice.get("/").all("a", href="/review")
    heard()
    assert alice.get("/").all("a", href="/review")
    assert "not sure of" in alice.get("/").text
