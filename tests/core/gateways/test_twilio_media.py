"""Attachments come from Twilio and from nowhere else: no other address, no redirect elsewhere, never too much."""

import threading
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from coach_portal.core.errors import PhotoError
from coach_portal.core.gateways.twilio_media import TwilioMedia
from coach_portal.core.rules.photos import LARGEST

OURS, THEIRS = "AC" + "0" * 32, "AC" + "1" * 32
MESSAGE, MEDIA = "MM" + "a" * 32, "ME" + "b" * 32
TOKENS = {OURS: "our token", THEIRS: "their token"}


@dataclass
class Host:
    """A host that answers what it was told to, and remembers what it was asked for and with which credentials."""

    url: str = ""
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    credentials: list[str | None] = field(default_factory=list)

    def says(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Add one answer."""
        self.answers.append((status, headers, body))


def serve() -> Iterator[Host]:
    """A host on this machine."""
    host = Host()

    class Actor(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.asked.append(self.path)
            host.credentials.append(self.headers["Authorization"])
            status, headers, body = host.answers.pop(0)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Actor)
    server.daemon_threads = True
    host.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield host
    server.shutdown()
    server.server_close()
    thread.join()


api, cdn, elsewhere = (pytest.fixture(serve, name=name) for name in ("api", "cdn", "elsewhere"))


@pytest.fixture
def media(api: Host, cdn: Host) -> TwilioMedia:
    """Our gateway, for which these two hosts are Twilio's."""
    return TwilioMedia(OURS, TOKENS.get, api_url=api.url, cdn={cdn.url})


def fetch(media: TwilioMedia, account: str | None = None) -> bytes:
    """The one attachment there is."""
    return media.fetch(account, MESSAGE, MEDIA)


def refusal(media: TwilioMedia) -> tuple[str, bool]:
    """Why it cannot be had, and whether that is for good."""
    with pytest.raises(PhotoError) as refused:
        fetch(media)
    return refused.value.code, refused.value.permanent


def basic(account: str) -> str:
    """What an account's credentials look like."""
    return "Basic " + b64encode(f"{account}:{TOKENS[account]}".encode()).decode()


def test_it_is_asked_for_by_its_ids_with_the_accounts_credentials(media, api):
    api.says(200, b"a photo")
    assert fetch(media) == b"a photo"
    assert api.asked == [f"/2010-04-01/Accounts/{OURS}/Messages/{MESSAGE}/Media/{MEDIA}"]
    assert api.credentials == [basic(OURS)]


def test_a_practices_own_account_has_its_own_credentials(media, api):
    api.says(200, b"a photo")
    fetch(media, THEIRS)
    assert api.credentials == [basic(THEIRS)]


def test_a_redirect_to_twilios_content_network_is_followed_without_credentials(media, api, cdn):
    api.says(307, Location=f"{cdn.url}/a/b?signed=1")
    cdn.says(200, b"a photo")
    assert fetch(media) == b"a photo"
    assert (cdn.asked, cdn.credentials) == (["/a/b?signed=1"], [None])


@pytest.mark.parametrize(
    "location",
    [
        "{elsewhere}/a", "http://media.twiliocdn.com/a", "https://media.twiliocdn.com.example.com/a",
        "https://media.twiliocdn.com@127.0.0.1/a", "https://user@media.twiliocdn.com/a", "//127.0.0.1/a", "/relative",
        "file:///etc/passwd", "http://169.254.169.254/latest/meta-data", "https://[::1", "", "{api}/2010-04-01",
    ],
)  # fmt: skip
def test_a_redirect_elsewhere_is_refused_and_nobody_asked(media, api, elsewhere, location):
    api.says(302, Location=location.format(elsewhere=elsewhere.url, api=api.url))
    assert refusal(media) == ("elsewhere", True)
    assert elsewhere.asked == []
    assert len(api.asked) == 1


def test_nor_is_one_followed_from_the_content_network(media, api, cdn, elsewhere):
    api.says(302, Location=f"{cdn.url}/a")
    cdn.says(302, Location=f"{elsewhere.url}/a")
    assert refusal(media) == ("elsewhere", True)
    assert elsewhere.asked == []


def test_redirects_without_end_come_to_one(media, api, cdn):
    api.says(302, Location=f"{cdn.url}/a")
    for _ in range(5):
        cdn.says(302, Location=f"{cdn.url}/a")
    assert refusal(media) == ("http_302", False)


def test_what_is_too_large_is_not_read_to_its_end(media, api):
    api.says(200, b"x" * (LARGEST + 1))
    assert refusal(media) == ("too_large", True)


def test_packed_content_is_not_unpacked(media, api):
    api.says(200, b"\x1f\x8b not really", **{"Content-Encoding": "gzip"})
    assert fetch(media) == b"\x1f\x8b not really"


@pytest.mark.parametrize(
    ("status", "what"),
    [(404, ("gone", False)), (410, ("gone", True)), (401, ("http_401", False)), (503, ("http_503", False))],
)
def test_what_is_not_given_is_asked_for_again_unless_it_is_gone(media, api, status, what):
    api.says(status)
    assert refusal(media) == what


def test_what_cannot_be_reached_is_asked_for_again():
    nowhere = TwilioMedia(OURS, TOKENS.get, api_url="http://127.0.0.1:1")
    assert refusal(nowhere) == ("not_reached", False)


@pytest.mark.parametrize(("message", "attachment"), [("MM/../../x", MEDIA), (MESSAGE, "ME?x"), (MESSAGE, "")])
def test_an_id_that_is_none_leads_nowhere(media, api, message, attachment):
    with pytest.raises(PhotoError):
        media.fetch(None, message, attachment)
    assert api.asked == []


def test_without_the_accounts_token_nothing_is_asked(media, api):
    with pytest.raises(PhotoError):
        media.fetch("AC" + "9" * 32, MESSAGE, MEDIA)
    assert api.asked == []
