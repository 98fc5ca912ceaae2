"""The crash trial in small; `python -m tests.trials.crash` is the whole."""

from pathlib import Path

from coach_portal.core.db import Database
from tests.trials.crash import trial
from tests.trials.processes import hurried

LEASE = 5.0
"""Seconds. Far longer than any call to a carrier on this machine, which is all that a lease must be."""


def test_a_server_killed_in_the_middle_of_a_sweep_texts_everyone_exactly_once(
    database: Database, tmp_path: Path
) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    outcome = trial(url, tmp_path, clients=120, kills=4, seed=7, command=hurried(LEASE))
    assert outcome.is_good, str(outcome)
    assert outcome.kills == 4
    assert outcome.broken_off, "no kill found a text in flight"
