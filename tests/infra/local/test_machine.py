"""Everything on one machine: what it does first after a crash, that it answers, and that it ends when told to."""

import socket
import threading
from dataclasses import replace
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from flask import request

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.services.sending import outbox
from functions import runtime
from infra.local.machine import Machine, pick_up_at_once
from tests import webhooks
from tests.cast import ALICES_NUMBER, RUTHS_PHONE
from tests.rows import count


@pytest.fixture
def machine(settings, cast):
    """A machine that listens on a port of its own; it is stopped at the latest when the test ends, however it ends."""
    made = Machine(settings, "127.0.0.1", 0)
    made.start()
    yield made
    if not made._stopping.is_set():
        made.stop()
    runtime.use(None)


def ask(machine, path, event=None):
    """Send a request, as Twilio would where it is an event; answers the status."""
    request = Request(f"http://127.0.0.1:{machine.port}{path}")
    if event:
        request.data = event["body"].encode()
        request.add_header("X-Twilio-Signature", event["headers"]["x-twilio-signature"])
    try:
        with urlopen(request, timeout=10) as response:
            return response.status
    except HTTPError as error:
        with error:
            return error.code


def first_line(machine, request):
    """Send bytes as they are; answers the first line that comes back."""
    with socket.create_connection(("127.0.0.1", machine.port), timeout=5) as connection:
        connection.sendall(request)
        return connection.makefile("rb").readline()


@pytest.mark.parametrize("path", ["/twilio/sms", "/sign-in", "/api/v1/clients", "/nowhere"])
def test_a_body_without_end_is_refused_before_it_is_taken_in(machine, path):
    head = f"POST {path} HTTP/1.1\r\nHost: portal\r\nContent-Length: {10**9}\r\n\r\n"
    told = first_line(machine, head.encode())
    machine.stop()
    assert b" 413 " in told


@pytest.mark.parametrize(
    ("trusted", "seen"),
    [("", "127.0.0.1"), ("127.0.0.1", "203.0.113.9"), ("192.0.2.1", "127.0.0.1")],
    ids=["nobody", "the proxy", "another proxy"],
)
def test_who_asks_is_told_by_the_trusted_proxy_alone(settings, cast, trusted, seen):
    machine, askers = Machine(replace(settings, trusted_proxy=trusted), "127.0.0.1", 0), []
    machine.app.before_request(lambda: askers.append(request.remote_addr))
    machine.start()
    first_line(machine, b"GET /healthz HTTP/1.1\r\nHost: portal\r\nX-Forwarded-For: 198.51.100.7, 203.0.113.9\r\n\r\n")
    machine.stop()
    runtime.use(None)
    assert askers == [seen]


def test_it_answers_until_it_is_told_to_stop(machine, settings, database):
    assert ask(machine, "/healthz") == 200
    assert ask(machine, "/twilio/sms", webhooks.sms(settings)) == 200
    assert ask(machine, "/twilio/sms", webhooks.sms(replace(settings, twilio_auth_token="another"))) == 403
    machine.stop()
    assert count(database, tables.inbound_text) == 1
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith(("worker", "ticker"))]


def test_a_start_queues_all_that_was_dropped_however_much_it_is(story):
    message = outbox.outgoing(
        kind="reply",
        practice_id=None,
        client_id=None,
        from_phone=ALICES_NUMBER,
        to_phone=RUTHS_PHONE,
        body="Logged: 5 squats.",
        now=story.wired.clock.now(),
    )
    with story.wired.database.transaction() as connection:
        bulk.insert_rows(connection, tables.message, [message] * 2500)
    story.wired.clock.move_on(seconds=1)
    assert pick_up_at_once(story.wired) == 2500
    assert len(set(story.wired.queue.message_ids)) == 2500
