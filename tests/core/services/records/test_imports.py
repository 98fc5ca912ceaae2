"""Clients, goals and past wins from a file: judged before anything is saved, taken once, consent always asked for."""

import pytest

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.schemas.imports import read_rows
from coach_portal.core.services.people import clients, ledger
from coach_portal.core.services.records import imports
from tests.cast import RUTHS_PHONE
from tests.rows import count, rows

PEOPLE = """name,phone,timezone,consent
Ann Lee,+16175550121,,yes
Ben Ode,+16175550122,,yes
,+16175550123,,yes
Cy Dray,12,,yes
Ann Again,+1 617 555 0121,,yes
Ruth Twice,+16175550111,,yes
Di Ext,+16175550124,Mars/Olympus,yes
"""
ANN = "+16175550121"


def look_at(story, kind, text, coach=None):
    """Alice chooses a file; the draft's id."""
    read = read_rows(kind, text)
    with story.wired.database.session() as session:
        who = session.get_one(Coach, coach or story.cast.alice)
        now = story.wired.clock.now()
        return imports.preview(session, who, kind, text, read.good, read.bad, now).id


def take(story, draft_id, *, invite=True, coach=None):
    """She has it taken."""
    with story.wired.database.session() as session:
        who = session.get_one(Coach, coach or story.cast.alice)
        draft = imports.draft_of(session, who, draft_id)
        read = read_rows(draft.kind, draft.content)
        ids = imports.take(session, who, draft, read.good, read.bad, story.wired.clock.now(), invite=invite)
    story.wired.queue.put(ids)
    return ids


def bring_in(story, kind, text, **how):
    """Both, one after the other."""
    draft_id = look_at(story, kind, text)
    take(story, draft_id, **how)
    return draft_id


def draft(story, draft_id):
    """The draft's row."""
    return story.row(tables.import_draft, id=draft_id)


def test_each_bad_row_is_named_with_its_line_and_what_to_do(story):
    told = dict(draft(story, look_at(story, "clients", PEOPLE)).bad)
    assert {line: list(fields) for line, fields in told.items()} == {
        4: ["name"], 5: ["phone"], 6: ["phone"], 7: ["phone"], 8: ["timezone"],
    }  # fmt: skip
    assert told[6]["phone"] == "Line 2 has the same number."


def test_before_it_is_taken_nothing_is_saved(story):
    look_at(story, "clients", PEOPLE)
    assert count(story.wired.database, tables.client) == 1


def test_the_good_rows_come_in_and_are_their_coachs(story):
    bring_in(story, "clients", PEOPLE)
    assert [row.name for row in story.rows(tables.client)] == ["Ruth Adeyemi", "Ann Lee", "Ben Ode"]
    assert count(story.wired.database, tables.coach_client, coach_id=story.cast.alice) == 3


def test_pressed_twice_it_comes_in_once(story):
    draft_id = look_at(story, "clients", PEOPLE)
    assert len(take(story, draft_id)) == 2
    assert take(story, draft_id) == []
    assert count(story.wired.database, tables.client) == 3


def test_consent_is_asked_for_whatever_the_file_says(story):
    bring_in(story, "clients", PEOPLE)
    story.send()
    assert {row.consent for row in story.rows(tables.client) if row.name != "Ruth Adeyemi"} == {"invited"}
    assert len(story.phone(ANN)) == 1
    story.text("YES", sender=ANN)
    assert story.row(tables.client, phone=ANN).consent == "granted"


def test_the_proof_of_the_question_is_in_the_chain(story):
    bring_in(story, "clients", PEOPLE)
    with story.wired.database.reading() as session:
        assert [chain.broken for chain in ledger.chains(session)] == [""]
    asked = story.rows(tables.consent, event="invited", phone=ANN)
    assert asked[0].wording == story.row(tables.message, to_phone=ANN).body


def test_who_need_not_be_asked_yet_is_not_asked(story):
    assert take(story, look_at(story, "clients", PEOPLE), invite=False) == []
    assert story.row(tables.client, phone=ANN).consent == "none"
    assert story.rows(tables.message, to_phone=ANN) == []


