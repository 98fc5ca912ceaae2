"""A goal that has become automatic may grow, carry a new one or be retired; one that fails may shrink. All undoable."""

from datetime import timedelta

import pytest

from coach_portal.core.models import tables
from tests.rows import row, rows
from tests.web import history
from tests.web.test_habits import kept
from tests.web.test_reading import TODAY

STEPS = "/clients/next-steps"


@pytest.fixture
def automatic(cast, database, now):
    """Ruth has done her squats every day for four weeks."""
    with database.session() as session:
        return kept(session, cast, now, days=set(range(1, 29))).id


@pytest.fixture
def failing(cast, database, now):
    """Ruth has missed most of a fortnight."""
    with database.session() as session:
        of = kept(session, cast, now, days={3, 9})
        for back in set(range(1, 14)) - {3, 9}:
            history.miss(session, of, TODAY - timedelta(days=back), now)
        return of.id


def goal(database, goal_id):
    """As it is now."""
    return row(database, tables.goal, id=goal_id)


def test_today_and_her_page_offer_the_next_step(alice, ruth, automatic):
    for path in (STEPS, ruth):
        page = alice.get(path)
        assert "Kept 27 of the last 27 times: it runs by itself." in page.text
        for way in ("Grow it", "Stack a new one on it", "Retire it with thanks", "Not now"):
            assert way in page.text
    assert "Ready for a next step 1" in alice.get(STEPS).text


def test_a_colleagues_clients_are_not_offered(charlie, automatic):
    assert "Ready for a next step" not in charlie.get(STEPS).text


def test_growing_is_a_form_filled_in_and_can_be_taken_back(alice, ruth, automatic, database):
    page = alice.get(f"{ruth}/goals/{automatic}?size=grown")
    assert page.all("input", id="title")[0].attributes["value"] == "6 squats"
    assert page.all("input", id="amount")[0].attributes["value"] == "6"
    alice.post(f"{ruth}/goals/{automatic}", {"title": "6 squats", "amount": "6", "unit": "squats"})
    assert goal(database, automatic).amount == 6
    assert "Kept" not in alice.get(STEPS).text
    alice.post(f"{ruth}/goals/{automatic}/change-back", page=ruth)
    assert (goal(database, automatic).amount, goal(database, automatic).title) == (5, "5 squats")


def test_a_new_goal_is_stacked_on_the_old_one(alice, ruth, automatic):
    page = alice.get(f"{ruth}/goals/new?after={automatic}")
    assert page.all("input", id="anchor")[0].attributes["value"] == "after 5 squats"


def test_retiring_thanks_the_client_by_text(alice, ruth, automatic, database):
    alice.post(f"{ruth}/goals/{automatic}/thank", page=ruth)
    assert goal(database, automatic).retired_at
    text = row(database, tables.message, kind="thanks")
    assert "5 squats" in text.body
    assert text.state == "planned"
    assert "Ruth is thanked by text" in alice.get(ruth).text


def test_taken_back_in_time_nothing_is_sent(alice, ruth, automatic, database):
    alice.post(f"{ruth}/goals/{automatic}/thank", page=ruth)
    text = row(database, tables.message, kind="thanks")
    alice.post(f"{ruth}/goals/{automatic}/bring-back", {"message": text.id}, page=ruth)
    assert goal(database, automatic).retired_at is None
    assert row(database, tables.message, kind="thanks").reason == "taken_back"


def test_not_now_is_asked_again_in_four_weeks(alice, ruth, automatic, database):
    alice.post(f"{ruth}/goals/{automatic}/let-be", {"next": STEPS}, page=ruth)
    assert "Ready for a next step" not in alice.get(STEPS).text
    assert goal(database, automatic).let_be_until == TODAY + timedelta(weeks=4)
    alice.post(f"{ruth}/goals/{automatic}/advise-again", page=ruth)
    assert "Ready for a next step" in alice.get(STEPS).text


def test_a_goal_that_fails_may_shrink_or_change_its_anchor(alice, ruth, failing):
    page = alice.get(STEPS)
    assert "Kept 2 of the last 13 times: it may be too big, or tied to the wrong moment." in page.text
    assert "Make it smaller" in page.text
    assert "Change its anchor" in page.text
    form = alice.get(f"{ruth}/goals/{failing}?size=shrunk")
    assert form.all("input", id="title")[0].attributes["value"] == "2 squats"


def test_who_opted_out_is_retired_without_a_text(alice, ruth, automatic, database):
    alice.post(f"{ruth}/opt-out")
    alice.post(f"{ruth}/goals/{automatic}/thank", page=f"{ruth}/goals/{automatic}")
    assert goal(database, automatic).retired_at
    assert rows(database, tables.message, kind="thanks") == []


def test_a_goal_too_big_is_questioned_at_its_field_with_a_smaller_one(alice, ruth, database):
    answer = alice.post(f"{ruth}/goals/new", {"title": "gym 1 hour daily"})
    assert "Is that small enough for Ruth’s worst day?" in answer.text
    assert "gym 5 minutes daily" in answer.text
    assert rows(database, tables.goal) == []


@pytest.mark.parametrize(("size", "agreed"), [("smaller", "gym 5 minutes daily"), ("as_it_is", "gym 1 hour daily")])
def test_the_coach_decides_how_big_it_is(alice, ruth, database, size, agreed):
    alice.post(f"{ruth}/goals/new", {"title": "gym 1 hour daily", "size": size})
    assert row(database, tables.goal).title == agreed


def test_a_goal_that_stays_as_large_as_it_was_is_not_questioned_again(alice, ruth, database):
    alice.post(f"{ruth}/goals/new", {"title": "gym 1 hour daily", "size": "as_it_is"})
    of = row(database, tables.goal).id
    alice.post(f"{ruth}/goals/{of}", {"title": "gym 1 hour daily", "anchor": "after work"})
    assert row(database, tables.goal).anchor == "after work"


def test_the_preview_says_so_while_it_is_written(alice, ruth):
    told = alice.post(f"{ruth}/goals/preview", {"title": "read a book a day"}, page=f"{ruth}/goals/new")
    assert "Much for a worst day" in told.text
    assert "read 2 pages a day" in told.text
