"""The API is attacked from its own description for some seconds; by hand (`tests.trials.schema`) for longer."""

import pytest

from tests.trials import schema


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_5xx_and_no_undocumented_answer(database, cast, tmp_path):
    outcome = schema.attack(database, tmp_path, examples=4, number=1)
    assert len(outcome.answers) > 50
    assert not outcome.breaches, outcome
