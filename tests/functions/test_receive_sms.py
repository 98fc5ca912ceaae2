"""POST /twilio/sms: who may post, what is kept, what is answered."""

import base64
import xml.etree.ElementTree as ET
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coach_portal.core.models import tables
from functions import receive_sms
from tests import webhooks
from tests.rows import count

FORGED = {"statusCode": 403, "headers": {"content-type": "text/plain"}, "body": "Signature not accepted.\n"}

PIECES = ["did 3", "99999999999", "1e400", "1/0", "skipped", "both", "yesterday", "feb 30", "at 25:61", "until monday"]
WORDS = [*PIECES, "STOP", "START", "help", "undo", "💪", "½"]


@pytest.fixture
def refuses(story, statements):
    """This event is refused before the database hears of it."""

    story.wired.accounts.numbers("")  # which accounts there are is looked up once a minute, whoever asks

    def check(event):
        statements.clear()
        assert receive_sms.handler(event, None) == FORGED
        assert statements == []
        assert count(story.wired.database, tables.inbound_text) == 0

    return check


@pytest.fixture
def asked(story):
    """Ruth was asked about her squats."""
    story.goal(amount=5)
    story.schedule("09:00")
    story.it_is("2026-11-18 09:00")
    return story


@pytest.fixture
def sms(story):
    """A signed text."""
    return webhooks.sms(story.wired.settings)


def test_a_genuine_text_is_kept_and_answered_with_nothing(story, sms):
    answer = receive_sms.handler(sms, None)
    assert answer["statusCode"] == 200
    assert answer["headers"]["content-type"].startswith("text/xml")
    assert list(ET.fromstring(answer["body"])) == []
    assert story.row(tables.inbound_text).body == "did 3"


def test_its_answer_is_queued_and_not_in_the_response(asked, sms):
    receive_sms.handler(sms, None)
    (queued,) = asked.wired.queue.message_ids
    assert asked.row(tables.message, id=queued).kind == "reply"


def test_a_wrong_signature_is_refused(sms, refuses):
    sms["headers"]["x-twilio-signature"] = "bm90IHR3aWxpbw=="
    refuses(sms)


def test_a_missing_signature_is_refused(sms, refuses):
    del sms["headers"]["x-twilio-signature"]
    refuses(sms)


def test_no_headers_at_all_are_refused(sms, refuses):
    refuses({**sms, "headers": None})


def test_a_changed_field_is_refused(sms, refuses):
    refuses({**sms, "body": sms["body"].replace("did+3", "STOP")})


def test_an_added_field_is_refused(sms, refuses):
    refuses({**sms, "body": sms["body"] + "&Extra="})


def test_another_address_is_refused(sms, refuses):
    refuses({**sms, "rawQueryString": "a=b"})


def test_another_account_is_refused_though_well_signed(story, refuses):
    refuses(webhooks.sms(story.wired.settings, AccountSid="AC" + "1" * 32))


def test_no_account_is_refused(story, refuses):
    refuses(webhooks.sms(story.wired.settings, AccountSid=None))


@pytest.mark.parametrize("body", ["", None, "&&&", "%ff%fe", "a" * 5000, "&".join(f"a{n}=" for n in range(300))])
def test_rubbish_is_refused(sms, refuses, body):
    refuses({**sms, "body": body})


def test_a_body_in_base64_is_the_same_text(story, sms):
    sms = {**sms, "body": base64.b64encode(sms["body"].encode()).decode(), "isBase64Encoded": True}
    assert receive_sms.handler(sms, None)["statusCode"] == 200


def test_blank_fields_are_kept(story, sms):
    receive_sms.handler(sms, None)
    assert story.row(tables.inbound_text).params["FromZip"] == ""


@pytest.mark.parametrize("field", ["MessageSid", "From", "To"])
def test_a_text_that_lacks_what_every_text_has_is_told_so(story, field):
    event = webhooks.sms(story.wired.settings, **{field: None})
    assert receive_sms.handler(event, None)["statusCode"] == 400
    assert count(story.wired.database, tables.inbound_text) == 0


def test_a_picture_without_words_is_a_text_too(story):
    event = webhooks.sms(story.wired.settings, Body=None, NumMedia="1")
    assert receive_sms.handler(event, None)["statusCode"] == 200
    assert story.row(tables.inbound_text).body == ""


@given(body=st.text(max_size=400) | st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
@example(body="\0a\0b")
@example(body="\U0001f4aa" * 400)
@example(body="\u202e\u200d\ufeff")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_people_send_is_kept_and_answered(asked, body):
    sid = f"SM{uuid4().hex}"
    event = webhooks.sms(asked.wired.settings, Body=body, MessageSid=sid)
    assert receive_sms.handler(event, None)["statusCode"] == 200
    assert asked.row(tables.inbound_text, sid=sid).body == body.replace("\0", "")
    assert asked.row(tables.message, sid=sid).state == "received"


def test_one_text_takes_few_statements_and_a_copy_fewer(asked, sms, statements):
    statements.clear()
    receive_sms.handler(sms, None)
    first = len(statements)
    assert first <= 8
    statements.clear()
    receive_sms.handler(sms, None)
    assert len(statements) <= first / 2


def test_a_queue_that_is_away_does_not_turn_a_text_away(asked, sms):
    asked.wired.queue.away = True
    assert receive_sms.handler(sms, None)["statusCode"] == 200
    asked.wired.queue.away = False
    asked.wired.clock.move_on(minutes=10)
    asked.tick()
    assert asked.row(tables.message, kind="reply").state == "accepted"
