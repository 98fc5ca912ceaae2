"""A session to come is told of once, in lawful hours, on the client's own clock, or not at all with the reason."""

from datetime import date

import pytest

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Appointment, Client, Coach, tables
from coach_portal.core.services.people import clients
from coach_portal.core.services.preparing import appointments
from tests.story import local


@pytest.fixture
def agree(story):
    """Alice and Ruth agree a session, Thursday at ten unless told otherwise."""

    def agree(day=date(2026, 11, 19), local_time="10:00", **more):
        data = {"day": day, "local_time": local_time, "minutes": 50, "remind_hours": 24, **more}
        with story.wired.database.session() as session:
            ruth, alice = session.get_one(Client, story.cast.ruth), session.get_one(Coach, story.cast.alice)
            return appointments.add_appointment(session, alice, ruth, data, story.wired.clock.now()).id

    return agree


def reminders(story):
    """State and reason of each reminder."""
    return [(text.state, text.reason) for text in story.rows(tables.message, kind="reminder")]


def test_a_client_is_reminded_once_a_day_before(story, agree):
    agree()
    story.it_is("2026-11-18 09:59")
    assert story.phone() == []
    story.it_is("2026-11-18 10:00")
    story.it_is("2026-11-18 10:05")
    (told,) = story.phone()
    assert "tomorrow at 10 am" in told
    assert "Alice" in told


def test_it_says_the_time_on_the_clients_clock(story, agree):
    story.change(tables.client, story.cast.ruth, timezone="America/Chicago", locale="es")
    agree(place="Zoom")
    story.it_is("2026-11-18 10:00")
    assert "mañana a las 9:00, Zoom" in story.phone()[0]


def test_what_would_fall_into_the_night_goes_the_evening_before(story, agree):
    agree(day=date(2026, 11, 20), local_time="07:00")
    story.it_is("2026-11-18 18:00")
    assert "on Friday at 7 am" in story.phone()[0]


def test_a_session_called_off_is_not_told_of(story, agree):
    appointment_id = agree()
    with story.wired.database.session() as session:
        alice = session.get_one(Coach, story.cast.alice)
        appointment = session.get_one(Appointment, appointment_id)
        appointments.cancel_appointment(session, alice, appointment, story.wired.clock.now())
    story.it_is("2026-11-18 10:00")
    assert story.phone() == []


@pytest.mark.parametrize(
    ("silenced", "reason"),
    [({"consent": "invited"}, "no_consent"), ({"held_at": local("2026-11-18 09:00")}, "held")],
)
def test_who_may_not_be_texted_is_not_reminded(story, agree, silenced, reason):
    agree()
    story.change(tables.client, story.cast.ruth, **silenced)
    story.it_is("2026-11-18 10:00")
    assert reminders(story) == [("not_sent", reason)]


def test_who_is_on_a_pause_is_reminded(story, agree):
    agree()
    story.change(tables.client, story.cast.ruth, paused_until=local("2026-12-18 09:00"))
    story.it_is("2026-11-18 10:00")
    assert reminders(story) == [("accepted", None)]


def test_after_the_session_nobody_is_reminded(story, agree):
    agree()
    story.it_is("2026-11-19 10:30")
    assert reminders(story) == [("not_sent", "too_late")]


def test_a_late_tick_reminds_still(story, agree):
    agree()
    story.it_is("2026-11-18 15:00")
    assert reminders(story) == [("accepted", None)]


def test_without_a_reminder_there_is_none(story, agree):
    agree(remind_hours=0)
    story.it_is("2026-11-18 10:00")
    assert reminders(story) == []


def test_a_client_who_moves_zone_is_reminded_in_the_hours_there(story, agree):
    agree(day=date(2026, 11, 20), local_time="10:00")
    moved = {"name": "Ruth Adeyemi", "timezone": "Europe/Madrid", "locale": "en"}
    with story.wired.database.session() as session:
        ruth, alice = session.get_one(Client, story.cast.ruth), session.get_one(Coach, story.cast.alice)
        clients.edit_client(session, alice, ruth, moved, story.wired.clock.now())
    story.it_is("2026-11-19 16:00", "Europe/Madrid")
    assert "tomorrow at 4 pm" in story.phone()[0]


@pytest.mark.parametrize(
    ("day", "local_time"), [(date(2026, 11, 17), "10:00"), (date(2026, 11, 18), "08:30"), (date.max, "10:00")]
)
def test_only_sessions_to_come_are_agreed(agree, day, local_time):
    with pytest.raises(Invalid):
        agree(day=day, local_time=local_time)


def test_a_reminder_counts_among_the_days_texts(story, agree):
    story.change(tables.client, story.cast.ruth, texts_per_day=1)
    agree()
    story.goal()
    story.schedule("11:00")
    story.it_is("2026-11-18 10:00")
    story.it_is("2026-11-18 11:00")
    assert [text.reason for text in story.rows(tables.message, kind="check_in")] == ["daily_cap"]
