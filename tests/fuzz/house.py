"""A practice of its own for each run of events, and how many runs there are."""

import os
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from functions import runtime as wiring
from tests import databases, fakes
from tests.cast import NOW, found_in, hire
from tests.story import Story

MANY = int(os.environ.get("FUZZ", "1"))
"""How many times as many runs as the tests make."""


def runs(count: int, steps: int) -> settings:
    """So many runs of so many events at most; the same ones each time, unless more are asked for."""
    return settings(
        max_examples=count * MANY, stateful_step_count=steps, deadline=None, database=None, derandomize=MANY == 1,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


class House(ExitStack):
    """A fresh database with the cast in it, the functions wired to it, and the story that is told there."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        folder = Path(self.enter_context(tempfile.TemporaryDirectory(prefix="fuzz-")))
        url = self.enter_context(databases.fresh(kind, folder, hire))
        self.database = Database(url)
        self.callback(self.database.dispose)
        given = Settings(
            database_url=url, secret_key="a secret key for tests only, long enough",
            public_url="https://portal.example.com", webhook_url="https://hooks.example.com",
            twilio_account_sid="AC" + "0" * 32, twilio_auth_token="an auth token for tests only", data_dir=folder,
        )  # fmt: skip
        wired = fakes.FakeRuntime(given, self.database, fakes.FakeQueue(), fakes.FakeClock(NOW))
        wiring.use(wired)
        self.callback(wiring.use, None)
        self.story = Story(replace(wired), found_in(self.database))
