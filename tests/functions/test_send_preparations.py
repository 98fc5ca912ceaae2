"""Coaches get what to read before a session by email: at their hour, once, and never a client's words."""

from datetime import timedelta

import pytest

from coach_portal.core.models import Appointment, Coach, tables
from tests.core.services.test_preparation import lived, meet
from tests.story import local
from tests.web import history


@pytest.fixture
def meets(story):
    """Alice meets Ruth on Friday at ten, and wants to read at 7:30 on the day."""
    with story.wired.database.session() as session:
        lived(session, story.cast)
        history.text_from(session, story.cast.ruth, "my daughter counted along", story.wired.clock.now(), {})
        alice = session.get_one(Coach, story.cast.alice)
        alice.prepare_at, alice.timezone = "07:30", "America/New_York"
        meet(session, story.cast.ruth, story.cast.alice, local("2026-11-20 10:00"))
    return story


def sent(story):
    """The emails to Alice about sessions."""
    return story.rows(tables.email, kind="preparation", to_address="alice@example.com")


def change(story, **values):
    """Alice chooses otherwise."""
    with story.wired.database.session() as session:
        for name, value in values.items():
            setattr(session.get_one(Coach, story.cast.alice), name, value)


def test_it_comes_at_the_hour_of_the_day_and_once(meets):
    meets.it_is("2026-11-20 07:29")
    assert sent(meets) == []
    for minute in ("07:30", "07:35", "09:00"):
        meets.it_is(f"2026-11-20 {minute}")
    (email,) = sent(meets)
    assert email.subject == "Before you meet Ruth"
    assert email.state == "sent"


def test_it_quotes_nobody_names_no_goal_and_leads_to_the_page(meets):
    meets.it_is("2026-11-20 07:30")
    (email,) = sent(meets)
    (appointment,) = meets.rows(tables.appointment)
    address = f"https://portal.example.com/clients/{meets.cast.ruth}/appointments/{appointment.id}/preparation"
    assert address in email.body
    assert "10:00  Ruth\nThe goal went as before." in email.body
    bodies = {row.body for row in meets.rows(tables.message, direction="in") if len(row.body) > 5}
    for words in [*bodies, "squats", "Adeyemi"]:
        assert words not in email.subject + email.body


def test_it_comes_so_many_hours_before(meets):
    change(meets, prepare_at=None, prepare_hours=24)
    meets.it_is("2026-11-19 09:55")
    assert sent(meets) == []
    meets.it_is("2026-11-19 10:00")
    assert len(sent(meets)) == 1


def test_an_hour_after_the_session_would_be_too_late(meets):
    change(meets, prepare_at="16:00")
    meets.it_is("2026-11-20 09:00")
    assert len(sent(meets)) == 1


def test_who_chose_neither_gets_none(meets):
    change(meets, prepare_at=None)
    meets.it_is("2026-11-20 09:59")
    assert sent(meets) == []


def test_a_session_called_off_or_over_is_not_written_about(meets):
    with meets.wired.database.session() as session:
        session.query(Appointment).one().cancelled_at = meets.wired.clock.now()
        meet(session, meets.cast.ruth, meets.cast.alice, meets.wired.clock.now() - timedelta(hours=1))
    meets.it_is("2026-11-20 09:00")
    assert sent(meets) == []


def test_several_sessions_of_a_morning_are_one_email(meets):
    with meets.wired.database.session() as session:
        meet(session, meets.cast.ruth, meets.cast.alice, local("2026-11-20 12:00"))
    meets.it_is("2026-11-20 07:30")
    (email,) = sent(meets)
    assert email.body.count("/preparation") == 2


def test_nobody_is_written_to_about_a_client_who_is_no_longer_theirs(meets):
    change(meets, role="coach")
    with meets.wired.database.transaction() as connection:
        connection.execute(tables.coach_client.delete())
    meets.it_is("2026-11-20 07:30")
    assert sent(meets) == []


def test_charlie_learns_nothing(meets):
    with meets.wired.database.session() as session:
        session.get_one(Coach, meets.cast.charlie).prepare_at = "07:30"
    meets.it_is("2026-11-20 07:30")
    assert meets.rows(tables.email, to_address="charlie@example.com") == []
