"""A step may wait until the goal above it runs by itself: the rule by which coaches are offered the next goal."""

from datetime import timedelta

from coach_portal.core.models import tables
from coach_portal.core.services.programmes import stepping
from tests.story import local


def kept_for(story, days):
    """Ruth keeps her goal for so many days from the 18th on, and everything due is done on the morning after."""
    goal = story.row(tables.goal)
    first = local("2026-11-18 09:00").date()
    with story.wired.database.transaction() as connection:
        for day in range(days):
            row = {"practice_id": goal.practice_id, "client_id": goal.client_id, "goal_id": goal.id, "source": "text"}
            row |= {"local_date": first + timedelta(days=day), "recorded_at": story.wired.clock.now()}
            connection.execute(tables.win.insert(), row)
    story.wired.clock.move_to(local("2026-11-18 12:00") + timedelta(days=days))
    with story.wired.database.transaction() as connection:
        stepping.plan_steps(connection, story.wired.clock.now())


def two_goals(course, days=None):
    """One goal, and another once that runs by itself."""
    course.goal("5 squats", ask_at="10:00")
    course.goal("a walk round the block", days, "when_automatic")
    course.start()


def titles(story):
    """What Ruth works on."""
    return [goal.title for goal in story.rows(tables.goal)]


def test_the_next_goal_waits_for_the_habit(story, course):
    two_goals(course)
    kept_for(story, 20)
    assert titles(story) == ["5 squats"]


def test_it_begins_once_the_habit_runs_by_itself(story, course):
    two_goals(course)
    kept_for(story, 28)
    assert titles(story) == ["5 squats", "a walk round the block"]


def test_it_begins_before_its_last_day_if_the_habit_does(story, course):
    two_goals(course, 60)
    story.it_is("2026-11-19 00:00")
    kept_for(story, 28)
    assert titles(story) == ["5 squats", "a walk round the block"]


def test_at_the_latest_it_begins_on_its_day(story, course):
    two_goals(course, 14)
    kept_for(story, 0)
    assert titles(story) == ["5 squats"]
    story.it_is("2026-12-02 00:00")
    assert titles(story) == ["5 squats", "a walk round the block"]


def test_a_goal_that_was_retired_holds_nobody_up(story, course):
    two_goals(course)
    story.change(tables.goal, story.row(tables.goal).id, retired_at=story.wired.clock.now())
    story.it_is("2026-11-19 00:00")
    assert titles(story) == ["5 squats", "a walk round the block"]


def test_without_a_goal_above_there_is_nothing_to_wait_for(story, course):
    course.goal("5 squats", None, "when_automatic")
    course.start()
    assert titles(story) == ["5 squats"]
