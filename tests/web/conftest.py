"""Browsers without a screen, signed in as each of the cast, that look at every page they get."""

import re
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from coach_portal.web.app import create_app
from tests.cast import NOW, PASSWORD
from tests.fakes import FakeClock, FakeQueue
from tests.web.page import Page, look_at

BASE = "https://portal.example.com"
TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')


@dataclass
class Browser:
    """A browser that keeps cookies, fills forms in with their token, and looks at every page."""

    client: object

    def get(self, path: str, status: int = 200, **options) -> Page:
        """Open a page, which must have this status and be well made."""
        response = self.ask("GET", path, **options)
        assert response.status_code == status, (path, response.status_code, response.text[:400])
        return look_at(response.text)

    def post(self, path: str, data: dict | None = None, *, page: str | None = None, **options) -> TestResponse:
        """Send the form that is on `page`, or on the path itself."""
        return self.ask("POST", path, data={"csrf_token": self.token(page or path), **(data or {})}, **options)

    def token(self, page: str) -> str:
        """The token in that page's form."""
        found = TOKEN.search(self.ask("GET", page).text)
        return found[1] if found else "no form there"

    def ask(self, method: str, path: str, **options) -> TestResponse:
        """Any request."""
        return self.client.open(path, method=method, base_url=BASE, buffered=True, **options)

    def sign_in(self, email: str, password: str = PASSWORD, **more) -> TestResponse:
        """Fill the door's form in."""
        return self.post("/sign-in", {"email": email, "password": password, **more})


@pytest.fixture
def queue():
    """What was queued."""
    return FakeQueue()


@pytest.fixture
def clock():
    """The clock of the practice and of the machine."""
    return FakeClock(NOW)


@pytest.fixture
def app(settings, database, queue, clock):
    """The portal."""
    return create_app(settings, database, queue, clock)


@pytest.fixture
def visitor(app, cast):
    """A browser nobody is signed in with."""
    return Browser(app.test_client())


@pytest.fixture
def alice(app, cast):
    """Alice's browser."""
    return signed_in(app, "alice@example.com")


@pytest.fixture
def charlie(app, cast):
    """The browser of Charlie, a stranger to Alice's clients."""
    return signed_in(app, "charlie@example.com")


def signed_in(app, email: str) -> Browser:
    """A browser with a session of its own."""
    browser = Browser(app.test_client())
    assert browser.sign_in(email).status_code == 303
    return browser


@pytest.fixture
def ruth(cast):
    """The address of Ruth's page."""
    return f"/clients/{cast.ruth}"
