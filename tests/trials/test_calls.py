"""The calls trial in small; `python -m tests.trials.calls` is the whole, and closes the window too."""

from pathlib import Path

from coach_portal.core.db import Database
from tests.trials.calls import trial
from tests.trials.processes import hurried

LEASE = 3.0
"""Seconds. Longer than any call to a carrier on this machine that is not cut off."""


def test_a_server_killed_while_it_places_calls_calls_everyone_exactly_once(database: Database, tmp_path: Path) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    outcome = trial(url, tmp_path, clients=8, kills=2, seed=7, per_second=5, closing=False, command=hurried(LEASE))
    assert outcome.breaches == [], str(outcome)
    assert outcome.kills == 2
    assert len(outcome.broken_off) > len(outcome.taken_before) > 0, "not one call in hand taken and one not"
