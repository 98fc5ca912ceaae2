"""What our gateway asks of calls and what the make-believe carrier answers, held against Twilio's published OpenAPI."""

from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from twilio.base.exceptions import TwilioRestException

from coach_portal.core.errors import CarrierError
from coach_portal.core.gateways.twilio_calls import TwilioCalls
from coach_portal.core.gateways.twilio_texts import TwilioTexts
from infra.local.carrier import Carrier
from tests.core.gateways.test_twilio_contract import PHONE, PRACTICE, Wire, carrier, client, hold_against, openapi, wire

__all__ = ["carrier", "client", "wire"]
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    """Twilio's description of calls."""
    prefix = "/2010-04-01/Accounts/{AccountSid}/Calls"
    return openapi(f"{prefix}.json", f"{prefix}/{{Sid}}.json")


@pytest.fixture
def calls(client: Any) -> TwilioCalls:
    """Our gateway."""
    return TwilioCalls(client, webhook_url="https://portal.example.com")


def place(calls: TwilioCalls, *, await_beep: bool = False) -> str:
    return calls.place_call(to=PHONE, from_=PRACTICE, message_id=7, await_beep=await_beep).sid


@pytest.mark.parametrize("await_beep", [True, False])
def test_a_call_and_its_answer_are_as_published(
    calls: TwilioCalls, published: dict[str, Any], carrier: Carrier, wire: Wire, await_beep: bool
) -> None:
    place(calls, await_beep=await_beep)
    hold_against(published, carrier, wire)


def test_a_call_fetched_is_as_published_however_far_it_came(
    calls: TwilioCalls, published: dict[str, Any], carrier: Carrier, wire: Wire
) -> None:
    for act in ("machine", "busy"):
        sid = place(calls)
        calls.look_up(sid)
        carrier.calls.act(PHONE, {"act": act})
        calls.look_up(sid)
    hold_against(published, carrier, wire)


def test_a_search_and_its_answer_are_as_published(
    calls: TwilioCalls, published: dict[str, Any], carrier: Carrier, wire: Wire
) -> None:
    sid = place(calls)
    found = calls.find_call(to=PHONE, from_=PRACTICE, since=SINCE)
    assert found is not None
    assert found.sid == sid
    hold_against(published, carrier, wire)


def test_a_call_that_is_known_as_another_is_not_found(calls: TwilioCalls, carrier: Carrier, wire: Wire) -> None:
    sid = place(calls)
    assert calls.find_call(to=PHONE, from_=PRACTICE, since=SINCE, not_among={sid}) is None


def leave_a_message(calls: TwilioCalls, carrier: Carrier) -> tuple[str, str]:
    """Somebody spoke after the tone; the ids of the call and the recording."""
    sid = place(calls)
    call = carrier.calls.get(sid)
    call.status, call.started = "in-progress", 1.0
    call.record = Element("Record", action="/next", transcribe="true", transcribeCallback="/told")
    carrier.calls.act(PHONE, {"act": "say", "words": "Please call me about Thursday"})
    return sid, next(iter(carrier.calls.recordings))


@pytest.fixture(scope="module")
def kept_published() -> dict[str, Any]:
    """Twilio's description of calls, of what was recorded on them, and of its transcripts."""
    prefix = "/2010-04-01/Accounts/{AccountSid}"
    kept = "Recordings.json", "Recordings/{Sid}.json", "Recordings/{RecordingSid}/Transcriptions.json"
    kept = *kept, "Recordings/{RecordingSid}/Transcriptions/{Sid}.json"
    more = "Transcriptions/{Sid}.json", "Calls.json", "Calls/{Sid}.json", "Messages.json"
    return openapi(*(f"{prefix}/{path}" for path in (*kept, *more)))


def test_recordings_and_transcripts_are_as_published(
    calls: TwilioCalls, client: Any, kept_published: dict[str, Any], carrier: Carrier, wire: Wire
) -> None:
    call_sid, sid = leave_a_message(calls, carrier)
    recording = client.recordings(sid).fetch()
    assert (recording.call_sid, recording.source) == (call_sid, "RecordVerb")
    (transcript,) = client.recordings(sid).transcriptions.list()
    assert client.transcriptions(transcript.sid).fetch().transcription_text == "Please call me about Thursday"
    hold_against(kept_published, carrier, wire)


def test_a_forgotten_call_leaves_no_recording_and_no_transcript(
    calls: TwilioCalls, client: Any, kept_published: dict[str, Any], carrier: Carrier, wire: Wire
) -> None:
    call_sid, sid = leave_a_message(calls, carrier)
    texts = TwilioTexts(client, webhook_url="https://portal.example.com")
    assert call_sid in texts.texts_between(PRACTICE, PHONE)
    texts.forget_text(call_sid)
    texts.forget_text(call_sid)
    assert texts.texts_between(PRACTICE, PHONE) == []
    assert client.recordings.list() == []
    for gone in (client.recordings(sid), client.transcriptions(f"TR{sid[2:]}"), client.calls(call_sid)):
        with pytest.raises(TwilioRestException):
            gone.fetch()
    assert wire.calls
    wire.calls = [(asked, answer) for asked, answer in wire.calls if answer.status_code != 404]
    hold_against(kept_published, carrier, wire)


def test_a_recording_that_is_none_is_never_asked_for(calls: TwilioCalls, wire: Wire) -> None:
    with pytest.raises(CarrierError):
        calls.recording("../../Messages", "AC" + "0" * 32)
    assert wire.calls == []