def test_an_opted_out_number_is_never_revived(story):
    story.text("STOP")
    with story.wired.database.session() as session:
        session.get_one(Client, story.cast.ruth).phone = "+16175550199"
    told = dict(draft(story, bring_in(story, "clients", f"name,phone\nRuth,{RUTHS_PHONE}\n")).bad)
    assert told[2]["phone"] == "This number asked to get no more texts. They can text START to begin again."


def test_a_row_that_turned_bad_meanwhile_is_left_out_and_named(story):
    draft_id = look_at(story, "clients", PEOPLE)
    with story.wired.database.session() as session:
        alice = session.get_one(Coach, story.cast.alice)
        someone = {"name": "Ann", "phone": ANN, "timezone": "America/New_York", "locale": "en", "country": "US"}
        clients.add_client(session, alice, someone, story.wired.clock.now())
    take(story, draft_id)
    kept = draft(story, draft_id)
    assert (kept.taken, kept.bad[0][0]) == (1, 2)


def test_invitations_leave_room_for_the_days_other_texts(story):
    with story.wired.database.transaction() as connection:
        connection.execute(tables.sending_number.update().values(sender_class="local_10dlc_sole"))
    many = "name,phone\n" + "".join(f"Client {n},+1617556{n:04}\n" for n in range(400))
    today = take(story, look_at(story, "clients", many))
    waiting = [row for row in story.rows(tables.message, kind="invitation") if row.send_after]
    assert len(today) + len(waiting) == 400
    assert sum(row.segments for row in story.rows(tables.message, kind="invitation") if row.id in today) <= 500


def test_goals_go_to_the_client_with_that_phone_after_those_they_have(story):
    story.goal("3 pages")
    text = (
        "phone,title,amount,unit,since\n"
        f"{RUTHS_PHONE},5 squats,5,squats,2026-01-05\n"
        f"{ANN},walk,,,\n"
        f"{RUTHS_PHONE},3 PAGES,,,\n"
    )
    told = dict(draft(story, bring_in(story, "goals", text)).bad)
    assert {line: list(fields) for line, fields in told.items()} == {3: ["phone"], 4: ["title"]}
    squats = story.row(tables.goal, title="5 squats")
    assert (squats.position, squats.created_at.date().isoformat()) == (2, "2026-01-05")


def test_past_wins_find_their_goal_or_stand_in_words(story):
    goal = story.goal("5 squats")
    text = (
        "phone,date,goal,amount,title\n"
        f"{RUTHS_PHONE},2026-11-01,5 Squats,5,\n"
        f"{RUTHS_PHONE},2026-11-01,,,called Mum\n"
        f"{RUTHS_PHONE},2026-11-01,5 Squats,5,\n"
        f"{RUTHS_PHONE},2026-11-01,push-ups,,\n"
        f"{RUTHS_PHONE},2030-01-01,5 squats,,\n"
        f"{RUTHS_PHONE},1 May,5 squats,,\n"
    )
    told = dict(draft(story, bring_in(story, "wins", text)).bad)
    assert {line: list(fields) for line, fields in told.items()} == {4: ["on"], 5: ["goal"], 6: ["on"], 7: ["on"]}
    assert [(row.goal_id, row.amount, row.title, row.source) for row in story.rows(tables.win)] == [
        (goal, 5, None, "import"), (None, None, "called Mum", "import"),
    ]  # fmt: skip


def test_another_coach_finds_no_such_draft(story):
    draft_id = look_at(story, "clients", PEOPLE)
    with pytest.raises(NotFound):
        take(story, draft_id, coach=story.cast.charlie)


def test_the_trail_counts_what_came_in(story):
    bring_in(story, "clients", PEOPLE)
    (line,) = rows(story.wired.database, tables.audit_event, action="import")
    assert line.detail == {"kind": "clients", "taken": 2, "left_out": 5}
