"""Programs that say what a text reports."""

import pytest

from coach_portal.core.models import tables
from tests.cast import NOW
from tests.rows import rows
from tests.web import history


@pytest.fixture
def squats(house, database):
    """Ruth's goal."""
    with database.session() as session:
        return history.goal(session, house.ruth, NOW).id


@pytest.fixture
def text(house, database, squats):
    """The address of the reading of a text in which we understood nothing."""
    with database.session() as session:
        message = history.text_from(session, house.ruth, "doggo loop", NOW, {"acts": ["chatter"], "confidence": 0.3})
        return f"/clients/{house.ruth}/messages/{message.id}/reading"


def test_what_it_says_is_recorded_and_told_back(house, alice, database, squats, text):
    answer = alice.post(text, {"wins": [{"goal_id": squats, "amount": 3, "on": "2026-11-17"}]})
    assert answer.status_code == 201
    (win,) = answer.json["understanding"]["wins"]
    assert (win["goal_id"], win["amount"], win["on"]) == (squats, 3, "2026-11-17")
    (told,) = alice.get(f"/clients/{house.ruth}/wins").json["items"]
    assert (told["goal_id"], told["amount"], told["local_date"]) == (squats, 3, "2026-11-17")
    assert len(rows(database, tables.correction)) == 1


def test_nothing_sent_means_nothing_reported(alice, database, text):
    assert alice.post(text, {}).status_code == 201
    assert rows(database, tables.correction) == [], "we had understood just that"


@pytest.mark.parametrize(
    ("reading", "field"),
    [
        ({"wins": [{"goal_id": 4_000_000, "on": "2026-11-18"}]}, "wins"),
        ({"misses": [4_000_000]}, "misses"),
        ({"wins": [{"on": "2026-11-19"}]}, "wins"),
        ({"wins": [{"on": "yesterday"}]}, "wins"),
        ({"wins": [{}]}, "wins"),
        ({"wins": "all"}, "wins"),
        ({"misses": [0]}, "misses"),
        ({"won": []}, "won"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(alice, database, text, reading, field):
    answer = alice.post(text, reading)
    assert (answer.status_code, list(answer.json["error"]["fields"])) == (422, [field])
    assert rows(database, tables.win) == []


def test_our_own_texts_have_no_reading(house, alice, database):
    (ours, *_) = rows(database, tables.message, direction="out", client_id=house.ruth)
    assert alice.post(f"/clients/{house.ruth}/messages/{ours.id}/reading", {}).status_code == 404
