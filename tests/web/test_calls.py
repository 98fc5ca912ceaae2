"""Calls on the coach's pages: agreed to, chosen in the schedule, read in the conversation, and never another's."""

import pytest

from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.services.calls import agreeing
from tests.rows import row, rows


@pytest.fixture
def agreed(database, cast, now):
    """Ruth told Alice that calls are welcome."""
    with database.session() as session:
        agreeing.told(session, session.get_one(Coach, cast.alice), session.get_one(Client, cast.ruth), now)


def test_a_client_is_asked_by_text_in_the_words_that_are_shown(alice, cast, database, queue):
    page = alice.get(f"/clients/{cast.ruth}/calls")
    asked = row(database, tables.client)
    alice.post(f"/clients/{cast.ruth}/calls", {"how": "ask"}, page=f"/clients/{cast.ruth}/calls")
    text = rows(database, tables.message, kind="call_ask")[0]
    assert text.body in page.text
    assert (asked.calls, row(database, tables.client).calls) == ("none", "asked")


def test_a_yes_told_in_person_is_written_into_the_ledger(alice, cast, database):
    alice.post(f"/clients/{cast.ruth}/calls", {"how": "told"}, page=f"/clients/{cast.ruth}/calls")
    line = rows(database, tables.consent)[-1]
    assert (line.channel, line.event, line.method) == ("call", "granted", "coach")
    assert "Ruth Adeyemi told Alice Moreau in person" in line.wording


def test_calls_end_at_a_click_and_texts_go_on(alice, cast, database, agreed):
    alice.post(f"/clients/{cast.ruth}/calls", {"how": "end"}, page=f"/clients/{cast.ruth}/calls")
    client = row(database, tables.client)
    assert (client.calls, client.consent) == ("revoked", "granted")


def test_the_form_sets_a_call_after_a_text(alice, cast, database, agreed):
    form = {"kind": "check_in", "rhythm": "days", "days": ["1", "2"], "local_time": "09:00"}
    way = {"way": "both", "call_at": "17:30", "on_machine": "message"}
    alice.post(f"/clients/{cast.ruth}/schedules/new", form | way, page=f"/clients/{cast.ruth}/schedules/new")
    schedule = rows(database, tables.schedule)[-1]
    assert (schedule.channel, schedule.call_at, schedule.on_machine) == ("text", "17:30", "message")


def test_the_form_sets_a_call_from_the_start(alice, cast, database, agreed):
    form = {"kind": "check_in", "rhythm": "days", "days": ["1"], "local_time": "09:00", "way": "call"}
    alice.post(f"/clients/{cast.ruth}/schedules/new", form, page=f"/clients/{cast.ruth}/schedules/new")
    schedule = rows(database, tables.schedule)[-1]
    assert (schedule.channel, schedule.call_at) == ("call", None)


def test_a_stranger_cannot_listen_nor_agree_for_another_practices_client(charlie, cast):
    for path in (f"/clients/{cast.ruth}/calls", f"/clients/{cast.ruth}/calls/1.wav"):
        charlie.get(path, 404)
