"""A carrier, the practice it calls, and the real SDK to text with."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import urllib3

from coach_portal.core.gateways.twilio_signature import is_genuine
from coach_portal.core.gateways.twilio_texts import TwilioTexts, twilio_client
from infra.local.carrier import Carrier, CarrierSettings
from tests.infra.local.practices import furnished

ACCOUNT, TOKEN = "AC" + "0" * 32, "secret"
PHONE, PRACTICE = "+12025550123", "+12025550100"
PATIENCE = 10.0


@dataclass
class Post:
    """One call of a webhook."""

    path: str
    form: dict[str, str]
    genuine: bool


@dataclass
class Practice:
    """A practice's webhooks, which write down every call and answer what a test put into `twiml` and `status`."""

    url: str = ""
    twiml: str = "<Response/>"
    status: int = 200
    posts: list[Post] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def states(self, sid: str) -> list[str]:
        """The delivery states posted for this text, in the order they came."""
        return [post.form["MessageStatus"] for post in self.posts if post.form.get("MessageSid") == sid]

    def wait(self, until: Callable[[], bool]) -> None:
        """Come back when it is so."""
        with self.arrived:
            assert self.arrived.wait_for(until, PATIENCE), [post.form for post in self.posts]


class _Webhooks(BaseHTTPRequestHandler):
    practice: Practice
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(parse_qsl(body, keep_blank_values=True))
        genuine = is_genuine(self.practice.url + self.path, form, self.headers["X-Twilio-Signature"], [TOKEN])
        with self.practice.arrived:
            self.practice.posts.append(Post(self.path, form, genuine))
            self.practice.arrived.notify_all()
        answer = self.practice.twiml.encode()
        self.send_response(self.practice.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def practice() -> Iterator[Practice]:
    """The practice's webhooks."""
    webhooks = type("Webhooks", (_Webhooks,), {"practice": Practice()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), webhooks)
    server.daemon_threads = True
    webhooks.practice.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield webhooks.practice
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def carrier_settings(practice: Practice) -> CarrierSettings:
    """A carrier without delays that texts this practice."""
    return CarrierSettings(ACCOUNT, TOKEN, sms_url=f"{practice.url}/twilio/sms")


@pytest.fixture
def carrier(carrier_settings: CarrierSettings) -> Iterator[Carrier]:
    """The carrier, listening."""
    with Carrier(carrier_settings) as carrier:
        yield carrier


def gateway(carrier: Carrier, practice: Practice, timeout: float = PATIENCE) -> TwilioTexts:
    """Our gateway, through which the practice texts."""
    client = twilio_client(ACCOUNT, TOKEN, api_url=carrier.url, timeout=timeout)
    return TwilioTexts(client, webhook_url=practice.url)


@pytest.fixture
def texts(carrier: Carrier, practice: Practice) -> TwilioTexts:
    """Our gateway, through which the practice texts."""
    return gateway(carrier, practice)


def ask(carrier: Carrier, method: str, path: str, asked: object = None, **headers: str) -> urllib3.BaseHTTPResponse:
    """Call one of the carrier's addresses; `asked` travels as JSON."""
    with urllib3.PoolManager() as http:
        return http.request(method, carrier.url + path, json=asked, headers=headers or None)


def told(carrier: Carrier, path: str) -> Any:
    """What one of the carrier's addresses says."""
    return ask(carrier, "GET", path).json()


def text_from_phone(carrier: Carrier, body: str, phone: str = PHONE) -> Any:
    """The phone texts the practice; what the carrier says of that text."""
    answer = ask(carrier, "POST", f"/phones/{phone}/text", {"to": PRACTICE, "body": body})
    assert answer.status == 201, answer.data
    return answer.json()


def eventually(condition: Callable[[], bool]) -> None:
    """Ask again and again until it is so; each asking takes the time of a call."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline


def weather(carrier: Carrier, **forecast: Any) -> None:
    """Set the weather."""
    answer = ask(carrier, "POST", "/weather", json.loads(json.dumps(forecast)))
    assert answer.status == 200, answer.data


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The demo's practice, furnished once."""
    return furnished(tmp_path_factory.mktemp("furnished"))
