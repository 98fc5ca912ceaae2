"""The other software of the mirror trial: it keeps a copy of a practice's wins by the API and webhooks alone.

    python -m tests.trials.mirroring --portal URL --token TOKEN --port PORT --file FILE

It registers its endpoint, reads all wins once, then follows the events: what is posted when it is the next one, and
`GET /events?after=` when it is not. Events and wins go into its file in one transaction, so that it can be ended at any
moment and go on. Written against docs/api.md: it imports nothing of the house.
"""

import argparse
import base64
import hashlib
import hmac
import json
import sqlite3
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import urllib3

TABLES = """
CREATE TABLE IF NOT EXISTS win (id INTEGER PRIMARY KEY, client_id, goal_id, local_date, amount, title);
CREATE TABLE IF NOT EXISTS journal (number INTEGER PRIMARY KEY, kind, came_by);
CREATE TABLE IF NOT EXISTS kept (name PRIMARY KEY, value);
"""
TOLERANCE = 300
"""Seconds by which a delivery's timestamp may be off."""


class Away(Exception):
    """The portal does not answer."""


class Mirror:
    """The copy."""

    def __init__(self, portal: str, token: str, port: int, file: str) -> None:
        self._api, self._headers, self._port = f"{portal}/api/v1", {"Authorization": f"Bearer {token}"}, port
        self._http, self._lock = urllib3.PoolManager(retries=False, timeout=10), threading.Lock()
        self._database = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._database.executescript(TABLES)

    def begin(self) -> None:
        """Register once, copy what is there, and catch up."""
        if self._kept("secret") is None:
            self._keep("secret", self._register())
        if self._kept("last") is None:
            self._copy_all()
        self.catch_up()

    def receive(self, headers: Any, body: bytes) -> int:
        """Take one delivery; answers the status."""
        if not self._is_signed(headers, body):
            return 401
        event = json.loads(body)
        try:
            with self._lock:
                if event["number"] == self._last() + 1:
                    self._apply([event], "webhook")
            self.catch_up(event["number"])
        except Away:
            return 503
        return 200

    def catch_up(self, until: int | None = None) -> None:
        """Read the events that are missing, if any are."""
        with self._lock:
            while until is None or self._last() < until:
                page = self._ask("GET", f"/events?after={self._last()}")
                self._apply(page["items"], "read")
                if page["next"] is None:
                    return

    def _register(self) -> str:
        asked = {"url": f"http://127.0.0.1:{self._port}/events", "kinds": [], "with_words": True}
        answer = self._ask("POST", "/endpoints", asked)
        return str(answer["secret"])

    def _copy_all(self) -> None:
        """From the lists, after events were switched on: what happens meanwhile comes again as an event."""
        newest, events = 0, self._ask("GET", "/events")
        while events["items"]:
            newest, events = events["items"][-1]["number"], self._ask("GET", f"/events?after={newest}")
        for client in self._all("/clients"):
            for win in self._all(f"/clients/{client['id']}/wins"):
                self._put(client["id"], win)
        self._keep("last", str(newest))

    def _all(self, path: str) -> Any:
        page = self._ask("GET", f"{path}?limit=200")
        while True:
            yield from page["items"]
            if page["next"] is None:
                return
            page = self._ask("GET", f"{path}?limit=200&cursor={page['next']}")

    def _apply(self, events: list[dict[str, Any]], came_by: str) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        for event in events:
            self._database.execute("INSERT INTO journal VALUES (?, ?, ?)", (event["number"], event["kind"], came_by))
            if event["kind"] == "win.undone" or (event["kind"].startswith("win.") and event["data"] is None):
                self._database.execute("DELETE FROM win WHERE id = ?", (event["subject_id"],))
            elif event["kind"].startswith("win."):
                self._put(event["client_id"], event["data"])
            self._keep("last", str(event["number"]))
        self._database.execute("COMMIT")

    def _put(self, client_id: int, win: dict[str, Any]) -> None:
        row = (win["id"], client_id, win["goal_id"], win["local_date"], win["amount"], win["title"])
        self._database.execute("INSERT OR REPLACE INTO win VALUES (?, ?, ?, ?, ?, ?)", row)

    def _is_signed(self, headers: Any, body: bytes) -> bool:
        name, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "0")
        if abs(time.time() - int(at)) > TOLERANCE:
            return False
        key = base64.b64decode(str(self._kept("secret")).removeprefix("whsec_"))
        mine = base64.b64encode(hmac.new(key, f"{name}.{at}.".encode() + body, hashlib.sha256).digest()).decode()
        theirs = headers.get("webhook-signature", "").split(" ")
        return any(hmac.compare_digest(f"v1,{mine}", one) for one in theirs)

    def _ask(self, method: str, path: str, data: Any = None) -> Any:
        while True:
            try:
                answer = self._http.request(method, f"{self._api}{path}", headers=self._headers, json=data)
            except urllib3.exceptions.HTTPError as error:
                raise Away from error
            if answer.status != 429:
                break
            time.sleep(int(answer.headers["Retry-After"]))
        if answer.status >= 500:
            raise Away
        assert answer.status < 300, (method, path, answer.status, answer.data[:300])
        return answer.json()

    def _last(self) -> int:
        return int(self._kept("last") or 0)

    def _kept(self, name: str) -> str | None:
        row = self._database.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def _keep(self, name: str, value: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, value))


def main() -> int:
    """Mirror until ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.mirroring")
    for name in ("--portal", "--token", "--file"):
        parser.add_argument(name, required=True)
    parser.add_argument("--port", type=int, required=True)
    asked = parser.parse_args()
    mirror = Mirror(asked.portal, asked.token, asked.port, asked.file)

    class Door(BaseHTTPRequestHandler):
        """Where events are posted."""

        def do_POST(self) -> None:
            """Take one."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(mirror.receive(self.headers, body))
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", asked.port), Door)
    mirror.begin()
    print("mirroring", flush=True)  # noqa: T201
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
