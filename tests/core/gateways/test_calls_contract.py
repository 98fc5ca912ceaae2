"""What our gateway asks of calls and what the make-believe carrier answers, held against Twilio's published OpenAPI."""

from datetime import UTC, datetime
from typing import Any

import pytest

from coach_portal.core.errors import CarrierError
from coach_portal.core.gateways.twilio_calls import TwilioCalls
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


def test_a_recording_that_is_none_is_never_asked_for(calls: TwilioCalls, wire: Wire) -> None:
    with pytest.raises(CarrierError):
        calls.recording("../../Messages", "AC" + "0" * 32)
    assert wire.calls == []
