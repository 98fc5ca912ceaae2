"""When a schedule is next due: by the client's wall clock, whatever the clocks do."""

import pytest

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import CheckInSchedule, Client, Coach, tables
from coach_portal.core.services.moments import schedules
from coach_portal.core.services.people import clients
from tests.factories import make_client, make_goal, make_schedule
from tests.story import local


def next_due(story, schedule):
    """When it is due, in UTC."""
    return story.row(tables.schedule, id=schedule).next_due_at


def test_it_is_due_at_the_next_such_minute(story):
    assert next_due(story, story.schedule("09:00")) == local("2026-11-18 09:00")
    assert next_due(story, story.schedule("08:30")) == local("2026-11-19 08:30"), "this minute has passed"
    assert next_due(story, story.schedule("09:00", days="1")) == local("2026-11-23 09:00")


@pytest.mark.parametrize(
    ("week", "before", "after"),
    [("2027-03-13", "14:00", "13:00"), ("2026-10-31", "13:00", "14:00")],
    ids=["clocks go forward", "clocks go back"],
)
def test_nine_stays_nine_when_the_clocks_change(story, week, before, after):
    story.goal()
    story.wired.clock.move_to(local(f"{week} 08:00"))
    schedule = story.schedule("09:00")
    assert f"{next_due(story, schedule):%H:%M}" == before
    story.it_is(f"{week} 09:00")
    assert f"{next_due(story, schedule):%H:%M}" == after


def test_a_time_that_the_clocks_skip_is_asked_at_the_first_that_exists(story):
    story.wired.clock.move_to(local("2027-03-13 12:00"))
    assert next_due(story, story.schedule("02:30")) == local("2027-03-14 03:00")


def test_it_sleeps_until_they_agree(story):
    client = make_client(story.wired.database, story.cast.alice, phone="+16175550112", agreed=False)
    assert next_due(story, make_schedule(story.wired.database, story.cast, client=client)) is None


def test_an_opt_out_puts_it_to_sleep_and_a_start_wakes_it(story):
    schedule = story.schedule("09:00")
    story.text("STOP")
    assert next_due(story, schedule) is None
    story.text("START")
    assert next_due(story, schedule) == local("2026-11-18 09:00")


def test_an_archived_clients_sleep(story):
    schedule = story.schedule("09:00")
    with story.wired.database.session() as session:
        ruth, alice = session.get_one(Client, story.cast.ruth), session.get_one(Coach, story.cast.alice)
        clients.archive_client(session, alice, ruth, story.wired.clock.now())
    assert next_due(story, schedule) is None


def test_a_new_zone_moves_it(story):
    schedule = story.schedule("09:00")
    with story.wired.database.session() as session:
        ruth, alice = session.get_one(Client, story.cast.ruth), session.get_one(Coach, story.cast.alice)
        moved = {"name": ruth.name, "timezone": "Europe/Madrid", "locale": "en"}
        clients.edit_client(session, alice, ruth, moved, story.wired.clock.now())
    assert next_due(story, schedule) == local("2026-11-19 09:00", "Europe/Madrid")


def test_what_is_due_this_minute_is_not_lost_when_something_else_changes(story):
    story.goal()
    schedule = story.schedule("09:00")
    story.wired.clock.move_to(local("2026-11-18 09:00"))
    story.schedule("20:00", kind="wins")
    assert next_due(story, schedule) == local("2026-11-18 09:00")
    story.tick()
    assert len(story.phone()) == 1


def test_what_is_due_this_minute_is_not_asked_at_its_old_hour_when_it_is_moved_itself(story):
    story.goal()
    schedule = story.schedule("09:00")
    story.wired.clock.move_to(local("2026-11-18 09:00"))
    with story.wired.database.session() as session:
        row, alice = session.get_one(CheckInSchedule, schedule), session.get_one(Coach, story.cast.alice)
        later = {"days": "1234567", "local_time": "11:00"}
        schedules.edit_schedule(session, alice, row, later, story.wired.clock.now())
    assert next_due(story, schedule) == local("2026-11-18 11:00")


def test_a_second_weekly_reflection_replaces_the_first(story):
    (first,) = story.rows(tables.schedule, kind="reflection")
    assert story.schedule("19:00", kind="reflection", days="7") == first.id
    assert next_due(story, first.id) == local("2026-11-22 19:00")


def test_goals_of_somebody_else_are_refused(story):
    other = make_client(story.wired.database, story.cast.alice, phone="+16175550112")
    goal = make_goal(story.wired.database, story.cast, client=other)
    with pytest.raises(Invalid, match="no active goal"):
        story.schedule("09:00", goal_ids=[goal])


def test_a_schedule_of_somebody_else_is_not_found(story):
    other = make_client(story.wired.database, story.cast.alice, phone="+16175550112")
    schedule = story.schedule("09:00")
    with story.wired.database.reading() as session, pytest.raises(NotFound):
        schedules.schedule_of(session, session.get_one(Client, other), schedule)
