"""The pages a coach opens: the roster of 500 clients, and the page and the preparation of one with two years.

The floor of a page is what it cannot do without: its own statements by the raw driver, every answer read, and its
template alone. What is left is ours: making rows of answers, and all that is decided of them.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from flask import Flask, before_render_template, template_rendered

from coach_portal.core.db import Database
from coach_portal.web.app import create_app
from tests import databases
from tests.bench.history import CLIENTS, NOW, furnish
from tests.bench.measure import Count, Row, each, interleave
from tests.bench.recording import raw_driver, recording
from tests.bench.wiring import settings_for
from tests.fakes import FakeClock, FakeQueue
from tests.web.conftest import Browser, signed_in

FEW = 5
FLOOR_IS = "its statements by the raw driver, and its template alone"


@dataclass(frozen=True)
class Job:
    """A page, and the largest ratio allowed."""

    name: str
    path: str
    goal: float


JOBS = (
    Job(f"roster, {CLIENTS} clients", "/clients", 1.3),
    Job("client's page, two years", "/clients/1", 1.5),
    Job("preparation, two years", "/clients/1/appointments/1/preparation", 1.5),
)


@dataclass
class Desk:
    """A portal on a furnished database, and Alice's browser in it."""

    app: Flask
    database: Database
    url: str
    browser: Browser

    def open(self, path: str) -> None:
        """Open a page, which must be there."""
        assert self.browser.ask("GET", path).status_code == 200, path


def rows(kind: str, rounds: int, calls: int) -> Iterator[Row | Count]:
    """The rows of these pages on one kind of database."""
    with ExitStack() as stack:
        desk = stack.enter_context(_desk(kind, CLIENTS))
        driver = raw_driver(desk.url)
        stack.callback(driver.close)
        for job in JOBS:
            desk.open(job.path)
            with recording(desk.database.engine) as said:
                desk.open(job.path)

            def floor(_: int, job: Job = job, said: list = said) -> float:
                return each(calls, lambda: _times(calls, partial(driver.say, said))) + _rendering(desk, job, calls)

            def whole(_: int, job: Job = job) -> float:
                return each(calls, lambda: _times(calls, partial(desk.open, job.path)))

            costs = interleave({"floor": floor, "whole": whole}, rounds)
            yield Row(job.name, kind, costs["whole"], costs["floor"], job.goal, FLOOR_IS)
        yield Count("roster, statements beyond 5's", kind, _statements(desk) - _with_few(kind), 0)


def _times(calls: int, work: Callable[[], object]) -> None:
    for _ in range(calls):
        work()


def _rendering(desk: Desk, job: Job, calls: int) -> float:
    """What the template of a page costs by itself."""
    moments: list[float] = []

    def note(*_: object, **__: object) -> None:
        moments.append(time.perf_counter())

    with before_render_template.connected_to(note, desk.app), template_rendered.connected_to(note, desk.app):
        _times(calls, partial(desk.open, job.path))
    return sum(after - before for before, after in zip(moments[::2], moments[1::2], strict=True)) / calls


def _statements(desk: Desk) -> int:
    desk.open("/clients")
    with recording(desk.database.engine) as said:
        desk.open("/clients")
    return sum(len(one.statements) for one in said)


def _with_few(kind: str) -> int:
    with _desk(kind, FEW) as desk:
        return _statements(desk)


@cache
def _made(clients: int) -> Callable[[Database], None]:
    return partial(furnish, clients)


@contextmanager
def _desk(kind: str, clients: int) -> Iterator[Desk]:
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        databases.fresh(kind, Path(folder), _made(clients)) as url,
    ):
        database = Database(url)
        app = create_app(settings_for(url), database, FakeQueue(), FakeClock(NOW))
        yield Desk(app, database, url, signed_in(app, "alice@example.com"))
        database.dispose()
