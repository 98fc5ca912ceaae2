"""What phones text, and what they show."""

from datetime import UTC, datetime, timedelta
from html import escape

import pytest

from coach_portal.core.errors import CarrierError
from coach_portal.core.gateways.twilio_texts import TwilioTexts
from coach_portal.core.gateways.twiml import text_response
from infra.local.carrier import Carrier, CarrierSettings, keywords
from tests.infra.local.conftest import (
    ACCOUNT,
    PHONE,
    PRACTICE,
    TOKEN,
    Practice,
    ask,
    eventually,
    gateway,
    text_from_phone,
    told,
)


def send(texts: TwilioTexts, body: str = "Did you stretch?") -> str:
    return texts.send_text(to=PHONE, from_=PRACTICE, body=body, message_id=7).sid


def test_a_text_from_a_phone_comes_signed_to_the_webhook(carrier: Carrier, practice: Practice) -> None:
    text_from_phone(carrier, "did 3! 💪 & “more” = +1%")
    assert [(post.path, post.genuine) for post in practice.posts] == [("/twilio/sms", True)]
    assert practice.posts[0].form["Body"] == "did 3! 💪 & “more” = +1%"


def test_the_webhook_gets_twilio_s_fields_blank_ones_included(carrier: Carrier, practice: Practice) -> None:
    sid = text_from_phone(carrier, "did 3!")["sid"]
    blank = {f"{side}{what}": "" for side in ("From", "To") for what in ("City", "State", "Zip")}
    assert practice.posts[0].form == blank | {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "Body": "did 3!",
        "From": PHONE,
        "FromCountry": "US",
        "MessageSid": sid,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "SmsStatus": "received",
        "To": PRACTICE,
        "ToCountry": "US",
    }


def test_a_phone_from_nowhere_can_text_too(carrier: Carrier, practice: Practice) -> None:
    text_from_phone(carrier, "hello", phone="+9990000000")
    assert practice.posts[0].form["FromCountry"] == ""


def test_a_text_answered_in_twiml_reaches_the_phone_with_a_sid_and_receipts_of_its_own(
    carrier: Carrier, practice: Practice
) -> None:
    practice.twiml = text_response("Call 988 & stay <safe>", f"{practice.url}/twilio/status?message=9&x=1")
    [reply] = text_from_phone(carrier, "I can't go on")["replies"]
    practice.wait(lambda: practice.states(reply["sid"]) == ["sent", "delivered"])
    assert (reply["body"], practice.posts[-1].path) == ("Call 988 & stay <safe>", "/twilio/status?message=9&x=1")


def test_the_older_name_of_the_status_callback_works_too(carrier: Carrier, practice: Practice) -> None:
    practice.twiml = (
        f'<Response><Message action="/twilio/status?message={escape("9")}"><Body>Hi</Body></Message></Response>'
    )
    [reply] = text_from_phone(carrier, "hello")["replies"]
    practice.wait(lambda: practice.states(reply["sid"]) == ["sent", "delivered"])


def test_an_answer_that_is_no_twiml_brings_nothing_to_the_phone(carrier: Carrier, practice: Practice) -> None:
    practice.twiml = "<html><p>oops"
    assert text_from_phone(carrier, "hello")["replies"] == []


@pytest.mark.parametrize(("status", "reached"), [(200, True), (204, True), (403, False), (500, False)])
def test_a_text_has_arrived_when_the_webhook_says_so(
    carrier: Carrier, practice: Practice, status: int, reached: bool
) -> None:
    practice.status, practice.twiml = status, ""
    assert text_from_phone(carrier, "hello")["reached_practice"] is reached


def test_a_text_that_finds_the_webhook_down_is_kept_and_shown_so() -> None:
    with Carrier(CarrierSettings(ACCOUNT, TOKEN, sms_url="http://127.0.0.1:1/twilio/sms")) as carrier:
        text_from_phone(carrier, "hello")
        [text] = told(carrier, f"/phones/{PHONE}.json")["texts"]
    assert (text["body"], text["status"], text["reached_practice"]) == ("hello", "received", False)


def test_a_text_the_webhook_never_took_is_on_the_list_of_the_number_texted(
    texts: TwilioTexts, carrier: Carrier, practice: Practice
) -> None:
    practice.status = 500
    began = datetime.now(UTC)
    text_from_phone(carrier, "did it")
    (listed,) = texts.texts_to(PRACTICE, began - timedelta(seconds=2))
    assert (listed.params["From"], listed.params["Body"]) == (PHONE, "did it")
    assert texts.texts_to(PRACTICE, began + timedelta(minutes=1)) == []


def test_what_a_text_cost_is_told_once_it_is_delivered(texts: TwilioTexts, carrier: Carrier) -> None:
    sid = texts.send_text(to=PHONE, from_=PRACTICE, body="Did you stretch?", message_id=7).sid
    eventually(lambda: texts.look_up(sid).status == "delivered")
    told = texts.look_up(sid)
    assert (told.price_micros, told.currency) == (11_800, "USD")


