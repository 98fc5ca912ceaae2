"""The mirror trial in small: two clients for three days, one kill; `python -m tests.trials.mirror` is the whole."""

from dataclasses import dataclass

import pytest

from coach_portal.core.db import Database
from tests.trials import mirror, people
from tests.trials.hurried import SHIFTED
from tests.trials.processes import Carrier, Server, hurried, running


@dataclass
class House:
    """A small practice's portal as a process."""

    server: Server
    carrier: Carrier

    @property
    def database_url(self) -> str:
        """Its database."""
        return self.server.database_url

    @property
    def carrier_url(self) -> str:
        """Its carrier."""
        return self.carrier.url

    @property
    def url(self) -> str:
        """Where it serves."""
        return self.server.url

    def start(self) -> None:
        """Start it."""
        self.server.start()

    def kill(self) -> None:
        """kill -9."""
        self.server.kill()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_copy_by_api_and_webhooks_alone_loses_and_doubles_no_win(database: Database, now, tmp_path) -> None:
    coach = people.open_practice(database, now)
    clients = people.take_on(database, coach, [{"name": name} for name in ("Ruth", "Eli")], now)
    people.add_goals(
        database, coach, [{"client_id": each, "position": 1, "title": "5 squats"} for each in clients], now
    )
    url = database.engine.url.render_as_string(hide_password=False)
    with running(url, tmp_path, (*hurried(5.0), SHIFTED)) as (server, carrier):
        outcome = mirror.trial(House(server, carrier), tmp_path, days=3, kills=1, seed=4)
    assert not outcome.breaches, str(outcome)
    assert outcome.kills == 1
    assert outcome.posted
    assert outcome.read
