"""What the carrier is asked to forget, through the real SDK, is nowhere any more, not even in its file."""

from pathlib import Path

import pytest

from coach_portal.core.errors import CarrierError
from coach_portal.core.gateways.twilio_texts import TwilioTexts, twilio_client
from infra.local.carrier import Carrier, CarrierSettings
from tests.infra.local.conftest import ACCOUNT, PHONE, PRACTICE, TOKEN, told

BODY = "Zebediah stretched"


def arrived(carrier: Carrier) -> str:
    """A text that reached its phone some time ago; its id."""
    text = carrier.book.add(
        direction="outbound-api", sender=PRACTICE, recipient=PHONE, body=BODY, status="queued", at=1
    )
    return carrier.book.move(text.sid, "delivered", at=2).sid


def test_a_text_that_arrived_can_be_forgotten(texts: TwilioTexts, carrier: Carrier) -> None:
    texts.forget_text(arrived(carrier))
    assert told(carrier, f"/phones/{PHONE}.json")["texts"] == []


def test_forgetting_twice_does_no_harm(texts: TwilioTexts, carrier: Carrier) -> None:
    sid = arrived(carrier)
    for _ in range(2):
        texts.forget_text(sid)


def test_a_text_on_its_way_is_forgotten_later(texts: TwilioTexts, carrier: Carrier) -> None:
    text = carrier.book.add(
        direction="outbound-api", sender=PRACTICE, recipient=PHONE, body=BODY, status="queued", at=1
    )
    with pytest.raises(CarrierError) as refused:
        texts.forget_text(text.sid)
    assert (refused.value.code, refused.value.permanent) == ("20009", False)


def test_all_texts_between_two_numbers_are_found_both_ways(texts: TwilioTexts, carrier: Carrier) -> None:
    sid = arrived(carrier)
    back = carrier.book.add(direction="inbound", sender=PHONE, recipient=PRACTICE, body="ok", status="received", at=3)
    carrier.book.add(direction="inbound", sender="+12025550188", recipient=PRACTICE, body="hi", status="received", at=4)
    assert set(texts.texts_between(PRACTICE, PHONE)) == {sid, back.sid}


def test_its_words_are_not_in_the_carriers_file_either(tmp_path: Path) -> None:
    settings = CarrierSettings(ACCOUNT, TOKEN, sms_url="http://127.0.0.1:1/x", database=str(tmp_path / "carrier.db"))
    with Carrier(settings) as carrier:
        texts = TwilioTexts(twilio_client(ACCOUNT, TOKEN, api_url=carrier.url), webhook_url="http://127.0.0.1:1")
        texts.forget_text(arrived(carrier))
        assert not any(BODY.encode() in file.read_bytes() for file in tmp_path.iterdir())
