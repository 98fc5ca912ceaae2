"""HTTP for the carrier: the standard library's server, one thread to a connection."""

import json
import logging
import socket
import socketserver
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from infra.local.carrier import routes
from infra.local.carrier.rest import NoAnswer

if TYPE_CHECKING:
    from infra.local.carrier.carrier import Carrier

log = logging.getLogger(__name__)


class CarrierServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1; remembers open connections, so that stopping ends them too."""

    daemon_threads = True
    request_queue_size = 1024  # a burst of sends arrives all at once

    def __init__(self, carrier: "Carrier", port: int) -> None:
        self.carrier = carrier
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        """Bind, without asking DNS for this machine's name as HTTPServer does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Begin a connection."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """End a connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End all connections, as a process that dies does."""
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it was gone already

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log what kind of trouble it was; a client that hung up is no trouble."""
        log.debug("a connection ended early", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: CarrierServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one packet

    def do_GET(self) -> None:
        self._respond()

    def do_POST(self) -> None:
        self._respond()

    def do_DELETE(self) -> None:
        self._respond()

    def _respond(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = routes.Request.read(self.command, self.path, self.headers, body)
        try:
            self._say(*self._answer(request))
        except NoAnswer as no_answer:
            self._say_nothing(at_once=no_answer.at_once)

    def _answer(self, request: routes.Request) -> tuple[int, Any, str]:
        etag = self.server.carrier.etag() if request.path == "/phones.json" else ""
        if etag and request.headers.get("If-None-Match") == etag:
            return HTTPStatus.NOT_MODIFIED, None, etag
        return *routes.answer(self.server.carrier, request), etag

    def _say(self, status: int, content: Any, etag: str) -> None:
        is_file = isinstance(content, bytes)
        body = content if is_file else b"" if content is None else json.dumps(content).encode()
        kind = "audio/x-wav" if is_file and content.startswith(b"RIFF") else "image/jpeg"
        self.send_response(status)
        self.send_header("Content-Type", kind if is_file else "application/json")
        self.send_header("Content-Length", str(len(body)))
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def _say_nothing(self, *, at_once: bool) -> None:
        if not at_once:
            self.connection.recv(1)  # returns when the other side gives up
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Nothing: addresses hold phone numbers."""
