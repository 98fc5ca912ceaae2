"""What the practice is told about its texts' way."""

import pytest
import urllib3

from coach_portal.core.gateways.twilio_texts import TwilioTexts
from infra.local.carrier import Carrier, CarrierSettings
from tests.infra.local.conftest import PHONE, PRACTICE, Practice, eventually, gateway, told, weather


def send(texts: TwilioTexts, message_id: int = 7) -> str:
    return texts.send_text(to=PHONE, from_=PRACTICE, body="Did you stretch?", message_id=message_id).sid


def test_a_text_is_sent_and_then_delivered(texts: TwilioTexts, practice: Practice) -> None:
    sid = send(texts)
    practice.wait(lambda: practice.states(sid) == ["sent", "delivered"])


def test_receipts_are_signed_over_the_very_address_with_its_query(texts: TwilioTexts, practice: Practice) -> None:
    sid = send(texts, message_id=42)
    practice.wait(lambda: len(practice.states(sid)) == 2)
    assert {(post.path, post.genuine) for post in practice.posts} == {("/twilio/status?message=42", True)}


def test_a_receipt_has_twilio_s_fields(texts: TwilioTexts, practice: Practice) -> None:
    sid = send(texts)
    practice.wait(lambda: len(practice.states(sid)) == 2)
    form = practice.posts[-1].form
    assert len(form.pop("RawDlrDoneDate")) == len("YYMMDDhhmm")
    assert form == {
        "AccountSid": "AC" + "0" * 32,
        "ApiVersion": "2010-04-01",
        "From": PRACTICE,
        "MessageSid": sid,
        "MessageStatus": "delivered",
        "SmsSid": sid,
        "SmsStatus": "delivered",
        "To": PHONE,
    }


def test_the_phone_shows_a_text_as_delivered(texts: TwilioTexts, practice: Practice, carrier: Carrier) -> None:
    sid = send(texts)
    practice.wait(lambda: len(practice.states(sid)) == 2)
    assert told(carrier, f"/phones/{PHONE}.json")["texts"][0]["status"] == "delivered"


def test_a_delivery_can_fail_with_a_code(texts: TwilioTexts, practice: Practice, carrier: Carrier) -> None:
    weather(carrier, deliver=[30005])
    sid = send(texts)
    practice.wait(lambda: practice.states(sid) == ["sent", "undelivered"])
    assert practice.posts[-1].form["ErrorCode"] == "30005"


def test_receipts_can_get_lost(texts: TwilioTexts, practice: Practice, carrier: Carrier) -> None:
    weather(carrier, receipts={"lost": 1.0})
    send(texts)
    eventually(lambda: told(carrier, f"/phones/{PHONE}.json")["texts"][0]["status"] == "delivered")
    assert practice.posts == []


def test_receipts_can_be_repeated(texts: TwilioTexts, practice: Practice, carrier: Carrier) -> None:
    weather(carrier, receipts={"repeated": 1.0})
    sid = send(texts)
    practice.wait(lambda: practice.states(sid) == ["sent", "sent", "delivered", "delivered"])


def test_receipts_can_come_in_the_wrong_order(texts: TwilioTexts, practice: Practice, carrier: Carrier) -> None:
    weather(carrier, receipts={"shuffled": True})
    sid = send(texts)
    practice.wait(lambda: practice.states(sid) == ["delivered", "sent"])


def test_a_practice_that_is_down_does_not_hold_up_deliveries(
    carrier_settings: CarrierSettings, practice: Practice
) -> None:
    nobody = Practice(url="http://127.0.0.1:1")
    with Carrier(carrier_settings) as carrier:
        send(gateway(carrier, nobody))
        sid = send(gateway(carrier, practice))
        practice.wait(lambda: practice.states(sid) == ["sent", "delivered"])


def test_a_connection_that_fails_is_tried_once_more(carrier: Carrier, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def refuse(pool: urllib3.PoolManager, method: str, url: str, **_: object) -> None:
        tries.append(url)
        raise urllib3.exceptions.NewConnectionError(pool.connection_from_url(url), "refused")  # type: ignore[arg-type]

    monkeypatch.setattr("urllib3.PoolManager.request", refuse)
    assert carrier._postman.post("http://127.0.0.1:1/twilio/sms", {}).status is None
    assert len(tries) == 2


def test_a_webhook_that_hangs_up_is_not_tried_again(carrier: Carrier, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def reset(_: urllib3.PoolManager, method: str, url: str, **__: object) -> None:
        tries.append(url)
        raise urllib3.exceptions.ProtocolError("reset")

    monkeypatch.setattr("urllib3.PoolManager.request", reset)
    assert carrier._postman.post("http://127.0.0.1:1/twilio/sms", {}).status is None
    assert len(tries) == 1


@pytest.mark.parametrize(
    "url", ["https://portal.example.com", "http://192.0.2.1", "http://127.0.0.1.example.com", "http://[", ""]
)
def test_no_receipt_ever_leaves_this_machine(
    carrier: Carrier, practice: Practice, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr("urllib3.PoolManager.request", lambda _, __, url, **___: called.append(url))
    assert carrier._postman.post(url, {}).status is None
    assert called == []
