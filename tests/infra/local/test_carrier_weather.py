"""Faults on demand, as our gateway meets them."""

from datetime import UTC, datetime

import pytest

from coach_portal.core.errors import CarrierOutcomeUnknown
from coach_portal.core.gateways.twilio_texts import TwilioTexts
from infra.local.carrier import Carrier
from tests.infra.local.conftest import PHONE, PRACTICE, Practice, ask, gateway, told, weather


@pytest.fixture
def hasty(carrier: Carrier, practice: Practice) -> TwilioTexts:
    """Our gateway with little patience."""
    return gateway(carrier, practice, timeout=0.3)


def send(texts: TwilioTexts) -> str:
    return texts.send_text(to=PHONE, from_=PRACTICE, body="Did you stretch?", message_id=7).sid


def taken(carrier: Carrier) -> int:
    return sum(len(phone["texts"]) for phone in told(carrier, "/phones.json")["phones"])


def test_after_a_429_the_text_is_taken_once(texts: TwilioTexts, carrier: Carrier) -> None:
    weather(carrier, create=["429", "ok"])
    send(texts)
    assert taken(carrier) == 1


@pytest.mark.parametrize("fault", ["500", "timeout", "reset"])
def test_a_fault_before_the_text_was_taken_is_found_to_be_so(hasty: TwilioTexts, carrier: Carrier, fault: str) -> None:
    start = datetime.now(UTC)
    weather(carrier, create=[fault])
    with pytest.raises(CarrierOutcomeUnknown):
        send(hasty)
    assert hasty.find_text(to=PHONE, from_=PRACTICE, body="Did you stretch?", since=start) is None
    assert taken(carrier) == 0


@pytest.mark.parametrize("fault", ["500_after_sending", "timeout_after_sending", "reset_after_sending"])
def test_a_fault_after_the_text_was_taken_is_found_to_be_so(hasty: TwilioTexts, carrier: Carrier, fault: str) -> None:
    start = datetime.now(UTC)
    weather(carrier, create=[fault])
    with pytest.raises(CarrierOutcomeUnknown):
        send(hasty)
    assert hasty.find_text(to=PHONE, from_=PRACTICE, body="Did you stretch?", since=start) is not None
    assert taken(carrier) == 1


def test_bad_weather_passes(hasty: TwilioTexts, carrier: Carrier) -> None:
    weather(carrier, create=["500"])
    with pytest.raises(CarrierOutcomeUnknown):
        send(hasty)
    send(hasty)


def test_a_slow_answer_counts_as_none(hasty: TwilioTexts, carrier: Carrier) -> None:
    weather(carrier, delay=60)
    with pytest.raises(CarrierOutcomeUnknown):
        send(hasty)


def test_the_weather_can_be_read_back(carrier: Carrier) -> None:
    forecast = {
        "create": ["429", "ok"],
        "deliver": [None, 30003],
        "delay": 0.0,
        "receipts": {"lost": 0.1, "repeated": 0.2, "shuffled": True},
        "seed": 7,
    }
    weather(carrier, **forecast)
    assert told(carrier, "/weather") == forecast


@pytest.mark.parametrize("asked", [{"create": ["hail"]}, {"snow": 1}, {"receipts": {"burnt": 1}}, {"create": 7}, []])
def test_weather_that_does_not_exist_is_turned_down(carrier: Carrier, asked: object) -> None:
    assert ask(carrier, "POST", "/weather", asked).status == 400
