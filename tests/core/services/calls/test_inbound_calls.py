"""A client calls us: logs a win, hears the week, leaves a message, stops. What is recorded is announced first."""

import pytest

from coach_portal.core.models import tables
from functions import voice
from tests import webhooks
from tests.core.services.calls.ringing import calls_in

RECORDING = "RE" + "a" * 32


@pytest.fixture
def ruths(story):
    """Ruth, who has a goal and was asked nothing today."""
    story.goal()
    return story


def transcript(story, words, status="completed"):
    """The carrier has listened to what was left."""
    told = {"RecordingSid": RECORDING, "TranscriptionText": words, "TranscriptionStatus": status}
    event = webhooks.call(
        story.wired.settings, "CA" + "f" * 32, "/twilio/voice/call", "step=transcribed&message=0", inbound=True, **told
    )
    voice.handler(event, None)
    story.send()


def test_they_are_greeted_in_the_coachs_name(ruths):
    assert calls_in(ruths).last.startswith("This is Alice's automatic line at Moreau Coaching. Hello Ruth.")


def test_a_win_told_at_once_is_logged(ruths):
    line = calls_in(ruths).say("I did 5 squats")
    assert ruths.row(tables.win).amount == 5
    assert "5 squats" in line.last


def test_the_first_key_asks_what_they_did(ruths):
    line = calls_in(ruths).press("1")
    assert line.last == "What did you do?"
    line.say("did 5 squats")
    assert len(ruths.rows(tables.win)) == 1


def test_the_second_key_tells_their_week(ruths):
    ruths.text("did 5 squats")
    line = calls_in(ruths).press("2")
    assert "squats" in line.last


def test_recording_is_announced_before_it_begins(ruths):
    line = calls_in(ruths).press("3")
    assert "It will be recorded" in line.last
    assert "hang up now" in line.last
    assert line.records


def test_a_message_left_is_kept_and_told_to_the_coach(ruths):
    calls_in(ruths).press("3").leave()
    kept = ruths.row(tables.recording)
    assert (kept.sid, kept.seconds, kept.transcript) == (RECORDING, 7, "wanted")
    assert ruths.row(tables.alert).kind == "wants_answer"


def test_nothing_recorded_is_nothing_kept(ruths):
    line = calls_in(ruths).press("3").leave(seconds="0")
    assert line.last.startswith("Nothing was recorded")
    assert ruths.rows(tables.recording) == []


def test_the_transcript_stands_beside_it_when_it_comes(ruths):
    calls_in(ruths).press("3").leave()
    transcript(ruths, "can we talk on Friday")
    assert ruths.row(tables.message, kind="voicemail").body == "can we talk on Friday"


def test_danger_in_a_message_left_is_answered_by_text_and_alerts(ruths):
    calls_in(ruths).press("3").leave()
    transcript(ruths, "I want to kill myself")
    assert "988" in ruths.phone()[-1]
    assert "risk" in {alert.kind for alert in ruths.rows(tables.alert)}


def test_a_message_in_spanish_is_not_sent_to_be_transcribed(ruths):
    ruths.change(tables.client, ruths.cast.ruth, locale="es-US")
    calls_in(ruths).press("3").leave()
    assert ruths.row(tables.recording).transcript is None


def test_stop_said_to_us_stops_everything(ruths):
    calls_in(ruths).say("stop")
    assert ruths.row(tables.client).consent == "revoked"


def test_a_call_to_a_number_of_nobodys_is_ended(story):
    event = webhooks.call(
        story.wired.settings, "CA" + "e" * 32, "/twilio/voice/call", "", inbound=True, To="+16175559999"
    )
    assert voice.handler(event, None)["body"].endswith("<Response />")


def test_a_forged_call_is_refused(story):
    event = webhooks.call(story.wired.settings, "CA" + "e" * 32, "/twilio/voice/call", "", inbound=True)
    event["headers"]["x-twilio-signature"] = "bm90IHR3aWxpbw=="
    assert voice.handler(event, None)["statusCode"] == 403


def test_an_address_is_texted_and_not_read_aloud(story):
    line = calls_in(story).say("my page please")
    assert "://" not in line.last
    assert "by text" in line.last
    assert "://" in story.phone()[-1]
