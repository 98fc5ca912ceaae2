"""What our gateway says to Twilio, and how it reads the answers."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from coach_portal.core.gateways.twilio_texts import TwilioTexts, twilio_client
from coach_portal.core.ports import CarrierText, TextSender
from tests.core.gateways.conftest import ACCOUNT, Script

PHONE, PRACTICE = "+12025550123", "+12025550100"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def resource(number: int = 1, body: str = "Hi", at: datetime = NOW, **more: Any) -> dict[str, Any]:
    text = {"sid": f"SM{number:032}", "status": "queued", "num_segments": "2", "error_code": None, "body": body}
    return text | {"date_created": format_datetime(at)} | more


def send(texts: TextSender, valid_for: int | None = None) -> CarrierText:
    return texts.send_text(to=PHONE, from_=PRACTICE, body="Hi 💪", message_id=42, valid_for=valid_for)


def find(texts: TextSender) -> CarrierText | None:
    return texts.find_text(to=PHONE, from_=PRACTICE, body="Hi", since=NOW)


def test_a_text_is_handed_over_with_the_address_for_its_receipts(texts: TwilioTexts, script: Script) -> None:
    script.says(201, json.dumps(resource()))
    send(texts)
    assert script.forms == [
        {
            "To": PHONE,
            "From": PRACTICE,
            "Body": "Hi 💪",
            "StatusCallback": "https://portal.example.com/twilio/status?message=42",
        }
    ]


def test_a_webhook_base_may_end_in_a_slash(script: Script) -> None:
    client = twilio_client(ACCOUNT, "token", api_url=script.url)
    script.says(201, json.dumps(resource()))
    send(TwilioTexts(client, webhook_url="https://portal.example.com/"))
    assert script.forms[0]["StatusCallback"] == "https://portal.example.com/twilio/status?message=42"


def test_another_base_is_called_as_it_stands(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"HTTP_PROXY": "http://127.0.0.1:1", "TWILIO_REGION": "ie1", "TWILIO_EDGE": "dublin"}.items():
        monkeypatch.setenv(name, value)
    client = twilio_client(ACCOUNT, "token", api_url=script.url)
    script.says(201, json.dumps(resource()))
    send(TwilioTexts(client, webhook_url="https://portal.example.com"))
    assert script.asked == 1


def test_the_answer_tells_sid_status_and_segments(texts: TwilioTexts, script: Script) -> None:
    script.says(201, json.dumps(resource(number=7)))
    assert send(texts) == CarrierText(f"SM{7:032}", "queued", segments=2, error_code=None)


@pytest.mark.parametrize("segments", [None, "", "many"])
def test_segments_that_are_not_told_are_none(texts: TwilioTexts, script: Script, segments: str | None) -> None:
    script.says(201, json.dumps(resource(num_segments=segments)))
    assert send(texts).segments is None


def test_an_error_code_comes_as_text(texts: TwilioTexts, script: Script) -> None:
    script.says(201, json.dumps(resource(status="failed", error_code=30034)))
    assert send(texts).error_code == "30034"


@pytest.mark.parametrize(("seconds", "said"), [(3600, "3600"), (0, "1"), (-5, "1"), (90_000, "36000")])
def test_a_deadline_is_kept_within_what_twilio_takes(
    texts: TwilioTexts, script: Script, seconds: int, said: str
) -> None:
    script.says(201, json.dumps(resource()))
    send(texts, valid_for=seconds)
    assert script.forms[0]["ValidityPeriod"] == said


def test_the_first_text_with_these_words_is_found(texts: TwilioTexts, script: Script) -> None:
    listed = [resource(4, "Hi!"), resource(3), resource(2), resource(1, at=NOW - timedelta(hours=1))]
    script.says(200, json.dumps({"messages": listed}))
    assert find(texts) == CarrierText(f"SM{2:032}", "queued", segments=2)


def test_a_text_from_before_the_moment_is_not_the_one(texts: TwilioTexts, script: Script) -> None:
    script.says(200, json.dumps({"messages": [resource(at=NOW - timedelta(minutes=1))]}))
    assert find(texts) is None


def test_a_carrier_s_clock_may_be_a_few_seconds_slow(texts: TwilioTexts, script: Script) -> None:
    script.says(200, json.dumps({"messages": [resource(at=NOW - timedelta(seconds=3))]}))
    assert find(texts) is not None


def test_no_texts_at_all_is_an_answer(texts: TwilioTexts, script: Script) -> None:
    script.says(200, json.dumps({"messages": []}))
    assert find(texts) is None


def test_a_picture_goes_along_by_its_address(texts: TwilioTexts, script: Script) -> None:
    script.says(201, json.dumps(resource()))
    address = "https://portal.example.com/week/abc.png"
    texts.send_text(to=PHONE, from_=PRACTICE, body="Your week", message_id=42, media_url=address)
    assert script.forms[-1]["MediaUrl"] == address
