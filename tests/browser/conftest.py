"""A real portal on a port of this machine, and Chromium to open it with."""

import shutil
import threading
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect, sync_playwright
from werkzeug.serving import make_server

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.web import assets
from coach_portal.web.app import create_app
from tests import databases
from tests.cast import NOW, PASSWORD, Cast, found_in, hire
from tests.fakes import FakeClock, FakeQueue

# What Chromium would otherwise do by itself: draw on a graphics card, and call home.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@dataclass
class Portal:
    """A portal that is running, and who is in it."""

    address: str
    app: Flask
    database: Database
    queue: FakeQueue
    clock: FakeClock
    cast: Cast


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def portal(tmp_path):
    """A portal of the cast's, on SQLite, at NOW."""
    assets.main()
    with databases.fresh("sqlite", tmp_path, hire) as url:
        database, queue, clock = Database(url), FakeQueue(), FakeClock(NOW)
        server = make_server("127.0.0.1", 0, None, threaded=True)
        address = f"http://127.0.0.1:{server.server_port}"
        settings = Settings(
            url,
            "a secret key for tests only, long enough",
            address,
            address,
            "AC" + "0" * 32,
            "token",
            data_dir=tmp_path,
        )
        server.app = app = create_app(settings, database, queue, clock)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Portal(address, app, database, queue, clock, found_in(database))
        server.shutdown()
        thread.join()
        server.server_close()
        database.dispose()


@pytest.fixture
def open_page(chromium, portal):
    """Opens a page at an address; whatever it complains about, or asks of another host, fails the test."""
    contexts, complaints = [], []

    def open_at(path: str, **options) -> Page:
        context = chromium.new_context(base_url=portal.address, **({"viewport": LAPTOP} | options))
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if is_elsewhere(request.url) else None)
        page.goto(path)
        return page

    def is_elsewhere(url: str) -> bool:
        return not url.startswith((portal.address, "data:"))

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def signed_in(open_page):
    """Opens a page as Alice, through the door."""

    def open_at(path: str, **options) -> Page:
        page = open_page(f"/sign-in?next={path}", **options)
        page.get_by_label("Email").fill("alice@example.com")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("navigation", name="Main")).to_be_visible()
        return page

    return open_at
