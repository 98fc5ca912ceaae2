"""How a coach is reached, and their absence, on the page."""

import pytest

from coach_portal.core.models import tables
from tests.rows import change, row, rows
from tests.web.page import told

REACH = "/practice/reach"
CHOICE = {
    "reached_by": "email", "reach_days": ["1", "5"], "reach_from": "09:00", "reach_until": "17:00", "reach_every": "240"
}  # fmt: skip
AWAY = {"first_day": "2026-11-20", "back_on": "2026-11-30", "covered_by": "", "cover_name": ""}


def chosen(database, cast):
    """Alice's row."""
    return row(database, tables.coach, id=cast.alice)


def test_way_days_hours_and_distance_are_chosen(alice, database, cast):
    alice.post(REACH, CHOICE)
    coach = chosen(database, cast)
    assert (coach.reached_by, coach.reach_days, coach.reach_from, coach.reach_until, coach.reach_every) == (
        "email", "15", "09:00", "17:00", 240,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reach_until": "08:00"}, "after the first"),
        ({"reach_every": "7"}, "Choose how often"),
        ({"reached_by": "pigeon"}, "Choose one of"),
        ({"reached_by": "text"}, "own phone first"),
    ],
)
def test_what_cannot_be_is_said_where_it_is(alice, wrong, said):
    page = told(alice.post(REACH, CHOICE | wrong))
    assert said in page.html
    assert 'value="09:00"' in page.html, "what was typed is kept"


def test_a_phone_that_is_a_clients_cannot_be_answered_from(alice, database, cast):
    change(database, tables.coach, cast.alice, phone=row(database, tables.client).phone)
    assert "also a client" in told(alice.post(REACH, CHOICE | {"reached_by": "text"})).html


def test_an_absence_is_shown_and_ended(alice, database, cast):
    alice.post(f"{REACH}/away", AWAY | {"covered_by": str(cast.bob)}, page=REACH)
    assert "Bob Lindqvist is told in your place" in alice.get(REACH).html
    alice.post(f"{REACH}/back", page=REACH)
    assert "is told in your place" not in alice.get(REACH).html


def test_a_stranger_cannot_cover(alice, database, cast):
    page = told(alice.post(f"{REACH}/away", AWAY | {"covered_by": str(cast.charlie)}, page=REACH))
    assert "Choose a colleague" in page.html
    assert rows(database, tables.absence) == []


def test_the_name_of_an_absent_coach_of_another_practice_is_nobodys_business(alice, charlie, cast):
    alice.post(f"{REACH}/away", AWAY | {"cover_name": "Dana Reyes"}, page=REACH)
    assert "Dana" not in charlie.get(REACH).html


def test_the_link_leads_to_the_box_to_answer_in(alice, ruth):
    answer = alice.ask("GET", f"{ruth}/write")
    assert (answer.status_code, answer.location) == (303, f"{ruth}#body")
    assert 'id="body"' in alice.get(ruth).html
