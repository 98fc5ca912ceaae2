"""POST /twilio/status: receipts from the carrier alone, in any number and order."""

import pytest

from coach_portal.core.models import tables
from functions import delivery_status
from tests import webhooks

SID = f"SM{1:032x}"
DONE = {"statusCode": 204, "headers": {}, "body": ""}


@pytest.fixture
def sent(story):
    """A text that the carrier has taken; answers its id."""
    message = story.message()
    story.send()
    return message


def test_a_receipt_moves_the_text_on(story, sent):
    event = webhooks.status(story.wired.settings, SID, "delivered", message=sent)
    assert delivery_status.handler(event, None) == DONE
    assert story.row(tables.message, id=sent).state == "delivered"


def test_a_receipt_without_our_number_is_found_by_the_carriers(story, sent):
    delivery_status.handler(webhooks.status(story.wired.settings, SID, "delivered"), None)
    assert story.row(tables.message, id=sent).state == "delivered"


def test_a_forged_receipt_is_refused_before_the_database_hears_of_it(story, sent, statements):
    event = webhooks.status(story.wired.settings, SID, "delivered", message=sent)
    event["rawQueryString"] = f"message={sent + 1}"
    statements.clear()
    assert delivery_status.handler(event, None)["statusCode"] == 403
    assert statements == []


@pytest.mark.parametrize("query", ["message=", "message=abc", "message=-1", "message=²", "other=1", "message=999999"])
def test_a_strange_address_does_no_harm(story, sent, query):
    event = {**webhooks.event("status"), "rawQueryString": query}
    event = webhooks.signed(event, story.wired.settings, {"MessageSid": "SM" + "9" * 32})
    assert delivery_status.handler(event, None) == DONE
    assert story.row(tables.message, id=sent).state == "accepted"


def test_a_receipt_without_a_word_changes_nothing(story, sent):
    event = webhooks.status(story.wired.settings, SID, "delivered", message=sent)
    event = webhooks.signed(event, story.wired.settings, {"MessageStatus": None, "ErrorCode": None})
    assert delivery_status.handler(event, None) == DONE
    assert story.row(tables.message, id=sent).state == "accepted"


def test_a_receipt_of_no_text_is_told_so(story):
    event = webhooks.signed(webhooks.event("status"), story.wired.settings, {"MessageSid": None})
    assert delivery_status.handler(event, None)["statusCode"] == 400
