"""Programs that speak the API as each of the cast."""

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from coach_portal.core.models import Coach
from coach_portal.core.services.people import clients
from coach_portal.core.services.practice import tokens
from coach_portal.web.app import create_app
from tests.cast import ELI, NOW
from tests.fakes import FakeClock, FakeQueue


@dataclass
class Program:
    """Speaks the API with a token."""

    client: FlaskClient
    token: str

    def get(self, path, **options):
        """GET under /api/v1."""
        return self.ask("GET", path, **options)

    def post(self, path, data, **options):
        """POST JSON under /api/v1."""
        return self.ask("POST", path, json=data, **options)

    def ask(self, method, path, **options):
        """Any request under /api/v1."""
        options.setdefault("headers", {"Authorization": f"Bearer {self.token}"})
        return self.client.open(f"/api/v1{path}", method=method, **options)


@dataclass
class House:
    """Alice's practice, where Bob assists and Dana coaches Eli but not Ruth; and Charlie of another practice.

    Ruth has said YES, Eli has only been asked.
    """

    alice: Program
    bob: Program
    charlie: Program
    dana: Program
    practice: int
    coach: int
    ruth: int
    eli: int


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
    """The portal, with its API."""
    return create_app(settings, database, queue, clock)


@pytest.fixture
def house(app, cast, database):
    """Everyone, and a program for each who may sign in."""

    def program(coach):
        return Program(app.test_client(), tokens.make_token(session, coach, "test", NOW))

    with database.session() as session:
        alice, bob, charlie = (session.get_one(Coach, who) for who in (cast.alice, cast.bob, cast.charlie))
        dana = Coach(
            practice_id=alice.practice_id,
            name="Dana Fox",
            email="dana@example.com",
            role="coach",
            password_hash="she never signs in",
            timezone="America/New_York",
            created_at=NOW,
        )
        session.add(dana)
        session.flush()
        eli, _ = clients.add_client(session, dana, ELI, NOW)
        programs = [program(coach) for coach in (alice, bob, charlie, dana)]
        return House(*programs, practice=alice.practice_id, coach=alice.id, ruth=cast.ruth, eli=eli.id)


@pytest.fixture
def alice(house):
    """Alice's program."""
    return house.alice
