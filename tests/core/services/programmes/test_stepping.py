"""A client steps on day by day: each step once, at its time, through the same door as every other text."""

from datetime import date

import pytest

from coach_portal.core.models import tables
from coach_portal.core.services.programmes import enrolling, stepping
from functions import schedule_check_ins
from tests import webhooks
from tests.bench.recording import recording
from tests.cast import ALICES_NUMBER
from tests.factories import make_client
from tests.story import local


def test_steps_come_on_their_days_at_their_time(story, course):
    course.message("Welcome, {client}. {coach} here.", 0)
    course.message("One week in.", 7, local_time="18:00")
    course.start()
    story.it_is("2026-11-18 09:00")
    assert story.phone() == ["Welcome, Ruth. Alice here."]
    story.it_is("2026-11-25 17:59")
    assert len(story.phone()) == 1
    story.it_is("2026-11-25 18:00")
    assert story.phone()[-1] == "One week in."


def test_a_step_begins_once_however_often_the_tick_comes(story, course):
    course.message("Welcome.")
    course.start()
    for minute in range(3):
        story.it_is(f"2026-11-18 09:0{minute}")
        story.tick()
    assert story.phone() == ["Welcome."]
    assert len(story.rows(tables.begun_step)) == 1


def test_a_goal_step_adds_the_goal_and_asks_whoever_is_not_asked_yet(story, course):
    agreed = {"amount": 5, "unit": "squats", "anchor": "after I brush my teeth", "area": "movement"}
    course.goal("5 squats", ask_at="10:00", ask_days="weekdays", **agreed)
    course.start()
    goal = story.row(tables.goal)
    assert (goal.title, goal.anchor, goal.amount, goal.cadence) == ("5 squats", "after I brush my teeth", 5, "daily")
    schedule = story.row(tables.schedule, kind="check_in")
    assert (schedule.days, schedule.local_time, schedule.goal_ids) == ("12345", "10:00", None)
    story.it_is("2026-11-18 10:00")
    assert "5 squats" in story.phone()[0]


def test_who_is_asked_already_keeps_their_time(story, course):
    story.schedule("12:00", goal_ids=[story.goal("a glass of water")])
    course.goal("5 squats", ask_at="10:00")
    course.start()
    squats = story.row(tables.goal, title="5 squats").id
    assert squats in story.row(tables.schedule, kind="check_in").goal_ids


def test_the_days_text_takes_the_place_of_its_check_in(story, course):
    story.goal()
    story.schedule("08:45")
    course.message("A word for today.", 1, local_time="10:00")
    course.start()
    story.it_is("2026-11-18 08:45")
    assert len(story.phone()) == 1
    story.it_is("2026-11-19 08:45")
    story.it_is("2026-11-19 10:00")
    assert story.phone()[1:] == ["A word for today."]
    story.it_is("2026-11-20 08:45")
    assert len(story.phone()) == 3


def test_who_was_asked_today_hears_tomorrow(story, course):
    story.goal()
    story.schedule("08:35")
    story.it_is("2026-11-18 08:35")
    course.message("Welcome.", 0)
    course.start()
    story.it_is("2026-11-18 12:00")
    assert "Welcome." not in story.phone()
    story.it_is("2026-11-19 00:00")
    story.it_is("2026-11-19 09:00")
    assert story.phone()[-1] == "Welcome."


def test_two_texts_of_one_day_come_on_two_days(story, course):
    course.message("One.", 0)
    course.message("Two.", 0)
    course.start()
    story.it_is("2026-11-18 09:00")
    assert story.phone() == ["One."]
    story.it_is("2026-11-19 00:00")
    story.it_is("2026-11-19 09:00")
    assert story.phone() == ["One.", "Two."]


def test_nothing_is_sent_before_they_said_yes_and_then_all_in_its_rhythm(story, course):
    course.message("Welcome.", 0)
    course.message("One week in.", 7)
    course.start()
    story.change(tables.client, story.cast.ruth, consent="invited")
    story.it_is("2026-11-18 09:00")
    assert story.phone() == []
    story.it_is("2026-11-28 00:00")
    story.change(tables.client, story.cast.ruth, consent="granted")
    story.it_is("2026-11-29 00:00")
    story.it_is("2026-11-29 09:00")
    assert story.phone() == ["Welcome."]
    story.it_is("2026-12-05 09:00")
    assert story.phone() == ["Welcome."]
    story.it_is("2026-12-06 09:00")
    assert story.phone() == ["Welcome.", "One week in."]


def test_what_was_missed_on_a_pause_does_not_pour_out(story, course):
    for week in range(4):
        course.message(f"Week {week}.", 7 * week)
    (enrolment,) = course.start()
    story.it_is("2026-11-18 09:00")
    course.enrolment(enrolling.pause, enrolment)
    for day in ("2026-11-25", "2026-12-02", "2026-12-09"):
        story.it_is(f"{day} 09:00")
    course.enrolment(enrolling.resume, enrolment)
    story.tick()
    for day in range(10, 17):
        story.it_is(f"2026-12-{day} 00:00")
        story.it_is(f"2026-12-{day} 09:00")
    assert [body for body, _, _ in course.texts()] == ["Week 0.", "Week 1.", "Week 2."]
    assert [row.local_date for row in story.rows(tables.begun_step)][-2:] == [date(2026, 12, 9), date(2026, 12, 16)]


