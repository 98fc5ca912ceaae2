"""What the practice sends, through the real SDK."""

from datetime import UTC, date, datetime, timedelta

import pytest
from twilio.rest import Client

from coach_portal.core.errors import CarrierError
from coach_portal.core.gateways.twilio_texts import TwilioTexts, twilio_client
from infra.local.carrier import Carrier
from tests.infra.local.conftest import ACCOUNT, PHONE, PRACTICE, TOKEN, Practice, ask, text_from_phone, told


@pytest.fixture
def client(carrier: Carrier) -> Client:
    return twilio_client(ACCOUNT, TOKEN, api_url=carrier.url)


def send(texts: TwilioTexts, body: str = "Did you stretch?", to: str = PHONE, from_: str = PRACTICE) -> str:
    return texts.send_text(to=to, from_=from_, body=body, message_id=7).sid


def test_a_text_is_queued_under_a_sid_of_its_own(texts: TwilioTexts) -> None:
    one, two = (texts.send_text(to=PHONE, from_=PRACTICE, body="Hi", message_id=7) for _ in range(2))
    assert (one.status, one.error_code, one.sid == two.sid) == ("queued", None, False)


@pytest.mark.parametrize(("body", "segments"), [("a" * 160, 1), ("a" * 161, 2), ("💪" * 35, 1), ("💪" * 36, 2)])
def test_a_text_is_counted_in_segments(texts: TwilioTexts, body: str, segments: int) -> None:
    assert texts.send_text(to=PHONE, from_=PRACTICE, body=body, message_id=7).segments == segments


def test_a_picture_lies_on_the_phone_beside_its_text(texts: TwilioTexts, carrier: Carrier, client: Client) -> None:
    address = "http://127.0.0.1:5000/week/abc.png"
    sid = texts.send_text(to=PHONE, from_=PRACTICE, body="Your week", message_id=7, media_url=address).sid
    assert (sid[:2], client.messages(sid).fetch().num_media) == ("MM", "1")
    assert told(carrier, f"/phones/{PHONE}.json")["texts"][0]["media"] == address


def test_a_picture_without_an_address_is_refused(texts: TwilioTexts) -> None:
    with pytest.raises(CarrierError, match="21620"):
        texts.send_text(to=PHONE, from_=PRACTICE, body="Your week", message_id=7, media_url="the attic")


def test_a_text_can_be_fetched_by_its_sid(texts: TwilioTexts, client: Client) -> None:
    text = client.messages(send(texts)).fetch()
    assert (text.body, text.to, text.from_, text.direction) == ("Did you stretch?", PHONE, PRACTICE, "outbound-api")


def test_a_text_arrives_at_the_phone_as_it_was_written(texts: TwilioTexts, carrier: Carrier) -> None:
    send(texts, "¿Hiciste 5 & más? 💪\n“sí” <3")
    assert told(carrier, f"/phones/{PHONE}.json")["texts"][0]["body"] == "¿Hiciste 5 & más? 💪\n“sí” <3"


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("+15005550001", "21211"),
        ("+15005550002", "21612"),
        ("+15005550003", "21408"),
        ("+15005550004", "21610"),
        ("+15005550009", "21614"),
        ("12025550123", "21211"),
        (PRACTICE, "21211"),
    ],
)
def test_numbers_that_cannot_be_texted_are_refused_with_twilio_s_code(texts: TwilioTexts, to: str, code: str) -> None:
    with pytest.raises(CarrierError) as refused:
        send(texts, to=to)
    assert (refused.value.code, refused.value.permanent) == (code, True)


@pytest.mark.parametrize(
    ("from_", "code"),
    [
        ("", "21603"),
        ("nobody", "21212"),
        ("+15005550000", "21212"),
        ("+15005550007", "21606"),
        ("+15005550008", "21611"),
    ],
)
def test_numbers_that_cannot_text_are_refused_with_twilio_s_code(texts: TwilioTexts, from_: str, code: str) -> None:
    with pytest.raises(CarrierError, match=code):
        send(texts, from_=from_)


@pytest.mark.parametrize(("body", "code"), [("", "21602"), (" ", "21602"), ("a" * 1601, "21617")])
def test_a_body_that_is_missing_or_too_long_is_refused(texts: TwilioTexts, body: str, code: str) -> None:
    with pytest.raises(CarrierError, match=code):
        send(texts, body)


