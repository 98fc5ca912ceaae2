"""The functions' runtime on a benchmark's database: a queue and a clock that are fakes, all else as it is."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.logs import JsonFormatter
from functions import runtime as wiring
from functions.runtime import Runtime, settle
from tests.fakes import FakeClock, FakeQueue, FakeRuntime


def wire(url: str, now: datetime) -> Runtime:
    """A runtime on this database, at this moment."""
    settle()
    return FakeRuntime(settings_for(url), Database(url), FakeQueue(), FakeClock(now))


def settings_for(url: str) -> Settings:
    """Settings with this database."""
    return Settings(
        database_url=url,
        secret_key="a secret key for benchmarks only, long enough",
        public_url="https://portal.example.com",
        webhook_url="https://hooks.example.com",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="a token for benchmarks only",
    )


@contextmanager
def using(wired: Runtime) -> Iterator[None]:
    """The handlers work with this runtime."""
    wiring.use(wired)
    try:
        yield
    finally:
        wiring.use(None)


@contextmanager
def logging_as_in_service() -> Iterator[None]:
    """Log lines are made as in service, and thrown away."""
    root, before = logging.getLogger(), logging.getLogger().level
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    with open(os.devnull, "w") as nowhere:
        handler = logging.StreamHandler(nowhere)
        handler.setFormatter(JsonFormatter())
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        try:
            yield
        finally:
            root.removeHandler(handler)
            root.setLevel(before)
