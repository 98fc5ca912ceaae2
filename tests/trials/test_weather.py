"""The weather trial in small; `python -m tests.trials.weather` is the whole."""

from pathlib import Path

from coach_portal.core.db import Database
from tests.trials.weather import trial


def test_a_carrier_that_fails_after_having_sent_and_loses_its_receipts_sends_nothing_twice_and_loses_nothing(
    database: Database, tmp_path: Path
) -> None:
    outcome = trial(database, tmp_path, clients=20, seed=3)
    assert outcome.breaches == [], str(outcome)
    assert outcome.faults["500_after_sending"], "no call failed after the text was taken"
    assert outcome.answers_missed == 2
