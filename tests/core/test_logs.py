"""JSON logs with ids: never a body, never a phone number, whatever goes wrong."""

import io
import json
import logging
import sys

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.logs import JsonFormatter, set_up_logs
from coach_portal.core.models import tables
from coach_portal.core.services.replies import acts
from infra.local.shim import with_webhooks
from tests import webhooks
from tests.cast import RUTHS_PHONE

SECRET = "zanzibar"
"""A word that is in every text and should be in no log."""


@pytest.fixture
def logged(logs_of_its_own, monkeypatch):
    """Everything that is logged from here on, as text."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up_logs()
    return stream.getvalue


def line_of(**more):
    """One record as it is logged."""
    record = logging.LogRecord(
        "app", logging.WARNING, __file__, 1, "message not sent yet", None, more.pop("error", None)
    )
    record.__dict__.update(more)
    return json.loads(JsonFormatter().format(record))


def post(event):
    """The event as a request to one machine's webhook; answers the status."""
    body, statuses = event["body"].encode(), []
    environ = {
        "PATH_INFO": event["rawPath"],
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": event["headers"]["content-type"],
        "HTTP_X_TWILIO_SIGNATURE": event["headers"]["x-twilio-signature"],
        "wsgi.input": io.BytesIO(body),
    }
    with_webhooks(None)(environ, lambda status, _: statuses.append(status))
    return statuses[0]


def test_a_line_says_when_what_and_whatever_was_added():
    line = line_of(message_id=7)
    assert (line["level"], line["what"], line["message_id"]) == ("warning", "message not sent yet", 7)
    assert line["at"].endswith("+00:00")


def test_an_exception_is_named_and_placed_but_not_quoted():
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        line = line_of(error=(type(error), error, error.__traceback__))
    assert line["error"] == "ValueError"
    assert line["where"].startswith(__file__)
    assert SECRET not in json.dumps(line)


def test_a_whole_day_leaves_no_words_and_no_numbers_in_the_log(story, logged):
    story.goal(f"5 squats in {SECRET}", amount=5)
    story.schedule("09:00")
    story.it_is("2026-11-18 09:00")
    for body in ("did 3", "can we move Thursday?", "I want to kill myself", "status", "STOP"):
        story.text(f"{body}, {SECRET}")
    story.report(f"SM{1:032x}", "undelivered", error="30006")
    story.text(f"hello {SECRET}", sender="+447700900123")
    story.it_is("2026-11-22 18:00")
    assert_clean(logged())


@pytest.mark.parametrize(
    "error",
    [
        CarrierError("20429", f"{RUTHS_PHONE} {SECRET}", permanent=False),
        CarrierOutcomeUnknown(f"{RUTHS_PHONE} {SECRET}"),
        RuntimeError(f"{RUTHS_PHONE} {SECRET}"),
    ],
)
def test_a_send_that_fails_is_not_quoted(story, logged, error):
    story.wired.sender.refusing = error
    story.message(SECRET)
    story.send()
    assert_clean(logged())


def test_a_webhook_that_fails_is_not_quoted(story, logged, monkeypatch):
    def stumble(*_):
        raise ValueError(f"{RUTHS_PHONE} {SECRET}")

    monkeypatch.setattr(acts, "carry_out", stumble)
    status = post(webhooks.sms(story.wired.settings, Body=SECRET))
    assert status == "500 Internal Server Error"
    output = logged()
    assert '"error": "ValueError"' in output
    assert_clean(output)


def test_a_row_that_the_database_refuses_is_not_quoted(database):
    text = {"sid": "SM1", "from_phone": RUTHS_PHONE, "to_phone": "+2", "body": SECRET, "params": {}}
    with database.transaction() as connection, pytest.raises(IntegrityError) as caught:
        connection.execute(insert(tables.inbound_text), {**text, "received_at": None})
    assert "[parameters:" not in str(caught.value)


def assert_clean(output):
    """Something was logged, and none of it is what people wrote or where they were written to."""
    assert output
    for line in output.splitlines():
        assert SECRET not in line
        assert "+1617555" not in line, line
        assert "+4477" not in line, line
        json.loads(line)
