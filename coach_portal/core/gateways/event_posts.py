"""Posts events to practices' other software, and to nothing inside.

The name is looked up here, every address it has must be on the open internet, and the connection goes to the very
address that was looked at, so that a name which answers otherwise a moment later leads nowhere. TLS is checked against
the name. Redirects are answers like others: nothing is followed. All of it takes at most TAKES seconds, of the answer
only its first line is read, and nothing of it is kept but the status.
"""

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final
from urllib.parse import SplitResult, urlsplit

from coach_portal.core.errors import PostError
from coach_portal.core.rules.addresses import LOCAL, is_outside, trouble

TAKES: Final = 10.0
FIRST_LINE: Final = 1024


class EventPosts:
    """Fills `ports.EventPoster`. `may_be_local`: whether this very machine counts."""

    def __init__(self, *, may_be_local: bool) -> None:
        self._may_be_local = may_be_local
        self._tls = ssl.create_default_context()

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Post JSON; answers the status. Raises PostError where there was no answer."""
        if trouble(url, may_be_local=self._may_be_local):
            raise PostError("not_allowed")
        parts = urlsplit(url)
        try:
            with self._reach(parts) as plain, _cut_off_after(TAKES, plain), self._secured(plain, parts) as there:
                there.sendall(_request(parts, body, headers))
                return _status(there)
        except TimeoutError as error:
            raise PostError("too_slow") from error
        except ssl.SSLError as error:
            raise PostError("no_tls") from error
        except OSError as error:
            raise PostError("not_reached") from error

    def _reach(self, parts: SplitResult) -> socket.socket:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return socket.create_connection((self._address_of(parts.hostname or "", port), port), timeout=TAKES)

    def _secured(self, plain: socket.socket, parts: SplitResult) -> socket.socket:
        return self._tls.wrap_socket(plain, server_hostname=parts.hostname) if parts.scheme == "https" else plain

    def _address_of(self, host: str, port: int) -> str:
        """The address that the name leads to. Raises PostError where one of them is inside."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise PostError("no_such_host") from error
        addresses = [str(each[4][0]) for each in found]
        if self._may_be_local and host in LOCAL:
            return addresses[0]
        if not addresses or not all(map(is_outside, addresses)):
            raise PostError("inside")
        return addresses[0]


def _request(parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> bytes:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"POST {path} HTTP/1.1", f"Host: {parts.netloc}", "Content-Type: application/json"]
    lines += [f"Content-Length: {len(body)}", "User-Agent: Coach-Portal", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _status(there: socket.socket) -> int:
    told = b""
    while b"\n" not in told and len(told) < FIRST_LINE:
        more = there.recv(FIRST_LINE)
        if not more:
            break
        told += more
    words = told.split(None, 2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit() or len(words[1]) != 3:
        raise PostError("no_answer")
    return int(words[1])


@contextmanager
def _cut_off_after(seconds: float, there: socket.socket) -> Iterator[None]:
    """A time-out counts from byte to byte: whoever sends one now and then would be listened to for hours."""
    timer = threading.Timer(seconds, _shut, [there])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(there: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(there, socket.SHUT_RDWR)
