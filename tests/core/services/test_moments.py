"""The right moment for each text: agreed times, caps, every so many days, and several questions that become one."""

from datetime import date

import pytest

from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.services.people import clients
from tests.factories import make_client, make_goal, make_schedule
from tests.story import local


@pytest.fixture
def usual(story):
    """Alice's practice texts from nine to eight, on Sundays from noon."""
    practice = story.row(tables.client, id=story.cast.ruth).practice_id
    story.change(tables.practice, practice, texts_from="09:00", texts_until="20:00", sunday_from="12:00")
    return story


def asked(story):
    """The check-ins that reached Ruth."""
    return [text for text in story.rows(tables.message, direction="out", state="accepted") if text.check_in_id]


def reasons(story, kind="check_in"):
    """Why texts of this kind were not sent, None for those that were."""
    return [text.reason for text in story.rows(tables.message, kind=kind, direction="out")]


def test_a_time_agreed_outside_the_practices_hours_is_kept_on_sunday_too(usual):
    usual.goal()
    usual.schedule("08:30")
    usual.it_is("2026-11-22 08:30")
    assert len(asked(usual)) == 1


def test_a_time_within_the_hours_waits_when_the_practice_opens_later(usual):
    usual.goal()
    usual.schedule("09:30", days="12345")
    usual.change(tables.practice, usual.row(tables.client).practice_id, texts_from="10:00")
    usual.it_is("2026-11-19 09:30")
    assert asked(usual) == []
    usual.it_is("2026-11-19 10:00")
    assert len(asked(usual)) == 1


def test_the_hours_the_client_asked_for_are_kept(story):
    story.goal()
    story.schedule("09:00")
    story.change(tables.client, story.cast.ruth, texts_from="11:00")
    story.it_is("2026-11-19 09:00")
    assert asked(story) == []
    story.it_is("2026-11-19 11:00")
    assert len(asked(story)) == 1


def test_it_waits_for_the_area_codes_morning(story):
    there = make_client(story.wired.database, story.cast.alice, phone="+13105550111", timezone="America/New_York")
    make_goal(story.wired.database, story.cast, client=there)
    make_schedule(story.wired.database, story.cast, "09:00", client=there)
    story.it_is("2026-11-19 09:00")
    assert story.phone("+13105550111") == []
    story.it_is("2026-11-19 11:00")
    assert len(story.phone("+13105550111")) == 1


def test_every_third_day_is_every_third_day(story):
    story.goal()
    story.schedule("09:00", every_days=3)
    for day in range(18, 28):
        story.it_is(f"2026-11-{day} 09:00")
    assert [row.local_date.day for row in story.rows(tables.check_in, kind="check_in")] == [18, 21, 24, 27]


def test_every_third_day_is_kept_by_a_client_who_flies_west(story):
    story.goal()
    story.schedule("09:00", every_days=3)
    story.it_is("2026-11-18 09:00")
    moved = {"name": "Ruth Adeyemi", "timezone": "Pacific/Honolulu", "locale": "en"}
    with story.wired.database.session() as session:
        ruth, alice = session.get_one(Client, story.cast.ruth), session.get_one(Coach, story.cast.alice)
        clients.edit_client(session, alice, ruth, moved, story.wired.clock.now())
    for day in range(18, 25):
        story.it_is(f"2026-11-{day} 09:00", "Pacific/Honolulu")
    assert [row.local_date.day for row in story.rows(tables.check_in, kind="check_in")] == [18, 21, 24]


def test_two_schedules_due_together_make_one_text(story):
    squats, stretch = story.goal("5 squats"), story.goal("Stretch")
    story.schedule("09:00", goal_ids=[squats])
    story.schedule("09:00", goal_ids=[stretch])
    story.it_is("2026-11-18 09:00")
    (text,) = asked(story)
    assert "squats" in text.body
    assert "Stretch" in text.body
    assert story.row(tables.check_in, state="asked").goal_ids == [squats, stretch]


