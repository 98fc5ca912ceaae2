"""Every way a call to Twilio can end, sorted: refused, refused for now, or nobody knows."""

import json
import logging
import socket
from datetime import UTC, datetime

import pytest

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.gateways.twilio_texts import TwilioTexts, twilio_client
from tests.core.gateways.conftest import ACCOUNT, Script

PHONE, PRACTICE = "+12025550123", "+12025550100"
TAKEN = json.dumps({"sid": "SM" + "a" * 32, "status": "queued", "num_segments": "1", "error_code": None})


def send(texts: TwilioTexts) -> None:
    texts.send_text(to=PHONE, from_=PRACTICE, body="Did you stretch?", message_id=7)


def refusal(code: int, status: int = 400) -> str:
    return json.dumps({"code": code, "message": f"no {PHONE}", "more_info": "", "status": status})


def test_a_known_code_that_time_does_not_heal_is_permanent(texts: TwilioTexts, script: Script) -> None:
    script.says(400, refusal(21211))
    with pytest.raises(CarrierError) as refused:
        send(texts)
    assert (refused.value.code, refused.value.permanent) == ("21211", True)


def test_a_full_queue_is_temporary(texts: TwilioTexts, script: Script) -> None:
    script.says(400, refusal(21611))
    with pytest.raises(CarrierError) as refused:
        send(texts)
    assert (refused.value.code, refused.value.permanent) == ("21611", False)


def test_a_refusal_with_a_code_we_do_not_know_is_permanent(texts: TwilioTexts, script: Script) -> None:
    script.says(400, refusal(29999))
    with pytest.raises(CarrierError) as refused:
        send(texts)
    assert (refused.value.code, refused.value.permanent) == ("29999", True)


def test_a_refusal_without_a_code_is_named_by_its_status(texts: TwilioTexts, script: Script) -> None:
    script.says(404, "<html>not here</html>")
    with pytest.raises(CarrierError) as refused:
        send(texts)
    assert (refused.value.code, refused.value.permanent) == ("http_404", True)


def test_a_refusal_in_the_newer_problem_format_is_read_as_well(texts: TwilioTexts, script: Script) -> None:
    script.says(400, json.dumps({"type": "about:blank", "title": "No", "status": 400, "code": 21610}))
    with pytest.raises(CarrierError, match="21610: the recipient opted out"):
        send(texts)


def test_a_refusal_never_quotes_the_phone_number(texts: TwilioTexts, script: Script) -> None:
    script.says(400, refusal(21211))
    with pytest.raises(CarrierError) as refused:
        send(texts)
    assert PHONE not in str(refused.value)


def test_after_a_429_it_is_sent_again(texts: TwilioTexts, script: Script) -> None:
    script.says(429, refusal(20429, 429))
    script.says(201, TAKEN)
    send(texts)
    assert script.asked == 2


def test_a_429_that_does_not_end_is_temporary(texts: TwilioTexts, script: Script) -> None:
    for _ in range(3):
        script.says(429, refusal(20429, 429), Retry_After="0")
    with pytest.raises(CarrierError) as refused:
        send(texts)
    assert (refused.value.code, refused.value.permanent, script.asked) == ("20429", False, 3)


@pytest.mark.parametrize("status", [302, 408, 500, 502, 503, 504])
def test_a_status_that_is_neither_yes_nor_no_leaves_the_outcome_unknown(
    texts: TwilioTexts, script: Script, status: int
) -> None:
    script.says(status, "{}")
    with pytest.raises(CarrierOutcomeUnknown):
        send(texts)


def test_a_503_is_not_sent_again_even_when_told_when_to(texts: TwilioTexts, script: Script) -> None:
    script.says(503, "", Retry_After="0")
    script.says(201, TAKEN)
    with pytest.raises(CarrierOutcomeUnknown):
        send(texts)
    assert script.asked == 1


@pytest.mark.parametrize("body", ["", "<html>", "[]", "7", "{}"])
def test_an_answer_that_cannot_be_read_leaves_the_outcome_unknown(
    texts: TwilioTexts, script: Script, body: str
) -> None:
    script.says(201, body)
    with pytest.raises(CarrierOutcomeUnknown):
        send(texts)


@pytest.mark.parametrize("silence", [pytest.param(0, id="hung up"), pytest.param(-1, id="no answer in time")])
def test_a_call_cut_short_leaves_the_outcome_unknown_and_is_not_repeated(
    texts: TwilioTexts, script: Script, silence: int
) -> None:
    script.says(silence)
    with pytest.raises(CarrierOutcomeUnknown):
        send(texts)
    assert script.asked == 1


def test_a_connection_refused_is_temporary_since_nothing_was_sent() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        texts = TwilioTexts(twilio_client(ACCOUNT, "token", api_url=url), webhook_url="https://portal.example.com")
        with pytest.raises(CarrierError) as refused:
            send(texts)
    assert (refused.value.code, refused.value.permanent) == ("not_reached", False)


def test_a_search_that_is_refused_is_sorted_like_a_send(texts: TwilioTexts, script: Script) -> None:
    script.says(401, refusal(20003, 401))
    with pytest.raises(CarrierError, match="20003"):
        texts.find_text(to=PHONE, from_=PRACTICE, body="Hi", since=datetime.now(UTC))


@pytest.mark.parametrize("answer", [(503, ""), (200, "<html>"), (200, "{}")])
def test_a_search_without_a_readable_answer_is_unknown(
    texts: TwilioTexts, script: Script, answer: tuple[int, str]
) -> None:
    script.says(*answer)
    with pytest.raises(CarrierOutcomeUnknown):
        texts.find_text(to=PHONE, from_=PRACTICE, body="Hi", since=datetime.now(UTC))


def test_nothing_of_a_call_is_logged(texts: TwilioTexts, script: Script, caplog: pytest.LogCaptureFixture) -> None:
    script.says(503)
    with caplog.at_level(logging.DEBUG), pytest.raises(CarrierOutcomeUnknown):
        texts.find_text(to=PHONE, from_=PRACTICE, body="Hi", since=datetime.now(UTC))
    assert not caplog.records
