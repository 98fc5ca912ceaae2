"""Random bytes at every webhook and every form there is: refused in plain words, never a mistake of ours, never a row.

`make fuzz` sends a hundred times as many.
"""

import os
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions import call_status, delivery_status, receive_sms, voice
from tests import webhooks
from tests.web.things import STOCK, filled, pages, things_of

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MANY = int(os.environ.get("FUZZ", "1"))
FUZZED = settings(
    max_examples=10 * MANY, deadline=None, database=None, derandomize=MANY == 1,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=60),
    st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")),
    st.sampled_from(["", "\0", "-1", "9" * 400, "1e999", "NaN", "2026-02-30", "24:61", "\ud800", "١٢", "' OR 1=1 --"]),
)
WEBHOOKS = {receive_sms: "/twilio/sms", delivery_status: "/twilio/status", voice: "/twilio/voice/call"}
WEBHOOKS |= {call_status: "/twilio/voice/status"}
WRITES = ("INSERT", "UPDATE", "DELETE")
A_FEW = 8
"""Forms that one example is tried at."""


@FUZZED
@given(body=st.binary(max_size=300), signature=st.text(max_size=40), query=st.text(max_size=40))
def test_random_bytes_at_a_webhook_are_refused_and_leave_nothing(story, statements, body, signature, query):
    statements.clear()
    for function, path in WEBHOOKS.items():
        event = webhooks.event("sms")
        headers = {**event["headers"], "x-twilio-signature": signature}
        more = {"rawPath": path, "rawQueryString": query, "headers": headers}
        for text in (body.decode("latin-1"), body.decode("utf-8", "replace")):
            assert (
                function.handler({**event, **more, "body": text, "isBase64Encoded": False}, None)["statusCode"] == 403
            )
    assert not any(word in statement for statement in statements for word in WRITES)


NAMES_AT_WEBHOOKS = [
    "MessageStatus",
    "ErrorCode",
    "CallStatus",
    "CallDuration",
    "SpeechResult",
    "Digits",
    "Confidence",
    "NumMedia",
    "MediaUrl0",
    "NumSegments",
    "AnsweredBy",
    "RecordingUrl",
    "RecordingDuration",
    "Body",
    "RecordingSid",
    "TranscriptionText",
    "TranscriptionStatus",
    "Direction",
    "CallSid",
    "MessageSid",
]
STORABLE = WORDS.filter(lambda word: word.encode("utf-8", "replace").decode() == word)
FIELDS = st.dictionaries(st.sampled_from(NAMES_AT_WEBHOOKS), STORABLE)


@FUZZED
@given(fields=FIELDS, query=st.dictionaries(st.sampled_from(["message", "step", "turn", "of", "goal"]), WORDS))
def test_rubbish_that_is_well_signed_is_answered_all_the_same(story, fields, query):
    asked = urlencode({name: word.encode("utf-8", "replace") for name, word in query.items()})
    for function, path in WEBHOOKS.items():
        posted = {**webhooks.event("sms"), "rawPath": path, "rawQueryString": asked}
        event = webhooks.signed(posted, story.wired.settings, {"CallSid": f"CA{1:032x}", **fields})
        assert function.handler(event, None)["statusCode"] in {200, 204, 400}, function


@pytest.fixture
def forms(app, alice, story):
    """Every form with its address, and the token that goes with it."""
    with story.wired.database.session() as session:
        ids = things_of(session, story.cast.ruth, story.wired.clock.now())
    rules = [rule for rule in pages(app) if "POST" in rule.methods and rule.endpoint not in STOCK | {"sign_in.out"}]
    return [(rule, filled(rule, ids)) for rule in rules], alice.token("/clients/new")


NAMES_IN_FORMS = [
    "name",
    "phone",
    "timezone",
    "locale",
    "title",
    "body",
    "local_time",
    "days",
    "kind",
    "until",
    "on",
    "amount",
    "goal",
    "goals",
    "clients",
    "tag",
    "email",
    "starts_at",
    "minutes",
    "cadence",
    "next",
    "answer",
    "state-0",
    "cap",
    "months",
    "from",
    "to",
    "time",
    "date",
    "theme",
    "sender_class",
    "account_sid",
    "hours",
    "pace",
    "size",
    "file",
]


@FUZZED
@given(data=st.data())
def test_rubbish_in_a_form_is_told_and_never_a_mistake_of_ours(alice, forms, data):
    addresses, token = forms
    for rule, path in data.draw(st.lists(st.sampled_from(addresses), min_size=A_FEW, max_size=A_FEW)):
        fields = data.draw(st.dictionaries(st.sampled_from(NAMES_IN_FORMS), WORDS, max_size=4))
        form = {name: word.encode("utf-8", "replace").decode() for name, word in fields.items()}
        answer = alice.ask("POST", path, data={**form, "csrf_token": token})
        assert answer.status_code < 500, (rule, form)
        assert answer.headers.get("Location", "/").startswith("/"), (rule, form)


@FUZZED
@given(data=st.data(), body=st.binary(max_size=200), kind=st.sampled_from(["x-www-form-urlencoded", "json"]))
def test_random_bytes_at_a_form_leave_nothing(visitor, forms, statements, data, body, kind):
    statements.clear()
    for rule, path in data.draw(st.lists(st.sampled_from(forms[0]), min_size=A_FEW, max_size=A_FEW)):
        answer = visitor.ask("POST", path, data=body, content_type=f"application/{kind}")
        assert answer.status_code in {400, 401, 404, 410, 413, 422}, rule
    assert not any(word in statement for statement in statements for word in WRITES)
