"""The trial of danger in small; `python -m tests.trials.danger` is the whole."""

from tests.cast import Cast
from tests.trials.danger import trial


def test_every_text_of_danger_is_answered_and_alerted(database, cast: Cast, tmp_path):
    outcome = trial(database, tmp_path, texts=8)
    assert (outcome.answered, outcome.alerted) == (8, 8)
