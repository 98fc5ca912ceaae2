"""How often, in three ways, with what it comes to beside the form."""

import pytest
from sqlalchemy import select

from coach_portal.core.models import CheckInSchedule, Client, Practice
from tests.web.page import told

AT_NINE = {"kind": "check_in", "local_time": "09:00"}


def test_three_times_a_week_are_spread_over_it(alice, ruth):
    typed = {"rhythm": "times", "times_per_week": "3", "every_days": "2", "days": ["7"]}
    alice.post(f"{ruth}/schedules/new", AT_NINE | typed)
    assert "Check-in, Mon, Wed and Fri at 9:00" in alice.get(ruth).text


def test_every_third_day_from_a_day_on(alice, ruth, database):
    typed = {"rhythm": "every", "every_days": "3", "starts_on": "2026-11-20", "days": ["7"]}
    alice.post(f"{ruth}/schedules/new", AT_NINE | typed)
    page = alice.get(ruth)
    assert "Check-in, every 3 days at 9:00" in page.text
    with database.reading() as session:
        schedule = session.scalars(select(CheckInSchedule).where(CheckInSchedule.kind == "check_in")).one()
        assert f"{schedule.next_due_at:%d %H:%M}" == "20 14:00"
        address = f"{ruth}/schedules/{schedule.id}"
    assert 'value="2026-11-20"' in alice.get(address).html


@pytest.mark.parametrize(
    ("rhythm", "field", "value"),
    [
        ("times", "times_per_week", "8"),
        ("every", "every_days", "0"),
        ("every", "starts_on", "soon"),
        ("times", "times_per_week", "x"),
    ],
)
def test_what_makes_no_rhythm_is_told_at_its_field(alice, ruth, rhythm, field, value):
    typed = {"rhythm": rhythm, "every_days": "2", field: value}
    assert f'id="{field}-error"' in told(alice.post(f"{ruth}/schedules/new", AT_NINE | typed)).html


def test_a_time_outside_the_usual_hours_says_why_it_goes(alice, ruth, cast, database):
    with database.session() as session:
        session.get_one(Practice, session.get_one(Client, cast.ruth).practice_id).texts_from = "09:00"
    typed = AT_NINE | {"local_time": "08:30", "rhythm": "days", "days": list("12345")}
    shown = alice.post(f"{ruth}/schedules/preview", typed, page=f"{ruth}/schedules/new").text
    assert "Weekdays at 8:30. That is outside your usual hours" in shown


def test_a_preview_of_rubbish_has_no_note(alice, ruth):
    typed = AT_NINE | {"rhythm": "every", "every_days": "often"}
    assert alice.post(f"{ruth}/schedules/preview", typed, page=f"{ruth}/schedules/new").status_code == 200
