"""The paced trial of calls in small; `python -m tests.trials.paced_calls` is the whole."""

from pathlib import Path

from coach_portal.core.db import Database
from tests.trials.paced_calls import trial


def test_calls_due_at_once_keep_the_pace_and_the_window(database: Database, tmp_path: Path) -> None:
    outcome = trial(database, tmp_path, clients=65, seed=3)
    assert outcome.breaches == [], str(outcome)
    assert outcome.too_late == 5
