"""The HTTP API of a deployed site: each route to its function, as an event of payload format 2.0."""

import base64
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from infra.aws.functions import FUNCTIONS, Route
from tests.lambdas.runtime_api import Died, FunctionError

ROUTES = {function.wakes.path: function.name for function in FUNCTIONS if isinstance(function.wakes, Route)}


class Functions(Protocol):
    """Whoever runs them: a deployed site, or this process."""

    def invoke(self, name: str, event: Any) -> Any:
        """One call."""


class FrontDoor:
    """Listens until `stop`; until a cloud stands behind it, it answers 503."""

    def __init__(self, cloud: Functions | None = None) -> None:
        self.cloud = cloud
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hung up does not want to be answered."""


def _handler(door: FrontDoor) -> type[BaseHTTPRequestHandler]:
    class Api(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers["Content-Length"]))
            name = ROUTES.get(path)
            if name is None or door.cloud is None:
                self._answer(404 if name is None else 503, {}, "")
                return
            event = {
                "version": "2.0",
                "routeKey": f"POST {path}",
                "rawPath": path,
                "rawQueryString": query,
                "headers": {key.lower(): value for key, value in self.headers.items()},
                "requestContext": {
                    "http": {"method": "POST", "path": path, "sourceIp": "127.0.0.1"},
                    "timeEpoch": int(time.time() * 1000),
                },
                "body": base64.b64encode(body).decode(),
                "isBase64Encoded": True,
            }
            try:
                answer = door.cloud.invoke(name, event)
            except (Died, FunctionError):
                self._answer(500, {}, "")
                return
            self._answer(answer["statusCode"], answer["headers"], answer["body"])

        def _answer(self, status: int, headers: dict[str, str], body: str) -> None:
            self.send_response(status)
            for key, value in {**headers, "Content-Length": str(len(body.encode()))}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Api
