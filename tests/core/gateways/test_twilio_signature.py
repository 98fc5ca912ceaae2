"""Which webhooks we believe."""

import json
from hashlib import sha256
from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator

from coach_portal.core.gateways.twilio_signature import is_genuine

# The example of Twilio's own page on webhook security.
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+12349013030",
    "Digits": "1234",
    "From": "+12349013030",
    "To": "+18005551212",
}
SIGNATURE = "0/KCTR6DLpKmkAf8muzZqo1nDgQ="
TOKENS = ["12345"]


def signed(url: str, form: dict[str, str], token: str = "12345") -> str:
    return str(RequestValidator(token).compute_signature(url, form))


def test_the_example_of_twilio_s_own_page_is_genuine() -> None:
    assert is_genuine(URL, FORM, SIGNATURE, TOKENS)


def test_one_changed_field_is_not() -> None:
    assert not is_genuine(URL, FORM | {"Digits": "1235"}, SIGNATURE, TOKENS)


def test_one_field_more_is_not() -> None:
    assert not is_genuine(URL, FORM | {"Body": "hi"}, SIGNATURE, TOKENS)


def test_another_query_is_not() -> None:
    assert not is_genuine(URL.replace("bar=2", "bar=3"), FORM, SIGNATURE, TOKENS)


def test_http_in_place_of_https_is_not() -> None:
    assert not is_genuine(URL.replace("https", "http"), FORM, SIGNATURE, TOKENS)


def test_a_slash_more_is_not() -> None:
    assert not is_genuine(
        "https://portal.example.com/twilio/sms/", FORM, signed("https://portal.example.com/twilio/sms", FORM), TOKENS
    )


def test_the_usual_port_may_be_named_or_left_out() -> None:
    assert is_genuine("https://mycompany.com:443/myapp.php?foo=1&bar=2", FORM, SIGNATURE, TOKENS)


def test_blank_fields_are_part_of_what_is_signed() -> None:
    body = "From=%2B12025550123&FromCity=&Body="
    kept = dict(parse_qsl(body, keep_blank_values=True))
    signature = signed(URL, kept)
    assert is_genuine(URL, kept, signature, TOKENS)
    assert not is_genuine(URL, dict(parse_qsl(body)), signature, TOKENS)


def test_emoji_and_accents_are_signed_as_they_are() -> None:
    form = {"Body": "Hecho 💪 mañana más"}
    assert is_genuine(URL, form, signed(URL, form), TOKENS)


def test_a_json_body_is_checked_by_its_hash() -> None:
    body = json.dumps({"event": "sent"})
    url = f"{URL}&bodySHA256={sha256(body.encode()).hexdigest()}"
    assert is_genuine(url, body, signed(url, {}), TOKENS)
    assert not is_genuine(url, body + " ", signed(url, {}), TOKENS)


def test_either_token_will_do_while_one_is_replaced() -> None:
    assert is_genuine(URL, FORM, signed(URL, FORM, "old"), ["new", "old"])


def test_without_a_token_nothing_is_genuine() -> None:
    assert not is_genuine(URL, FORM, SIGNATURE, [])


def test_an_empty_token_is_no_token() -> None:
    assert not is_genuine(URL, FORM, signed(URL, FORM, ""), [""])


@pytest.mark.parametrize(
    ("url", "params", "signature"),
    [
        pytest.param(URL, FORM, None, id="no signature"),
        pytest.param(URL, FORM, "", id="an empty signature"),
        pytest.param(URL, FORM, "ключ", id="a signature that is no base64"),
        pytest.param(URL, {"Body": ["a", "b"]}, SIGNATURE, id="a field that is a list"),
        pytest.param(URL, '{"no": "hash"}', SIGNATURE, id="JSON without its hash"),
        pytest.param("https://portal.example.com:port/", FORM, SIGNATURE, id="a port that is no number"),
        pytest.param("https://[portal/", FORM, SIGNATURE, id="a host that is none"),
        pytest.param("", {}, SIGNATURE, id="no address"),
        pytest.param(URL, {"Body": "\ud83d"}, SIGNATURE, id="half a character"),
        pytest.param(URL, None, SIGNATURE, id="no form"),
    ],
)
def test_garbage_is_not_genuine_and_raises_nothing(url: str, params: object, signature: str | None) -> None:
    assert not is_genuine(url, params, signature, TOKENS)  # type: ignore[arg-type]
