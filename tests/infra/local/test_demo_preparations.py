"""What the demo's coaches read before their sessions is true: each claim is held against the rows it names."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from coach_portal.core.db import Database
from coach_portal.core.models import Appointment, Client, Coach, Win
from coach_portal.core.services.preparing import preparation
from coach_portal.core.services.preparing.preparation import Preparation
from tests.infra.local.claims import untrue
from tests.infra.local.practices import NOW


@pytest.fixture
def session(files: Any) -> Iterator[Any]:
    """A look into the demo's database, nothing of which is kept."""
    database = Database(f"sqlite:///{files[0]}")
    with database.reading() as session:
        yield session
    database.dispose()


def of(session: Any, name: str) -> Preparation:
    """What the owner reads before the next session of the client of this first name."""
    client = session.query(Client).filter(Client.name.startswith(name)).one()
    coming = session.query(Appointment).filter(Appointment.client_id == client.id, Appointment.starts_at > NOW)
    appointment = coming.order_by(Appointment.starts_at).first()
    return preparation.read(session, session.get_one(Coach, 1), client.id, appointment.id, NOW)


@pytest.mark.parametrize("name", ["Ruth", "Callum", "Dana", "Lucía", "Owen", "Noor", "Priya", "Marcus", "Mateo"])
def test_every_claim_is_borne_out_by_the_rows_it_names(session: Any, name: str) -> None:
    page = of(session, name)
    assert page.report.moved
    assert untrue(session, page) == []


def test_a_claim_the_rows_do_not_bear_out_is_found(session: Any) -> None:
    page = of(session, "Ruth")
    lately = session.query(Win).filter(Win.client_id == page.client.id, Win.local_date > NOW.date() - timedelta(days=5))
    lately.update({"undone_at": NOW})
    assert untrue(session, page)
