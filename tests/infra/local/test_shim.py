"""A request becomes the event that API Gateway would send, and the answer a response."""

import base64
import io

import pytest

from coach_portal.core.models import tables
from functions import receive_sms
from infra.local import shim
from tests import webhooks


def portal(environ, start_response):
    """Whoever is asked for everything else."""
    start_response("200 OK", [])
    return [b"the portal"]


def ask(path="/twilio/sms", method="POST", body=b"", signature="", query="", **more):
    """Send a request through the shim; answers status, headers and body."""
    heard = []
    environ = {
        "PATH_INFO": path,
        "REQUEST_METHOD": method,
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "HTTP_X_TWILIO_SIGNATURE": signature,
        "REMOTE_ADDR": "54.172.60.0",
        "wsgi.input": io.BytesIO(body),
        **more,
    }
    answer = shim.with_webhooks(portal)(environ, lambda status, headers: heard.extend((status, dict(headers))))
    return (*heard, b"".join(answer))


def request_of(event):
    """What Twilio would send for this event."""
    return {
        "path": event["rawPath"],
        "query": event["rawQueryString"],
        "body": event["body"].encode(),
        "signature": event["headers"]["x-twilio-signature"],
    }


@pytest.mark.parametrize("path", ["/", "/clients", "/twilio", "/twilio/sms/", "/twilio/other"])
def test_everything_else_is_the_portals(path):
    assert ask(path)[2] == b"the portal"


@pytest.mark.parametrize("path", shim.WEBHOOKS)
def test_every_webhook_asks_for_a_signature(wired, statements, path):
    assert ask(path, body=b"AccountSid=" + wired.settings.twilio_account_sid.encode())[0] == "403 Forbidden"
    assert statements == [], "check the signature before anything else"


def test_a_genuine_text_gets_through(story):
    status, headers, body = ask(**request_of(webhooks.sms(story.wired.settings)))
    assert (status, headers["content-type"]) == ("200 OK", "text/xml; charset=utf-8")
    assert b"<Response" in body
    assert story.row(tables.inbound_text).body == "did 3"


def test_a_receipt_gets_through_with_its_query(story):
    message = story.message()
    story.send()
    receipt = webhooks.status(story.wired.settings, f"SM{1:032x}", "delivered", message=message)
    status, _, body = ask(**request_of(receipt))
    assert (status, body) == ("204 No Content", b"")
    assert story.row(tables.message, id=message).state == "delivered"


def test_a_forged_text_is_refused(story):
    forged = {**request_of(webhooks.sms(story.wired.settings)), "signature": "bm8="}
    assert ask(**forged)[0] == "403 Forbidden"


def test_webhooks_are_posted_to():
    status, headers, _ = ask(method="GET")
    assert (status, headers["Allow"]) == ("405 Method Not Allowed", "POST")


def test_a_body_larger_than_any_text_is_not_read():
    assert ask(CONTENT_LENGTH=str(shim.LARGEST_BODY + 1))[0] == "413 Content Too Large"


def test_each_answer_is_kept_nowhere_and_taken_for_nothing_else(story, monkeypatch):
    genuine = request_of(webhooks.sms(story.wired.settings))
    monkeypatch.setitem(shim.WEBHOOKS, "/twilio/broken", lambda *_: 1 / 0)
    for asked in (genuine, {**genuine, "signature": "bm8="}, {"method": "GET"}, {"path": "/twilio/broken"}):
        headers = ask(**asked)[1]
        assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")
        assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_when_the_function_fails_the_carrier_is_told_to_come_again(monkeypatch):
    monkeypatch.setitem(shim.WEBHOOKS, "/twilio/sms", lambda *_: 1 / 0)
    assert ask()[0] == "500 Internal Server Error"


def test_the_event_has_the_shape_of_api_gateways():
    environ = {
        "PATH_INFO": "/twilio/status",
        "QUERY_STRING": "message=7",
        "CONTENT_LENGTH": "5",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "HTTP_X_TWILIO_SIGNATURE": "abc",
        "wsgi.input": io.BytesIO(b"a=b&c and more"),
    }
    made, real = shim.event_of(environ), webhooks.event("status")
    assert set(made) <= set(real)
    assert (made["rawPath"], made["rawQueryString"], made["version"]) == ("/twilio/status", "message=7", "2.0")
    assert made["headers"]["x-twilio-signature"] == "abc"
    assert base64.b64decode(made["body"]) == b"a=b&c"
    assert receive_sms.handler is shim.WEBHOOKS["/twilio/sms"]
