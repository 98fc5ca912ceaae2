"""The demo as a process, for tests that use it as a visitor would."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import urllib3

from coach_portal.core.clocks import ShiftedClock
from coach_portal.core.db import Database
from coach_portal.core.rules.schedule import next_occurrence
from infra.local.demo import carrier_process, keys
from infra.local.demo.furnish import furnish


@dataclass
class Demo:
    """A demo as a process, and what it printed before it began to serve."""

    folder: Path
    port: int
    process: "subprocess.Popen[str]" = field(init=False)
    said: str = field(init=False)

    @property
    def address(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Demo":
        """Start, and read until it serves."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "infra.cli", "demo"],
            env=os.environ | {"DATA_DIR": str(self.folder), "PORT": str(self.port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        lines = []
        while line := self.process.stdout.readline():
            lines.append(line)
            if "Ctrl-C" in line:
                break
        self.said = "".join(lines)
        return self

    def told(self, what: str) -> str:
        """What it printed behind a label, such as "Password"."""
        return next(line.split()[-1] for line in self.said.splitlines() if what in line)

    def end(self, how: int = signal.SIGTERM) -> tuple[int, str]:
        """End it; answers how it ended and what it complained of."""
        self.process.send_signal(how)
        _, complaints = self.process.communicate(timeout=30)
        return self.process.returncode, complaints

    def carrier(self) -> carrier_process.CarrierProcess:
        """Its carrier, as noted."""
        return carrier_process.CarrierProcess(**json.loads((self.folder / carrier_process.NOTE).read_text()))

    def status(self, path: str) -> int:
        """How the portal answers."""
        return urllib3.request("GET", f"{self.address}{path}", retries=False).status


def furnished(folder: Path, now: datetime) -> Path:
    """A directory as a first start at this moment leaves it; the demo goes on from there, whatever day it is today."""
    folder.mkdir()
    kept = keys.keep(folder)
    files = folder / "coach_portal.db", folder / carrier_process.BOOK
    furnish(*files, kept.password, now, lambda week: None, account_sid=kept.account_sid)
    database = Database(f"sqlite:///{folder / 'coach_portal.db'}")
    ShiftedClock(database).move_to(now)
    database.dispose()
    return folder


def next_wednesday() -> datetime:
    """A Wednesday to come, 9:12 in New York: the whole of a day and half a week lie ahead."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    return next_occurrence("3", "09:12", "America/New_York", tomorrow).due_at