def test_the_evening_question_gives_way_to_a_check_in_of_the_same_minute(story):
    story.goal()
    story.schedule("19:00", kind="wins")
    story.schedule("19:00")
    story.it_is("2026-11-18 19:00")
    assert [text.kind for text in asked(story)] == ["check_in"]
    assert reasons(story, "wins") == ["touched_today"]


def test_after_downtime_there_is_no_burst(story):
    story.goal()
    story.schedule("09:00")
    story.schedule("11:00", goal_ids=[story.goal("Stretch")])
    story.schedule("12:00", kind="wins")
    story.it_is("2026-11-18 12:30")
    (text,) = asked(story)
    assert "squats" in text.body
    assert "Stretch" in text.body


def test_a_morning_lost_to_downtime_leaves_the_evening(story):
    story.goal()
    story.schedule("09:00")
    story.schedule("19:00", kind="wins")
    story.it_is("2026-11-18 19:00")
    assert reasons(story) == ["too_late"]
    assert [text.kind for text in asked(story)] == ["wins"]


def test_two_times_a_day_are_two_questions_because_they_were_agreed(story):
    story.goal()
    story.schedule("09:00")
    story.schedule("19:00", kind="wins")
    story.it_is("2026-11-18 09:00")
    story.it_is("2026-11-18 19:00")
    assert [text.kind for text in asked(story)] == ["check_in", "wins"]


def test_who_wants_one_question_a_day_gets_one(story):
    story.goal()
    story.schedule("09:00")
    story.schedule("19:00", kind="wins")
    story.change(tables.client, story.cast.ruth, touches_per_day=1)
    story.it_is("2026-11-18 09:00")
    story.it_is("2026-11-18 19:00")
    assert reasons(story, "wins") == ["touched_today"]
    story.it_is("2026-11-19 09:00")
    assert len(asked(story)) == 2


def test_a_third_text_a_day_is_one_too_many(story):
    story.goal()
    for hour in ("09:00", "13:00", "17:00"):
        story.schedule(hour)
        story.it_is(f"2026-11-18 {hour}")
    assert reasons(story) == [None, None, "daily_cap"]


def test_the_weeks_texts_are_counted_over_seven_days(story):
    story.goal()
    story.schedule("09:00")
    story.schedule("17:00", kind="wins")
    story.change(tables.client, story.cast.ruth, texts_per_week=3)
    for moment in ("18 09:00", "18 17:00", "19 09:00", "19 17:00", "20 09:00"):
        story.it_is(f"2026-11-{moment}")
    assert [text.kind for text in asked(story)] == ["check_in", "wins", "check_in"]
    assert reasons(story, "wins") == [None, "weekly_cap"]
    assert reasons(story)[-1] == "weekly_cap"


def test_a_spent_budget_stops_the_questions_and_not_the_answers(story):
    story.goal()
    story.schedule("09:00")
    story.change(tables.practice, story.row(tables.client).practice_id, budget_spent_at=local("2026-11-18 08:00"))
    story.it_is("2026-11-18 09:00")
    assert reasons(story) == ["budget_spent"]
    story.text("did 5 squats")
    assert "squats" in story.phone()[-1]


def test_a_stopped_number_sends_when_it_is_started_again_in_time(story):
    story.goal()
    story.schedule("09:00")
    number = story.row(tables.client).sending_number_id
    story.change(tables.sending_number, number, stopped_at=local("2026-11-18 08:00"))
    story.it_is("2026-11-18 09:00")
    assert asked(story) == []
    story.change(tables.sending_number, number, stopped_at=None)
    story.it_is("2026-11-18 09:06")
    assert len(asked(story)) == 1


def test_a_leap_day_has_its_check_in(story):
    story.goal()
    story.schedule("09:00")
    story.it_is("2028-02-28 09:00")
    story.it_is("2028-02-29 09:00")
    assert date(2028, 2, 29) in {row.local_date for row in story.rows(tables.check_in, state="asked")}
