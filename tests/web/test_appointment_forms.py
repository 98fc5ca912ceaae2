"""Agreeing a session on the page, and calling it off."""

import pytest
from sqlalchemy import select

from coach_portal.core.models import Appointment
from tests.web.page import told

FRIDAY = {"day": "2026-11-20", "local_time": "15:00", "minutes": "30", "place": "Zoom", "remind_hours": "24"}


def test_a_session_is_agreed_and_shown_with_its_reminder(alice, ruth):
    address = f"{ruth}/appointments/new"
    assert alice.post(address, FRIDAY).status_code == 303
    page = alice.get(ruth)
    assert "30 minutes, Zoom" in page.text
    assert "Ruth is reminded tomorrow, 15:00" in page.text


def test_a_session_called_off_is_gone(alice, ruth, database):
    alice.post(f"{ruth}/appointments/new", FRIDAY)
    with database.reading() as session:
        appointment_id = session.scalar(select(Appointment.id))
    alice.post(f"{ruth}/appointments/{appointment_id}/cancel", page=ruth)
    assert "Agree a session" in alice.get(ruth).text


def test_the_reminder_is_shown_as_it_will_read(alice, ruth):
    address = f"{ruth}/appointments"
    shown = alice.post(f"{address}/preview", FRIDAY, page=f"{address}/new").text
    assert "tomorrow at 3 pm, Zoom" in shown
    assert "of 160 characters" in shown


@pytest.mark.parametrize(
    "rubbish", [{"day": "soon"}, {"day": "9999-12-31"}, {"day": "0001-01-01"}, {"local_time": "x"}]
)
def test_a_preview_of_rubbish_is_a_sample(alice, ruth, rubbish):
    address = f"{ruth}/appointments"
    assert alice.post(f"{address}/preview", {**FRIDAY, **rubbish}, page=f"{address}/new").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("day", "2026-11-01"), ("day", ""), ("minutes", "0"), ("local_time", "25:00"), ("remind_hours", "3")],
)
def test_what_makes_no_session_says_what_to_do(alice, ruth, field, value):
    page = told(alice.post(f"{ruth}/appointments/new", {**FRIDAY, field: value}))
    assert f'id="{field}-error"' in page.html
