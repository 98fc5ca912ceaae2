"""Of each promise about calls, too, the judge sees a bug that was made on purpose."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from coach_portal.core.models import tables
from coach_portal.core.rules import may_send
from coach_portal.core.services.alerting import escalation
from coach_portal.core.services.calls import agreeing, line, placing, talking
from coach_portal.core.services.people import consent
from coach_portal.core.services.sending import broken_off
from infra.simulation import lives, on_the_phone, queue
from infra.simulation.faults import Weather
from infra.simulation.people import Person
from infra.simulation.tempers import Temper
from tests.infra.simulation.test_judge import promises_broken

__all__ = ["promises_broken"]


@pytest.fixture(autouse=True)
def everyone_would_rather_talk(monkeypatch):
    """All are asked by call."""
    monkeypatch.setattr(Person, "way", "call")


def test_calling_whoever_agreed_to_texts_alone(promises_broken, monkeypatch):
    def grant_all(connection, party, *more):
        connection.execute(update(tables.client).where(tables.client.c.id == party.client_id).values(calls="granted"))
        return grant(connection, party, *more)

    grant = consent.grant
    monkeypatch.setattr(consent, "grant", grant_all)
    monkeypatch.setattr(lives, "CALLS_AFTER", timedelta(days=99))
    assert "no_call_without_its_own_consent" in promises_broken()


def test_calling_on_after_the_key_that_ends_calls(promises_broken, monkeypatch):
    monkeypatch.setattr(agreeing, "revoke", lambda *_: None)
    monkeypatch.setattr(on_the_phone, "ENDS_CALLS", 1)
    assert "no_call_without_its_own_consent" in promises_broken()


def test_calling_at_night(promises_broken, monkeypatch):
    monkeypatch.setattr(placing, "decide", lambda facts, now: may_send.YES)
    monkeypatch.setattr(queue, "LATE", timedelta(hours=20))
    assert "none_in_forbidden_hours" in promises_broken(Weather(late=1))


def test_calling_again_without_asking_the_carrier(promises_broken, monkeypatch):
    def anew(database, placer, broken, now, machine_now):
        return broken_off.let_go(database, broken, "unknown", "planned")

    monkeypatch.setattr(placing, "_may_be_placed_again", anew)
    assert "no_call_twice" in promises_broken(Weather(trouble=0.6, lost=0.9))


def test_calling_more_often_than_was_agreed(promises_broken, monkeypatch):
    monkeypatch.setattr(may_send, "CALLS_PER_WEEK", 99)
    monkeypatch.setattr(on_the_phone.OnThePhone, "pick_up", lambda self, phone: "no-answer")
    assert "no_call_twice" in promises_broken(days=9, clients=3)


def test_calling_all_at_once(promises_broken, monkeypatch):
    monkeypatch.setattr(line, "enter", lambda *_, **__: None)
    assert "calls_keep_the_pace" in promises_broken(clients=6)


def test_not_saying_the_lines_to_call(promises_broken, monkeypatch):
    monkeypatch.setattr(talking, "_reply", lambda line, heard: line.bye())
    assert "danger_aloud_answered_and_told" in promises_broken(temper=Temper(1.0, befalls="despairs aloud"))


def test_telling_no_coach_of_danger_said_aloud(promises_broken, monkeypatch):
    monkeypatch.setattr(escalation, "due", lambda connection, now: [])
    monkeypatch.setattr(escalation, "tell", lambda *_: [])
    assert "danger_aloud_answered_and_told" in promises_broken(temper=Temper(1.0, befalls="despairs aloud"))
