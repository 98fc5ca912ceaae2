"""At the carrier's door: forged webhooks, and genuine ones that are replayed, for the signature carries no time."""

import base64
import json
from dataclasses import replace

import pytest

from coach_portal.core.models import tables
from functions import call_status, delivery_status, receive_sms, voice
from tests import webhooks
from tests.cast import RUTHS_PHONE

COPIES = 50
RECORDS = (tables.inbound_text, tables.message, tables.win, tables.alert, tables.consent, tables.recording)


def everything(story):
    """How many rows there are of all that a webhook could write."""
    return [len(story.rows(table)) for table in RECORDS]


def test_fifty_copies_at_once_make_one_row_one_win_and_one_answer(story, door):
    story.goal()
    event = webhooks.sms(story.wired.settings, Body="did 5 squats")
    assert {answer.status for answer in door.post_at_once(event, COPIES)} == {200}
    assert len(story.rows(tables.inbound_text)) == 1
    assert len(story.rows(tables.message, direction="in")) == 1
    assert len(story.rows(tables.win)) == 1
    story.send()
    assert len(story.phone()) == 1


def test_fifty_copies_of_danger_at_once_raise_one_alert(story, door):
    event = webhooks.sms(story.wired.settings, Body="I want to kill myself")
    answers = door.post_at_once(event, COPIES)
    assert {answer.status for answer in answers} == {200}
    assert sum(b"988" in answer.data for answer in answers) == 1
    assert len(story.rows(tables.alert, kind="risk")) == 1
    assert len(story.rows(tables.message, kind="safety")) == 1


def test_fifty_copies_of_a_receipt_at_once_are_one(story, door):
    message_id = story.message()
    story.send()
    event = webhooks.status(story.wired.settings, f"SM{1:032x}", "delivered", message=message_id)
    assert {answer.status for answer in door.post_at_once(event, COPIES)} == {204}
    assert story.row(tables.message, id=message_id).state == "delivered"


def test_yesterdays_stop_replayed_after_a_start_stops_nothing(story):
    stop = webhooks.sms(story.wired.settings, MessageSid=f"SM{7:032x}", Body="STOP")
    receive_sms.handler(stop, None)
    story.wired.clock.move_on(days=1)
    story.text("START")
    receive_sms.handler(stop, None)
    assert story.row(tables.client).consent == "granted"
    assert story.rows(tables.suppression) == []


def test_yesterdays_win_replayed_counts_once(story):
    story.goal()
    win = webhooks.sms(story.wired.settings, MessageSid=f"SM{7:032x}", Body="did 5 squats")
    for _ in range(2):
        receive_sms.handler(win, None)
        story.wired.clock.move_on(days=1)
    assert len(story.rows(tables.win)) == 1


def test_a_late_receipt_replayed_takes_nothing_back(story):
    message_id = story.message()
    story.send()
    sent, delivered = (
        webhooks.status(story.wired.settings, f"SM{1:032x}", word, message=message_id) for word in ("sent", "delivered")
    )
    for event in (sent, delivered, sent, sent):
        delivery_status.handler(event, None)
    assert story.row(tables.message, id=message_id).state == "delivered"


@pytest.mark.parametrize(
    "header",
    [
        {"X-Forwarded-Host": "evil.example"}, {"X-Forwarded-Proto": "http"}, {"X-Original-URL": "/twilio/status"},
        {"Host": "evil.example"}, {"X-HTTP-Method-Override": "GET"}, {"X-Forwarded-For": "127.0.0.1"},
    ],
    ids=lambda header: next(iter(header)),
)  # fmt: skip
def test_the_address_that_counts_is_the_one_in_the_settings(story, door, header):
    genuine = webhooks.sms(story.wired.settings, MessageSid=f"SM{7:032x}")
    forged = webhooks.sms(replace(story.wired.settings, twilio_auth_token="a guess"), MessageSid=f"SM{8:032x}")
    elsewhere = webhooks.sms(replace(story.wired.settings, webhook_url="https://evil.example"))
    assert door.post(genuine, **header).status == 200
    assert {door.post(event, **header).status for event in (forged, elsewhere)} == {403}
    assert [row.sid for row in story.rows(tables.inbound_text)] == [f"SM{7:032x}"]


def unsigned(event):
    """Without a signature."""
    return {**event, "headers": {name: value for name, value in event["headers"].items() if "signature" not in name}}


def as_json(event):
    """The same fields as JSON, whose hash is not in the signature."""
    return {**event, "headers": {**event["headers"], "content-type": "application/json"}, "body": json.dumps({"a": 1})}


FORGERIES = {
    "none": unsigned,
    "empty": lambda event: {**event, "headers": {**event["headers"], "x-twilio-signature": ""}},
    "of another path": lambda event: {**event, "rawPath": event["rawPath"] + "/"},
    "of another query": lambda event: {**event, "rawQueryString": "message=1&x=1"},
    "a field more": lambda event: {**event, "body": event["body"] + "&Body=START"},
    "a field in base64": lambda event: {**event, "body": base64.b64encode(b"From=%2B1").decode(), "isBase64Encoded": 1},
    "json": as_json,
}


@pytest.mark.parametrize("how", FORGERIES)
def test_no_webhook_takes_a_forgery_or_writes_a_row_for_one(story, how):
    settings = story.wired.settings
    doors = {
        receive_sms: webhooks.sms(settings, From=RUTHS_PHONE, Body="STOP"),
        delivery_status: webhooks.status(settings, f"SM{1:032x}", "failed"),
        voice: webhooks.call(settings, f"CA{1:032x}", "/twilio/voice/call", "", inbound=True),
        call_status: webhooks.call(settings, f"CA{1:032x}", "/twilio/voice/status", "message=1"),
    }
    before = everything(story)
    for function, event in doors.items():
        assert function.handler(FORGERIES[how](event), None)["statusCode"] == 403, function
    assert everything(story) == before


def test_a_webhook_answers_to_post_alone(door):
    for path in ("/twilio/sms", "/twilio/status", "/twilio/voice/call", "/twilio/voice/status"):
        for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
            assert door.http.request(method, door.url + path).status == 405, (method, path)
