"""What one inbound text asks of the database, counted exactly."""

import pytest

from functions import receive_sms, schedule_check_ins
from tests import webhooks
from tests.bench.recording import recording
from tests.cast import ALICES_NUMBER, RUTHS_PHONE

MOST_ROUND_TRIPS = 8
SID = "SM" + "e" * 32


def said_of(story, body, **more):
    """What is said to the database when Ruth sends this."""
    event = webhooks.sms(story.wired.settings, MessageSid=SID, From=RUTHS_PHONE, To=ALICES_NUMBER, Body=body)
    with recording(story.wired.database.engine) as said:
        receive_sms.handler(event | more, None)
    return said


def asked_about(story, goals):
    """Ruth is asked about so many goals."""
    for number in range(goals):
        story.goal(f"Water plant number {number + 1}")
    story.schedule("09:00")
    story.it_is("2026-11-18T09:00")


@pytest.mark.parametrize("goals", [1, 10])
def test_a_report_takes_as_many_round_trips_for_ten_goals_as_for_one(story, goals):
    asked_about(story, goals)
    said = said_of(story, "all done!")
    assert [len(transaction.statements) for transaction in said] == [1, 5]
    if story.wired.database.engine.dialect.name == "postgresql":
        assert sum(transaction.round_trips for transaction in said) == MOST_ROUND_TRIPS


def test_the_same_text_again_takes_two_statements(story):
    asked_about(story, 1)
    said_of(story, "all done!")
    assert [len(transaction.statements) for transaction in said_of(story, "all done!")] == [2]


def test_a_forged_text_takes_none(story):
    assert said_of(story, "all done!", headers={"x-twilio-signature": "forged"}) == []


def test_an_idle_minute_takes_a_question_and_a_line(story):
    story.goal("Water the plant")
    story.schedule("09:00")
    schedule_check_ins.handler({}, None)
    with recording(story.wired.database.engine) as said:
        schedule_check_ins.handler({}, None)
    assert sum(len(transaction.statements) for transaction in said) == 2
