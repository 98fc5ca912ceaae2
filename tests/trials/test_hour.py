"""The hour of load and kills in small; `python -m tests.trials.hour` is the whole. And whether its judge can tell."""

import pytest
from sqlalchemy import delete, update

from coach_portal.core.db import Database
from coach_portal.core.models import tables
from tests.trials import books, load
from tests.trials.hour import trial
from tests.trials.processes import hurried


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_whatever_is_killed_both_books_are_equal_to_the_text_and_a_difference_is_seen(database: Database, tmp_path):
    url = database.engine.url.render_as_string(hide_password=False)
    outcome = trial(url, tmp_path, minutes=0, clients=12, seed=4, between=1.5, kills=2, command=hurried(2))
    assert outcome.is_good, str(outcome)
    assert outcome.kills == 2
    assert outcome.compared.handed == outcome.compared.recorded > 12
    for harm in (
        delete(tables.inbound_text), update(tables.message).values(body="another"),
        update(tables.message).where(tables.message.c.kind == "check_in").values(state="sending"),
    ):  # fmt: skip
        with database.transaction() as connection:
            connection.execute(harm)
        assert books.compare(database, tmp_path / "carrier.db", {}, clients=12).breaches


def test_what_people_say_leaves_no_doubt():
    assert set(load.SHARES) == set(load.WORDS)
