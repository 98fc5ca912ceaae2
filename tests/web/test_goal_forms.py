"""What a coach agrees with a client and when they are asked: each mistake told where it was made."""

import pytest
from sqlalchemy import select

from coach_portal.core.models import CheckInSchedule, Goal
from tests.web import history
from tests.web.page import told


def test_goal_in_four_fields_leads_on_to_its_time(alice, ruth, database):
    typed = {"title": "5 squats", "anchor": "after I brush my teeth", "area": "movement", "cadence": "daily"}
    answer = alice.post(f"{ruth}/goals/new", typed)
    assert answer.location == f"{ruth}/schedules/new"
    saved = alice.post(answer.location, {"kind": "check_in", "days": ["1", "3", "5"], "local_time": "08:30"})
    assert saved.location == ruth
    page = alice.get(ruth).text
    assert "after I brush my teeth, every day" in page
    assert "Check-in, Mon, Wed and Fri at 8:30" in page
    with database.reading() as session:
        goal = session.scalars(select(Goal)).one()
        assert (goal.title, goal.area, goal.position) == ("5 squats", "movement", 1)


def test_second_goal_leads_back_to_the_client(alice, ruth, database):
    alice.post(f"{ruth}/schedules/new", {"kind": "check_in", "local_time": "08:30", "days": "1"})
    assert alice.post(f"{ruth}/goals/new", {"title": "One line"}).location == ruth


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"title": ""}, "title"), ({"title": "x", "amount": "many"}, "amount"), ({"title": "x" * 121}, "title")],
)
def test_goal_mistakes(alice, ruth, typed, field):
    page = told(alice.post(f"{ruth}/goals/new", {"anchor": "after lunch"} | typed))
    assert f'id="{field}-error"' in page.html
    assert 'value="after lunch"' in page.html


def test_goal_changed_and_retired(alice, ruth, cast, database, now):
    with database.session() as session:
        goal_id = history.goal(session, cast.ruth, now).id
    assert 'value="5"' in alice.get(f"{ruth}/goals/{goal_id}").html
    alice.post(f"{ruth}/goals/{goal_id}", {"title": "3 squats", "amount": "3", "anchor": "", "cadence": "weekdays"})
    page = alice.get(ruth).text
    assert "3 squats" in page
    assert "after I brush my teeth" not in page
    alice.post(f"{ruth}/goals/{goal_id}/retire")
    assert "One goal retired: 3 squats." in alice.get(ruth).text


def test_preview_is_the_text_as_it_will_read(alice, ruth):
    typed = {"title": "two lines", "anchor": "after the kettle"}
    shown = alice.post(f"{ruth}/goals/preview", typed, page=f"{ruth}/goals/new").text
    assert "two lines, after the kettle" in shown
    assert "of 160 characters, $0.012" in shown


@pytest.mark.parametrize("local_time", ["07:59", "21:00", "25:00", "soon", ""])
def test_impossible_time_is_told_at_its_field(alice, ruth, local_time):
    page = told(alice.post(f"{ruth}/schedules/new", {"kind": "check_in", "days": "1", "local_time": local_time}))
    assert 'id="local_time-error"' in page.html


def test_no_day_at_all_is_told(alice, ruth, cast, database):
    with database.session() as session:
        schedule_id = session.scalar(select(CheckInSchedule.id).where(CheckInSchedule.client_id == cast.ruth))
    page = told(alice.post(f"{ruth}/schedules/{schedule_id}", {"local_time": "09:00"}))
    assert 'id="days-error"' in page.html


def test_evening_wins_and_weekly_reflection(alice, ruth):
    assert "Three small wins" in alice.get(f"{ruth}/schedules/new?kind=wins").text
    alice.post(f"{ruth}/schedules/new?kind=wins", {"kind": "wins", "days": list("1234567"), "local_time": "20:00"})
    page = alice.get(ruth).text
    assert "Evening wins, every day at 20:00" in page
    assert "Weekly reflection, Sunday at 18:00" in page


def test_schedule_changed_and_removed(alice, ruth, cast, database):
    with database.session() as session:
        schedule_id = session.scalar(select(CheckInSchedule.id).where(CheckInSchedule.client_id == cast.ruth))
    address = f"{ruth}/schedules/{schedule_id}"
    alice.post(address, {"days": ["6", "7"], "local_time": "10:15"})
    assert "Weekly reflection, weekends at 10:15" in alice.get(ruth).text
    alice.post(f"{address}/remove", page=address)
    assert "10:15" not in alice.get(ruth).text
    alice.get(address, status=404)


@pytest.mark.parametrize(
    ("typed", "amount", "unit"),
    [
        ({"title": "5 squats"}, 5, "squats"),
        ({"title": "10 minute walk"}, 10, "minute"),
        ({"title": "5 squats", "amount": "3"}, 3, None),
        ({"title": "Two lines"}, None, None),
        ({"title": "7:30 out of bed"}, None, None),
    ],
)
def test_number_an_action_begins_with_is_its_amount(alice, ruth, database, typed, amount, unit):
    alice.post(f"{ruth}/goals/new", typed)
    with database.reading() as session:
        goal = session.scalars(select(Goal)).one()
        assert (goal.amount, goal.unit) == (amount, unit)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"kind": "check_in"}, "5 squats (after I brush my teeth) and Journal"),
        ({"kind": "check_in", "goals": ["2"]}, "Journal"),
        ({"kind": "wins"}, "wins"),
        ({"kind": "reflection"}, "Ruth"),
    ],
)
def test_text_is_shown_beside_its_days_and_time(alice, ruth, cast, database, now, chosen, told):
    with database.session() as session:
        history.goal(session, cast.ruth, now)
        history.goal(session, cast.ruth, now, title="Journal", anchor=None, amount=None, unit=None)
    shown = alice.post(f"{ruth}/schedules/preview", chosen, page=f"{ruth}/schedules/new").text
    assert told in shown
    assert "each time" in shown


def test_no_day_ticked_is_told_at_the_days(alice, ruth):
    page = told(alice.post(f"{ruth}/schedules/new", {"kind": "check_in", "local_time": "08:30"}))
    assert 'id="days-error"' in page.html
    assert "Tick at least one day." in page.text