@pytest.mark.parametrize(
    "word", ["STOP", "stop", " Quit ", "OptOut", "cancel", "End", "revoke", "STOPALL", "unsubscribe"]
)
def test_a_stop_word_alone_closes_the_phone_to_that_number(texts: TwilioTexts, carrier: Carrier, word: str) -> None:
    text_from_phone(carrier, word)
    with pytest.raises(CarrierError, match="21610"):
        send(texts)


def test_a_stop_word_among_others_closes_nothing(texts: TwilioTexts, carrier: Carrier) -> None:
    text_from_phone(carrier, "stop please")
    send(texts)


def test_a_stop_is_forwarded_to_the_practice_and_not_answered_by_the_carrier(
    carrier: Carrier, practice: Practice
) -> None:
    text_from_phone(carrier, "STOP")
    assert practice.posts[0].form["Body"] == "STOP"
    assert [text["by"] for text in told(carrier, f"/phones/{PHONE}.json")["texts"]] == ["phone"]


def test_a_stop_closes_the_phone_to_no_other_number(texts: TwilioTexts, carrier: Carrier) -> None:
    text_from_phone(carrier, "STOP")
    texts.send_text(to=PHONE, from_="+12025550199", body="Hi", message_id=7)


@pytest.mark.parametrize("word", ["START", "unstop", "Yes"])
def test_a_start_word_opens_the_phone_again(texts: TwilioTexts, carrier: Carrier, word: str) -> None:
    text_from_phone(carrier, "STOP")
    text_from_phone(carrier, word)
    send(texts)


def test_an_answer_in_twiml_does_not_pass_the_block(carrier: Carrier, practice: Practice) -> None:
    practice.twiml = text_response("You are opted out.", f"{practice.url}/twilio/status?message=9")
    [reply] = text_from_phone(carrier, "STOP")["replies"]
    practice.wait(lambda: practice.states(reply["sid"]) == ["failed"])
    assert (reply["status"], practice.posts[-1].form["ErrorCode"]) == ("failed", "21610")


def test_the_carrier_confirms_a_stop_itself_where_it_is_told_to(practice: Practice) -> None:
    settings = CarrierSettings(ACCOUNT, TOKEN, sms_url=f"{practice.url}/twilio/sms", confirm_keywords=True)
    with Carrier(settings) as carrier:
        text_from_phone(carrier, "STOP")
        text_from_phone(carrier, "START")
        said = [text["body"] for text in told(carrier, f"/phones/{PHONE}.json")["texts"] if text["by"] == "practice"]
    assert said == [keywords.STOPPED, keywords.STARTED]


def test_the_overview_shows_every_phone_with_its_blocks(texts: TwilioTexts, carrier: Carrier) -> None:
    send(texts)
    text_from_phone(carrier, "STOP", phone="+12025550124")
    phones = told(carrier, "/phones.json")["phones"]
    assert [(phone["phone"], phone["blocked"], len(phone["texts"])) for phone in phones] == [
        (PHONE, [], 1),
        ("+12025550124", [PRACTICE], 1),
    ]


def test_the_overview_is_sent_again_only_when_something_happened(carrier: Carrier) -> None:
    text_from_phone(carrier, "one")
    etag = ask(carrier, "GET", "/phones.json").headers["ETag"]
    assert ask(carrier, "GET", "/phones.json", **{"If-None-Match": etag}).status == 304
    text_from_phone(carrier, "two")
    assert ask(carrier, "GET", "/phones.json", **{"If-None-Match": etag}).status == 200


@pytest.mark.parametrize(
    "asked", [{}, {"to": PRACTICE}, {"to": PRACTICE, "body": 7}, [], "STOP", {"to": "nobody", "body": "Hi"}]
)
def test_a_text_that_says_nothing_to_nobody_is_turned_down(carrier: Carrier, asked: object) -> None:
    assert ask(carrier, "POST", f"/phones/{PHONE}/text", asked).status == 400


def test_another_site_s_page_cannot_text_for_a_phone(carrier: Carrier, practice: Practice) -> None:
    answer = ask(
        carrier, "POST", f"/phones/{PHONE}/text", {"to": PRACTICE, "body": "STOP"}, **{"Content-Type": "text/plain"}
    )
    assert (answer.status, practice.posts) == (400, [])


@pytest.mark.parametrize("path", ["/", "/phones", "/phones/7.json", "/2010-04-01/Accounts/AC0/Usage.json", "/%ff"])
def test_what_is_not_there_is_a_404(carrier: Carrier, path: str) -> None:
    assert ask(carrier, "GET", path).status == 404


def test_it_is_healthy_while_it_listens(carrier: Carrier) -> None:
    assert ask(carrier, "GET", "/healthz").status == 200


def test_a_gateway_outlives_many_texts_on_one_connection(carrier: Carrier, practice: Practice) -> None:
    texts = gateway(carrier, practice)
    assert len({send(texts, f"text {n}") for n in range(20)}) == 20
