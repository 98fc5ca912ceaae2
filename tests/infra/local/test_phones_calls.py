"""Calls in the demo, end to end: the machine, the carrier that fetches and plays our TwiML, and the phone's page."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from coach_portal.core.models import CheckInSchedule, Client, Coach, tables
from coach_portal.core.services.calls import agreeing
from tests.cast import RUTHS_PHONE
from tests.infra.local.conftest import eventually
from tests.infra.local.tabletop import Tabletop, tabletop


@pytest.fixture
def table(tmp_path: Path):
    """Ruth agreed to calls, and is called about her squats at nine instead of texted."""
    with tabletop(tmp_path) as table:
        with table.database.session() as session:
            alice, ruth = session.get_one(Coach, table.cast.alice), session.get_one(Client, table.cast.ruth)
            agreeing.told(session, alice, ruth, table.clock.now())
            for schedule in session.scalars(select(CheckInSchedule)):
                schedule.channel = "call"
        yield table


def act(table: Tabletop, **form: str) -> None:
    """A button of the call on Ruth's phone."""
    table.alice.post(f"/phones/{table.cast.ruth}/call", form, page="/phones")


def call(table: Tabletop):
    """The last call on Ruth's phone, as the carrier has it."""
    return table.carrier.calls.between(RUTHS_PHONE, None)[0]


def rings(table: Tabletop) -> bool:
    return any(one.status == "ringing" for one in table.carrier.calls.between(RUTHS_PHONE, None))


def nine(table: Tabletop) -> None:
    """It is nine, and the phone rings."""
    table.move_to(table.clock.now().replace(minute=0) + timedelta(hours=1))
    eventually(lambda: rings(table))


def test_a_call_check_in_answered_in_words_is_a_win(table: Tabletop) -> None:
    nine(table)
    act(table, act="answer")
    act(table, act="say", speech="I did two of them")
    with table.database.reading() as session:
        assert session.execute(select(tables.win.c.amount)).scalar_one() == 2
    assert "2 squats" in call(table).lines[-2][1] + call(table).lines[-1][1]
    act(table, act="hangup")
    eventually(lambda: _state(table) == "completed")


def test_a_busy_phone_is_called_again_and_then_texted(table: Tabletop) -> None:
    nine(table)
    act(table, act="busy")
    eventually(lambda: _planned(table) == 1)
    with table.database.reading() as session:
        again = session.execute(select(tables.message.c.send_after).where(tables.message.c.retries == 1)).scalar_one()
    table.move_to(again)
    eventually(lambda: rings(table))
    act(table, act="no-answer")
    eventually(lambda: any("squats" in body for body in table.bodies()))


def test_an_answering_machine_gets_nothing_and_the_phone_a_text(table: Tabletop) -> None:
    nine(table)
    act(table, act="machine")
    eventually(lambda: any("squats" in body for body in table.bodies()))
    assert call(table).lines == []


def test_a_message_left_can_be_listened_to_with_its_transcript(table: Tabletop) -> None:
    act(table, act="dial")
    act(table, keys="3")
    act(table, act="say", speech="Could we talk on Friday instead")
    eventually(lambda: _body(table) == "Could we talk on Friday instead")
    with table.database.reading() as session:
        message = session.execute(select(tables.recording.c.message_id)).scalar_one()
    heard = table.alice.ask("GET", f"/clients/{table.cast.ruth}/calls/{message}.wav")
    assert (heard.status_code, heard.data[:4]) == (200, b"RIFF")
    table.carrier.calls.recordings.clear()
    table.alice.get(f"/clients/{table.cast.ruth}/calls/{message}.wav", 404)


def _state(table: Tabletop) -> str:
    with table.database.reading() as session:
        outgoing = (tables.message.c.channel == "call") & (tables.message.c.kind == "check_in")
        return session.execute(select(tables.message.c.state).where(outgoing)).scalar_one()


def _planned(table: Tabletop) -> int:
    with table.database.reading() as session:
        waiting = (tables.message.c.channel == "call") & (tables.message.c.state == "planned")
        return len(session.execute(select(tables.message.c.id).where(waiting)).all())


def _body(table: Tabletop) -> str:
    with table.database.reading() as session:
        return session.execute(select(tables.message.c.body).where(tables.message.c.kind == "voicemail")).scalar_one()
