"""The queue's worker: each record on its own, and only what failed comes back."""

import json

from coach_portal.core.errors import CarrierError
from coach_portal.core.models import tables
from functions import send_messages
from tests import webhooks


def batch(*message_ids):
    """SQS's event: these messages around one record that is not ours."""
    event = webhooks.event("queue")
    first, poison, last = event["Records"]
    first["body"], last["body"] = (json.dumps({"message_id": message_id}) for message_id in message_ids)
    return event, poison["messageId"]


def test_one_poisonous_record_does_not_hold_back_the_others(story):
    event, poison = batch(story.message("One"), story.message("Two"))
    assert send_messages.handler(event, None) == {"batchItemFailures": [{"itemIdentifier": poison}]}
    assert story.phone() == ["One", "Two"]


def test_what_the_carrier_cannot_take_now_comes_back(story):
    event, _ = batch(story.message("One"), story.message("Two"))
    story.wired.sender.refusing = CarrierError("20429", "too many requests", permanent=False)
    failures = send_messages.handler(event, None)["batchItemFailures"]
    assert len(failures) == 3
    story.wired.sender.refusing = None
    send_messages.handler(event, None)
    assert story.phone() == ["One", "Two"]


def test_what_the_carrier_refuses_for_good_does_not_come_back(story):
    event, poison = batch(story.message("One"), story.message("Two"))
    story.wired.sender.refusing = CarrierError("21211", "no such number", permanent=True)
    assert send_messages.handler(event, None) == {"batchItemFailures": [{"itemIdentifier": poison}]}
    assert story.rows(tables.message, kind="by_hand")[0].error_code == "21211"


def test_a_record_that_comes_twice_sends_once(story):
    event, _ = batch(story.message("One"), story.message("Two"))
    for _ in range(2):
        send_messages.handler(event, None)
    assert story.phone() == ["One", "Two"]


def test_a_message_that_is_no_more_is_done_with(story):
    event, poison = batch(story.message("One"), 999_999)
    assert send_messages.handler(event, None) == {"batchItemFailures": [{"itemIdentifier": poison}]}