def test_a_pause_of_theirs_holds_it_too(story, course):
    course.message("Welcome.", 0, local_time="12:00")
    course.start()
    story.text("pause")
    story.it_is("2026-11-18 12:00")
    assert course.texts() == []
    story.text("resume")
    story.it_is("2026-11-19 00:00")
    story.it_is("2026-11-19 12:00")
    assert [body for body in story.phone() if body == "Welcome."] == ["Welcome."]
    assert len(story.rows(tables.begun_step)) == 1


def test_a_text_for_a_date_that_is_over_is_left_out(story, course):
    course.message("Happy Monday.", None, "on_date", on_date="2026-11-09")
    course.message("And on we go.", 0, "after_step")
    course.start()
    story.it_is("2026-11-18 09:00")
    assert story.phone() == ["And on we go."]
    assert [row.outcome for row in story.rows(tables.begun_step)] == ["missed", "begun"]


def test_after_the_last_step_it_is_over(story, course):
    course.message("Welcome.")
    course.start()
    story.it_is("2026-11-18 09:00")
    assert story.row(tables.enrolment).state == "active"
    story.it_is("2026-11-19 00:00")
    over = story.row(tables.enrolment)
    assert (over.state, over.due_at) == ("finished", None)


def test_who_begins_on_a_day_to_come_waits_for_it(story, course):
    course.message("Welcome.")
    course.start(starts_on=date(2026, 11, 23))
    story.it_is("2026-11-18 09:00")
    assert story.row(tables.enrolment).due_at == local("2026-11-23 00:00")
    story.it_is("2026-11-23 09:00")
    assert story.phone() == ["Welcome."]


def test_each_has_it_on_their_own_clock_and_in_their_language(story, course):
    course.message("Small is the point.", words={"es": {"body": "De a poco, {client}."}})
    pilar = make_client(
        story.wired.database,
        story.cast.alice,
        name="Pilar Sanz",
        phone="+34612345678",
        timezone="Europe/Madrid",
        locale="es",
        country="ES",
    )
    course.start(story.cast.ruth, pilar)
    assert story.phone("+34612345678")[-1] == "De a poco, Pilar."
    assert story.phone() == []
    story.it_is("2026-11-18 09:00")
    assert story.phone() == ["Small is the point."]


def test_who_speaks_another_language_gets_what_was_written(story, course):
    course.message("Small is the point.", words={"en": {"body": "never"}})
    story.change(tables.client, story.cast.ruth, locale="es")
    course.start()
    story.it_is("2026-11-18 09:00")
    assert story.phone() == ["Small is the point."]


@pytest.mark.parametrize("act", [enrolling.pause, enrolling.stop])
def test_a_text_that_waits_does_not_leave_after_a_stop_or_pause(story, course, act):
    course.message("Welcome.", local_time="12:00")
    (enrolment,) = course.start()
    course.enrolment(act, enrolment)
    story.it_is("2026-11-18 12:00")
    assert story.phone() == []
    assert course.texts() == []


def test_a_text_that_could_not_leave_is_planned_again_and_its_step_begins_once(story, course):
    course.goal("5 squats", body="From today: 5 squats.")
    course.start()
    number = story.row(tables.sending_number, phone=ALICES_NUMBER).id
    story.change(tables.sending_number, number, stopped_at=story.wired.clock.now())
    story.it_is("2026-11-18 09:00")
    story.it_is("2026-11-18 14:00")
    assert course.texts() == [("From today: 5 squats.", "not_sent", "sender_stopped")]
    story.change(tables.sending_number, number, stopped_at=None)
    story.it_is("2026-11-19 00:00")
    story.it_is("2026-11-19 09:00")
    assert story.phone() == ["From today: 5 squats."]
    assert len(story.rows(tables.begun_step)) == len(story.rows(tables.goal)) == 1


def test_a_week_that_is_full_of_check_ins_leaves_room_for_it(story, course):
    story.goal()
    for time in ("08:45", "19:00"):
        story.schedule(time, goal_ids=[story.row(tables.goal).id])
    for day in range(18, 24):
        for time in ("08:45", "19:00"):
            story.it_is(f"2026-11-{day} {time}")
    course.message("Welcome.", local_time="08:30")
    course.start()
    for day in range(24, 28):
        for time in ("00:00", "08:45", "08:46", "19:00", "19:01"):
            story.it_is(f"2026-11-{day} {time}")
    assert "Welcome." in story.phone()


def test_a_stop_is_over_for_good_and_its_goals_stay(story, course):
    course.goal("5 squats")
    course.message("Later.", 1)
    (enrolment,) = course.start()
    course.enrolment(enrolling.stop, enrolment)
    story.it_is("2026-11-19 09:00")
    assert story.phone() == []
    assert story.row(tables.goal).retired_at is None
    assert story.row(tables.enrolment).state == "stopped"


def test_as_many_statements_for_twenty_as_for_four(story, course):
    course.goal("5 squats", ask_at="10:00", body="From today, {client}: 5 squats.")

    def statements(first, last):
        phones = [f"+161755501{n}" for n in range(first, last)]
        clients = [make_client(story.wired.database, story.cast.alice, phone=phone) for phone in phones]
        course.doing(enrolling.start, clients, None)
        with recording(story.wired.database.engine) as told, story.wired.database.transaction() as connection:
            assert stepping.plan_steps(connection, story.wired.clock.now()).claimed == len(clients)
        return sum(len(each.statements) for each in told)

    assert statements(20, 24) == statements(30, 50)


def test_an_idle_tick_looks_once(story, course):
    course.message("Later.", 5)
    course.start()
    assert schedule_check_ins.handler(webhooks.event("schedule"), None)["stepped"] == 0
