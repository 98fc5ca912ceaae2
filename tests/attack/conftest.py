"""The browsers of tests/web, and the product behind its real WSGI server."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
import urllib3
import waitress
from waitress import wasyncore

from infra.local.machine import LARGEST_BODY
from infra.local.shim import with_webhooks
from tests.web.conftest import alice, app, charlie, clock, queue, ruth, visitor

__all__ = ["alice", "app", "charlie", "clock", "queue", "ruth", "visitor"]


@dataclass
class Door:
    """The server's address, and a way to knock at it with many hands at once."""

    url: str
    http: urllib3.PoolManager

    def post(self, event: dict[str, Any], **headers: str) -> urllib3.BaseHTTPResponse:
        """Post an event as the carrier would; `headers` are added to it."""
        query = f"?{event['rawQueryString']}" if event["rawQueryString"] else ""
        signed = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": event["headers"]["x-twilio-signature"],
        }
        url = self.url + event["rawPath"] + query
        return self.http.request("POST", url, body=event["body"], headers={**signed, **headers})

    def post_at_once(self, event: dict[str, Any], times: int) -> list[urllib3.BaseHTTPResponse]:
        """The same event so many times, all at the same moment."""
        ready = threading.Barrier(times)

        def post(_: int) -> urllib3.BaseHTTPResponse:
            ready.wait()
            return self.post(event)

        with ThreadPoolExecutor(times) as hands:
            return list(hands.map(post, range(times)))


@pytest.fixture
def door(story, app) -> Iterator[Door]:
    """Webhooks and portal behind waitress, as on one machine; what they queue stays on the story's queue."""
    sockets: dict[int, Any] = {}
    server = waitress.create_server(
        with_webhooks(app), map=sockets, host="127.0.0.1", port=0, threads=16, max_request_body_size=LARGEST_BODY
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    with urllib3.PoolManager(maxsize=50, retries=False) as http:
        yield Door(f"http://127.0.0.1:{server.effective_port}", http)
    server.task_dispatcher.shutdown(timeout=5)
    server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets))  # from its own thread, which polls them
    thread.join(timeout=10)