@pytest.mark.parametrize(
    "url", ["portal.example.com", "ftp://portal.example.com", "https://my_portal.example.com", "http://["]
)
def test_receipts_can_only_go_to_a_web_address(carrier: Carrier, url: str) -> None:
    texts = TwilioTexts(twilio_client(ACCOUNT, TOKEN, api_url=carrier.url), webhook_url=url)
    with pytest.raises(CarrierError, match="21609"):
        send(texts)


def test_a_refusal_is_told_the_way_twilio_tells_it(carrier: Carrier) -> None:
    answer = ask(carrier, "GET", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", Authorization="Basic bm86")
    assert (answer.status, answer.json()) == (
        401,
        {
            "code": 20003,
            "message": "Authenticate",
            "more_info": "https://www.twilio.com/docs/errors/20003",
            "status": 401,
        },
    )


def test_a_wrong_token_is_refused_for_good(carrier: Carrier, practice: Practice) -> None:
    texts = TwilioTexts(twilio_client(ACCOUNT, "wrong", api_url=carrier.url), webhook_url=practice.url)
    with pytest.raises(CarrierError) as refused:
        send(texts)
    assert (refused.value.code, refused.value.permanent) == ("20003", True)


def test_a_refused_text_reaches_no_phone(texts: TwilioTexts, carrier: Carrier) -> None:
    with pytest.raises(CarrierError):
        send(texts, "a" * 1601)
    assert told(carrier, "/phones.json") == {"phones": []}


def test_a_text_is_found_again_by_its_numbers_and_words(texts: TwilioTexts) -> None:
    start = datetime.now(UTC)
    send(texts, "Another question")
    sid = send(texts)
    send(texts, to="+12025550124")
    found = texts.find_text(to=PHONE, from_=PRACTICE, body="Did you stretch?", since=start)
    assert found is not None
    assert found.sid == sid


def test_a_text_from_before_is_not_found(texts: TwilioTexts) -> None:
    send(texts)
    since = datetime.now(UTC) + timedelta(minutes=1)
    assert texts.find_text(to=PHONE, from_=PRACTICE, body="Did you stretch?", since=since) is None


def test_what_the_phone_wrote_is_not_taken_for_ours(texts: TwilioTexts, carrier: Carrier) -> None:
    start = datetime.now(UTC)
    text_from_phone(carrier, "Did you stretch?")
    assert texts.find_text(to=PHONE, from_=PRACTICE, body="Did you stretch?", since=start) is None


def test_lists_are_paged_newest_first_and_miss_nothing(texts: TwilioTexts, client: Client) -> None:
    for number in range(7):
        send(texts, f"text {number}")
    assert [text.body for text in client.messages.list(page_size=3)] == [f"text {n}" for n in range(6, -1, -1)]


def test_lists_can_be_narrowed_to_a_number(texts: TwilioTexts, client: Client) -> None:
    send(texts, to="+12025550124")
    send(texts)
    assert [text.to for text in client.messages.list(to=PHONE)] == [PHONE]


@pytest.fixture
def march_and_april(texts: TwilioTexts, carrier: Carrier, practice: Practice) -> None:
    """One text in either month."""
    for month in ("2026-03", "2026-04"):
        carrier.clock.set({"now": f"{month}-01T12:00:00+00:00"})
        sid = send(texts, month)
        practice.wait(lambda sid=sid: practice.states(sid) == ["sent", "delivered"])


@pytest.mark.usefixtures("march_and_april")
@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"date_sent": date(2026, 3, 1)}, ["2026-03"]),
        ({"date_sent_after": date(2026, 3, 2)}, ["2026-04"]),
        ({"date_sent_before": date(2026, 3, 2)}, ["2026-03"]),
        ({"date_sent_after": datetime(2026, 3, 1, 11, tzinfo=UTC)}, ["2026-04", "2026-03"]),
    ],
)
def test_lists_can_be_narrowed_to_a_time(client: Client, bounds: dict[str, date], found: list[str]) -> None:
    assert [text.body for text in client.messages.list(**bounds)] == found


def test_dates_follow_the_clock(texts: TwilioTexts, client: Client, carrier: Carrier) -> None:
    ask(carrier, "POST", "/clock", {"now": "2027-01-03T18:00:00+00:00"})
    text = client.messages(send(texts)).fetch()
    assert text.date_created.date().isoformat() == "2027-01-03"
