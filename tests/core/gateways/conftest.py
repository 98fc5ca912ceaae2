"""A server that answers just what a test wrote down, and the real SDK pointed at it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest

from coach_portal.core.gateways.twilio_texts import TwilioTexts, twilio_client

ACCOUNT = "AC" + "0" * 32


@dataclass
class Answer:
    """One answer over HTTP; status 0 hangs up without a word, status -1 says nothing until the other side hangs up."""

    status: int
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class Script:
    """What the carrier is to answer, in order; how often it was asked, and what was sent to it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: list[Answer] = []
        self.asked = 0
        self.forms: list[dict[str, str]] = []

    def says(self, status: int, body: str = "", **headers: str) -> None:
        """Add one answer."""
        self.answers.append(Answer(status, body, {name.replace("_", "-"): value for name, value in headers.items()}))


class _Actor(BaseHTTPRequestHandler):
    script: Script
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.script.forms.append(dict(parse_qsl(body, keep_blank_values=True)))
        self.do_GET()

    def do_GET(self) -> None:
        self.script.asked += 1
        answer = self.script.answers.pop(0)
        if answer.status < 1:
            self._keep_silent(answer.status)
            return
        self.send_response(answer.status)
        for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body.encode())

    def _keep_silent(self, status: int) -> None:
        if status < 0:
            self.connection.recv(1)
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def script() -> Iterator[Script]:
    """A carrier that follows a script."""
    actor = type("Actor", (_Actor,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), actor)
    server.daemon_threads = True
    actor.script = Script(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield actor.script
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def texts(script: Script) -> TwilioTexts:
    """Our gateway, talking to the scripted carrier, with little patience."""
    client = twilio_client(ACCOUNT, "token", api_url=script.url, timeout=0.2)
    return TwilioTexts(client, webhook_url="https://portal.example.com")
