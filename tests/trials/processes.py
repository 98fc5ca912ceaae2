"""The server and the make-believe carrier as processes of their own, on this machine only."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import urllib3

from tests.ports import free_port

ACCOUNT, TOKEN = "AC" + "0" * 32, "a token for trials only"
PATIENCE = 60.0
ROOT = Path(__file__).parents[2]

COACH_PORTAL = (sys.executable, "-m", "infra.cli", "serve")
"""The server as it is."""


def hurried(lease: float) -> tuple[str, ...]:
    """The server with a shorter lease that asks for missed texts sooner, for tests that cannot wait for minutes."""
    return (sys.executable, "-m", "tests.trials.hurried", str(lease), "serve")


@dataclass
class Carrier:
    """The carrier's process. `book` is the file it keeps its texts in, which is how we see its side."""

    book: Path
    webhook_url: str
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, with whatever is in its book; come back when it answers."""
        command = [sys.executable, "-m", "infra.local.carrier", "--database", str(self.book), "--port", str(self.port)]
        command += ["--webhook-url", self.webhook_url]
        env = os.environ | {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN}
        with (self.book.parent / "carrier.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=log)
        assert self.process.stdout is not None
        self.process.stdout.readline()

    def stop(self) -> None:
        """End it; nobody answers at its address."""
        if self.process is None:
            return
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None

    def sent(self) -> dict[tuple[str, str], int]:
        """How often each phone was sent each body."""
        query = "SELECT recipient, body, count(*) FROM text WHERE direction != 'inbound' GROUP BY 1, 2"
        with closing(sqlite3.connect(self.book)) as book:
            return {(phone, body): count for phone, body, count in book.execute(query)}

    def count(self) -> int:
        """How many texts it was handed."""
        with closing(sqlite3.connect(self.book)) as book:
            return int(book.execute("SELECT count(*) FROM text WHERE direction != 'inbound'").fetchone()[0])

    def calls(self) -> list[tuple[datetime, str]]:
        """When each call was handed over, and to which phone, the first one first."""
        with urllib3.PoolManager() as http:
            phones = http.request("GET", f"{self.url}/phones.json").json()["phones"]
        every = [(datetime.fromisoformat(call["at"]), each["phone"]) for each in phones for call in each["calls"]]
        return sorted(every)

    def becomes(self, **weather: object) -> None:
        """Another weather, see `infra.local.carrier.weather`."""
        with urllib3.PoolManager() as http:
            http.request("POST", f"{self.url}/weather", json=weather)

    def is_ahead(self, seconds: float) -> None:
        """Have its clock run so many seconds ahead of the machine's."""
        with urllib3.PoolManager() as http:
            http.request("POST", f"{self.url}/clock", json={"ahead": seconds})


@dataclass
class Server:
    """The server's process, to be started and ended at will; one at a time."""

    database_url: str
    carrier_url: str
    folder: Path
    port: int
    command: tuple[str, ...] = COACH_PORTAL
    more: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it said, all starts one after another."""
        return self.folder / f"server-{self.port}.log"

    def start(self) -> None:
        """Start it, and come back when it says that it has started."""
        before = self._starts()
        self.launch()
        wait_until(lambda: self._starts() > before or self._is_dead())
        if self._is_dead():
            raise RuntimeError(f"the server did not start: {self.log.read_text()[-800:]}")

    def launch(self) -> None:
        """Start it, and come back at once: its first sweep may be over before it says that it has started."""
        with self.log.open("ab") as log:
            command = [*self.command, "--port", str(self.port)]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self._env(), stdout=log, stderr=log)

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM; answers the exit code."""
        return self._end(signal.SIGTERM)

    def troubles(self) -> Counter[str]:
        """What its log told of trouble, and how often."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        told = (json.loads(line) for line in lines if line.startswith("{"))
        return Counter(line["what"] for line in told if line["level"] in {"warning", "error"})

    def _end(self, how: signal.Signals) -> int:
        if self.process is None:
            return 0
        self.process.send_signal(how)
        code = self.process.wait(timeout=PATIENCE)
        self.process = None
        return code

    def _is_dead(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def _starts(self) -> int:
        return self.log.read_bytes().count(b'"what": "started"') if self.log.exists() else 0

    def _env(self) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": self.database_url,
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": "a secret key for trials only, long enough",
            "PUBLIC_URL": self.url,
            "WEBHOOK_URL": self.url,
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_URL": self.carrier_url,
            "MESSAGE_QUEUE_URL": "",
            "CALL_QUEUE_URL": "",
            **self.more,
        }


@contextmanager
def running(
    database_url: str, folder: Path, command: tuple[str, ...] = COACH_PORTAL, **more: str
) -> Iterator[tuple[Server, Carrier]]:
    """A carrier that runs, and a server that is yet to be started; both are ended afterwards. `more` are settings."""
    port = free_port()
    carrier = Carrier(folder / "carrier.db", f"http://127.0.0.1:{port}/twilio/sms", free_port())
    server = Server(database_url, carrier.url, folder, port, command, more)
    try:
        carrier.start()
        yield server, carrier
    finally:
        server.kill()
        carrier.stop()


def wait_until(so: Callable[[], bool], patience: float = PATIENCE, every: float = 0.02) -> bool:
    """Come back when it is so, or when patience ends; answers whether it is so."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if so():
            return True
        time.sleep(every)
    return so()
