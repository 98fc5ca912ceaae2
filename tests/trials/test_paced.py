"""The paced trial in small; `python -m tests.trials.paced` is the whole."""

from pathlib import Path

from coach_portal.core.db import Database
from tests.trials.paced import trial


def test_hundreds_due_in_one_minute_leave_at_each_numbers_rate_none_twice_none_lost(
    database: Database, tmp_path: Path
) -> None:
    outcome = trial(database, tmp_path, clients=300, seed=7)
    assert outcome.breaches == [], str(outcome)
    assert outcome.not_sent["opted_out"], "no STOP found its text still in the line"
    assert outcome.not_sent["day_full"], "no number had its day full"
    assert outcome.lasted.total_seconds() > 5, "nobody had to wait"
    assert outcome.slowest_answer < 10
