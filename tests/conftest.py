"""Fixtures every test may ask for: a migrated, empty database of each kind, a moment, a runtime with fakes."""

import logging
import os
import socket
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import event

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from functions import runtime as wiring
from functions.runtime import Runtime
from tests import cast as people
from tests import databases, fakes
from tests.cast import NOW, Cast
from tests.story import Story


def _without_its_type(moment: date) -> str:
    raise TypeError(f"{moment} came to SQLite as it is, and would be kept in another form: give its bindparam a type_")


# SQLite has no moments: what SQLAlchemy does not write down, the driver would in its own form, and compare by letters.
sqlite3.register_adapter(datetime, _without_its_type)
sqlite3.register_adapter(date, _without_its_type)


@pytest.fixture(scope="session", autouse=True)
def nobody_elsewhere() -> Iterator[None]:
    """Tests talk to this machine only."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        here = self.family == socket.AF_UNIX or address[0] in {"127.0.0.1", "::1", "localhost"}
        assert here, f"a test reached out to {address}: hand what it tests a fake"
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture
def now() -> datetime:
    """The moment at which tests take place unless they say otherwise."""
    return NOW


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with the newest schema, empty but for the cast; every test that asks for it runs on both kinds."""
    furnish = people.hire if "cast" in request.fixturenames else None
    with databases.fresh(request.param, tmp_path, furnish) as url:
        opened = Database(url)
        yield opened
        opened.dispose()


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    """The SQL statements that the database has been sent."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.fixture
def logs_of_its_own() -> Iterator[None]:
    """Logging may be set up here; it leaves no trace."""
    root = logging.getLogger()
    kept, level = root.handlers, root.level
    root.handlers = []
    yield
    root.handlers = kept
    root.setLevel(level)


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """Settings whose every secret says what it is."""
    return Settings(
        database_url=database.engine.url.render_as_string(hide_password=False),
        secret_key="a secret key for tests only, long enough",
        public_url="https://portal.example.com",
        webhook_url="https://hooks.example.com",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="an auth token for tests only",
        data_dir=tmp_path / "data",
    )


@pytest.fixture
def wired(settings: Settings, database: Database) -> Iterator[Runtime]:
    """The functions' runtime on this database, with a carrier, a queue and a clock that record."""
    given = fakes.FakeRuntime(settings, database, fakes.FakeQueue(), fakes.FakeClock(NOW))
    wiring.use(given)
    yield given
    wiring.use(None)


@pytest.fixture(scope="session")
def moto_server() -> Iterator[str]:
    """AWS, as moto plays it, at an address of this machine."""
    from tests.lambdas.aws import make_believe_aws

    with make_believe_aws() as address:
        yield address


@pytest.fixture
def aws(moto_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a make-believe AWS in which nothing exists yet; boto3 and we are let in."""
    urlopen(Request(f"{moto_server}/moto-api/reset", method="POST")).close()
    keys = {"ACCESS_KEY_ID": "test", "SECRET_ACCESS_KEY": "test", "DEFAULT_REGION": "us-east-1"}
    for name, value in {**keys, "ENDPOINT_URL": moto_server}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    return moto_server


@pytest.fixture
def cast(database: Database) -> Cast:
    """Coach Alice, her assistant Bob, Charlie of another practice, and Alice's client Ruth."""
    return people.found_in(database)


@pytest.fixture
def story(wired: fakes.FakeRuntime, cast: Cast) -> Story:
    """A practice in which time passes and people text."""
    return Story(wired, cast)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow ones last, so that a small mistake shows early."""
    items.sort(key=lambda item: "browser" in str(item.path))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under CI a skipped test is a failure: there everything it could miss is installed."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI: {report.longrepr}"
