"""A practice with its people, and programs that speak the API as each of them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coach_portal.core.config import Settings
from coach_portal.core.db import Base, Database
from coach_portal.core.models import Client, Coach, CoachClient, Practice, SendingNumber
from coach_portal.core.services import tokens
from coach_portal.web import api
from coach_portal.web.portal import Portal

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


class StoppedClock:
    """Always the same moment."""

    def now(self):
        """The practice's."""
        return NOW

    machine_now = now


@dataclass
class Queue:
    """Keeps what was queued."""

    ids: list[int] = field(default_factory=list)

    def put(self, message_ids):
        """Queue these."""
        self.ids.extend(message_ids)


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


@pytest.fixture
def database(tmp_path):
    """An empty database."""
    database = Database(f"sqlite:///{tmp_path / 'test.db'}")
    Base.metadata.create_all(database.engine)
    yield database
    database.dispose()


@pytest.fixture
def queue():
    """What was queued."""
    return Queue()


@pytest.fixture
def app(database, queue):
    """The API by itself."""
    settings = Settings("sqlite://", "x" * 32, "http://localhost:5000", "http://localhost:5000", "AC0", "token")
    app = Flask("api")
    app.extensions["portal"] = Portal(settings, database, queue, StoppedClock())
    api.register(app)
    return app


@dataclass
class House:
    """Alice owns a practice and coaches Maria; Bob coaches there, without Maria; Charlie has a practice of his own."""

    alice: Program
    bob: Program
    charlie: Program
    maria: int
    bobs_client: int


@pytest.fixture
def house(app, database):
    """The practice and its neighbour."""
    with database.session() as session:
        harbor, summit = (_practice(session, name) for name in ("Harbor", "Summit"))
        alice, bob = _coach(session, harbor, "alice", "owner"), _coach(session, harbor, "bob", "coach")
        charlie = _coach(session, summit, "charlie", "owner")
        maria = _client(session, alice, "Maria", "+16175550101", "granted")
        dana = _client(session, bob, "Dana", "+16175550102", "invited")
        programs = [Program(app.test_client(), tokens.make_token(session, c, "t", NOW)) for c in (alice, bob, charlie)]
        return House(*programs, maria=maria.id, bobs_client=dana.id)


def _practice(session, name):
    practice = Practice(name=name, country="US", timezone="America/New_York", created_at=NOW)
    session.add(practice)
    session.flush()
    session.add(SendingNumber(practice_id=practice.id, phone=f"+1500555{practice.id:04}"))
    return practice


def _coach(session, practice, name, role):
    coach = Coach(
        practice_id=practice.id,
        name=name.title(),
        email=f"{name}@example.com",
        role=role,
        password_hash="x",
        timezone="UTC",
        created_at=NOW,
    )
    session.add(coach)
    session.flush()
    return coach


def _client(session, coach, name, phone, consent):
    client = Client(
        practice_id=coach.practice_id,
        sending_number_id=coach.practice_id,
        name=name,
        phone=phone,
        country="US",
        timezone="America/New_York",
        locale="en",
        consent=consent,
        created_at=NOW,
    )
    session.add(client)
    session.flush()
    session.add(CoachClient(coach_id=coach.id, client_id=client.id))
    return client


@pytest.fixture
def alice(house):
    """Alice's program."""
    return house.alice
