"""The calls trial in small; `python -m tests.trials.calls` is the whole."""

from pathlib import Path

from coach_portal.core.db import Database
from tests.trials.calls import trial


def test_calls_due_at_once_keep_the_pace_the_window_and_come_once(database: Database, tmp_path: Path) -> None:
    outcome = trial(database, tmp_path, clients=65, seed=3)
    assert outcome.breaches == [], str(outcome)
    assert outcome.killed > 1, "no worker was killed"
    assert outcome.too_late == 5
