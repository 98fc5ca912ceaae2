"""What goes along when a client is handed over, and what ends when a coach leaves."""

from datetime import timedelta

import pytest

from coach_portal.core.errors import NotAllowed
from coach_portal.core.models import Appointment, Coach, tables
from coach_portal.core.services.alerting import alerts, escalation
from coach_portal.core.services.colleagues import handover, leaving, people
from coach_portal.core.services.practice import tokens
from tests.factories import make_coach, make_goal, make_schedule
from tests.rows import change, row, rows
from tests.web import history


@pytest.fixture
def dana(database, cast):
    """Another coach of Alice's practice."""
    return make_coach(database, cast)


@pytest.fixture
def hand(database, cast, dana, now):
    """Hand Ruth over to Dana."""

    def act(by=None):
        with database.session() as session:
            owner, to = session.get_one(Coach, by or cast.alice), session.get_one(Coach, dana)
            return handover.hand_over(session, owner, [cast.ruth], to, now, tell=False)

    return act


def meeting(database, cast, starts_at):
    """Alice meets Ruth."""
    with database.session() as session:
        held = Appointment(practice_id=1, client_id=cast.ruth, coach_id=cast.alice, starts_at=starts_at, minutes=50)
        session.add(held)
        session.flush()
        return held.id


def alarm(database, cast, now, kind="risk"):
    """Something about Ruth that wants a human."""
    with database.transaction() as connection:
        return alerts.raise_alert(connection, kind=kind, practice_id=1, client_id=cast.ruth, message_id=None, now=now)


def test_sessions_to_come_go_along_and_those_gone_by_stay(database, cast, dana, hand, now):
    gone, coming = (meeting(database, cast, now + timedelta(days=days)) for days in (-7, 7))
    hand()
    assert row(database, tables.appointment, id=gone).coach_id == cast.alice
    moved = row(database, tables.appointment, id=coming)
    assert (moved.coach_id, moved.sequence, moved.changed_at) == (dana, 1, now)


def test_history_goes_along(database, cast, dana, hand, now):
    with database.session() as session:
        goal = history.goal(session, cast.ruth, now)
        history.win(session, goal, now.date(), now, 5)
    before = rows(database, tables.win), rows(database, tables.message), rows(database, tables.consent)
    hand()
    assert (rows(database, tables.win), rows(database, tables.message), rows(database, tables.consent)) == before


def test_an_open_alert_is_told_to_the_new_coach(database, cast, dana, hand, now):
    alarm(database, cast, now - timedelta(hours=1))
    hand()
    with database.transaction() as connection:
        assert len(escalation.due(connection, now)) == 1
        coach, _ = escalation.people(connection, 1, cast.ruth)
    assert coach.name == "Dana Fox"


def test_what_the_former_coach_had_in_hand_is_nobodys_until_somebody_takes_it(database, cast, hand, now):
    alert = alarm(database, cast, now - timedelta(hours=1))
    change(database, tables.alert, alert, acknowledged_at=now, acknowledged_by=f"coach:{cast.alice}", next_step_at=None)
    hand()
    again = row(database, tables.alert, id=alert)
    assert (again.acknowledged_by, again.next_step_at) == (None, now)


def test_what_the_second_contact_has_in_hand_stays_there(database, cast, hand, now):
    alert = alarm(database, cast, now - timedelta(hours=1))
    change(database, tables.alert, alert, acknowledged_at=now, acknowledged_by="second_contact", next_step_at=None)
    hand()
    assert row(database, tables.alert, id=alert).next_step_at is None


def test_only_an_owner_hands_over(cast, hand):
    with pytest.raises(NotAllowed):
        hand(by=cast.bob)


def test_who_leaves_takes_no_token_along(database, cast, dana, now):
    with database.session() as session:
        token = tokens.make_token(session, session.get_one(Coach, dana), "Mirror", now)
    with database.session() as session:
        owner, who = session.get_one(Coach, cast.alice), session.get_one(Coach, dana)
        leaving.leave(session, owner, who, None, "https://portal.example.com", now, now)
    assert row(database, tables.api_token).revoked_at == now
    with database.transaction() as connection:
        assert tokens.use(connection, token, now) is None


def test_alerts_of_a_coach_who_left_reach_an_owner(database, cast, dana, hand, now):
    hand()
    with database.session() as session:
        owner, who = session.get_one(Coach, cast.alice), session.get_one(Coach, dana)
        gone = leaving.leave(session, owner, who, None, "https://portal.example.com", now, now)
    assert (gone.moved, gone.held) == (1, 1)
    alarm(database, cast, now)
    with database.transaction() as connection:
        coach, _ = escalation.people(connection, 1, cast.ruth)
    assert coach.name == "Alice Moreau"


def test_a_client_without_a_coach_is_asked_nothing(story, cast, dana, hand, now):
    hand()
    database = story.wired.database
    with database.session() as session:
        owner, who = session.get_one(Coach, cast.alice), session.get_one(Coach, dana)
        leaving.leave(session, owner, who, None, "https://portal.example.com", now, now)
        assert people.read(session, owner, now).without == [(cast.ruth, "Ruth Adeyemi")]
    make_goal(database, cast)
    make_schedule(database, cast, "09:00")
    story.wired.clock.move_on(hours=1)
    story.tick()
    assert [text.body for text in rows(database, tables.message, kind="check_in") if text.state != "not_sent"] == []
