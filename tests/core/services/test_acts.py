"""What a client's text does: wins, misses, later, pause, undo, questions to the coach."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coach_portal.core.models import tables
from coach_portal.core.rules.may_send import FOREVER
from coach_portal.core.rules.replies.understanding import Understanding
from coach_portal.core.services.replies import inbound
from tests.story import local

TODAY = date(2026, 11, 18)


@pytest.fixture
def asked(story):
    """Ruth was asked at nine about squats and her journal."""
    story.goal("5 squats", amount=5, unit="squats")
    story.goal("Write one line in my journal")
    story.schedule("09:00")
    story.it_is("2026-11-18 09:00")
    return story


def wins(story):
    """What stands, as (goal's title or own words, amount, day)."""
    titles = {goal.id: goal.title for goal in story.rows(tables.goal)}
    standing = story.rows(tables.win, undone_at=None)
    return [(titles.get(win.goal_id, win.title), win.amount, win.local_date) for win in standing]


def misses(story):
    """The goals said not to be done."""
    titles = {goal.id: goal.title for goal in story.rows(tables.goal)}
    return [titles[miss.goal_id] for miss in story.rows(tables.miss, undone_at=None)]


def alerts(story):
    """What the coach is told, in order."""
    return [alert.kind for alert in story.rows(tables.alert)]


def test_a_win_and_a_miss_in_one_text(asked):
    asked.text("did 3 squats, skipped the journal")
    assert wins(asked) == [("5 squats", 3, TODAY)]
    assert misses(asked) == ["Write one line in my journal"]
    assert asked.row(tables.check_in).state == "answered"
    assert len(asked.phone()) == 2


def test_a_goal_not_yet_told_of_stays_open(asked):
    squats, journal = (goal.id for goal in asked.rows(tables.goal))
    asked.text("did 5 squats")
    check_in = asked.row(tables.check_in)
    assert (check_in.state, check_in.goal_ids, check_in.open_goal_ids) == ("asked", [squats, journal], [journal])


def test_the_same_thing_told_twice_is_one_win(asked):
    asked.text("did 5 squats")
    asked.text("did 5 squats")
    assert wins(asked) == [("5 squats", 5, TODAY)]


def test_a_win_of_another_day_is_logged_on_that_day_and_leaves_today_open(asked):
    asked.text("did 5 squats yesterday")
    assert wins(asked) == [("5 squats", 5, TODAY - timedelta(days=1))]
    assert len(asked.row(tables.check_in).open_goal_ids) == 2


def test_a_miss_told_the_next_morning_is_about_the_day_asked(story):
    story.goal("5 squats")
    story.schedule("20:00")
    story.it_is("2026-11-18 20:00")
    story.wired.clock.move_to(local("2026-11-19 07:30"))
    story.text("no, missed the squats")
    assert story.row(tables.miss).local_date == TODAY
    assert story.row(tables.check_in).state == "answered"


def test_last_nights_question_is_answered_by_what_was_done_last_night(story):
    story.goal("5 squats")
    story.schedule("20:00")
    story.it_is("2026-11-18 20:00")
    story.wired.clock.move_to(local("2026-11-19 07:30"))
    story.text("did the squats yesterday")
    assert wins(story) == [("5 squats", None, TODAY)]
    assert story.row(tables.check_in).state == "answered"


def test_a_miss_with_nothing_asked_is_about_today(story):
    story.goal("5 squats")
    story.text("missed my squats")
    assert story.row(tables.miss).local_date == TODAY


def test_a_win_outside_the_goals_keeps_their_words(story):
    story.schedule("20:00", kind="wins")
    story.it_is("2026-11-18 20:00")
    story.text("called my mother")
    ((words, _, day),) = wins(story)
    assert ("mother" in words, day) == (True, TODAY)


def test_a_request_to_the_coach_is_an_alert(asked):
    asked.text("Can we move our session to Thursday?")
    assert alerts(asked) == ["wants_answer"]
    assert asked.row(tables.alert).message_id == asked.row(tables.message, direction="in").id


def test_an_everyday_reason_for_a_miss_is_no_alert(asked):
    asked.text("not today, migraine")
    assert (len(misses(asked)) > 0, alerts(asked)) == (True, [])


def test_an_undo_takes_back_the_last_report_and_keeps_its_rows(asked):
    asked.text("did 3 squats")
    asked.text("undo")
    assert wins(asked) == []
    assert len(asked.rows(tables.win)) == 1


def test_after_an_undo_the_question_is_open_again(asked):
    asked.text("did 3 squats, skipped the journal")
    asked.text("undo")
    asked.text("did both")
    assert [title for title, _, _ in wins(asked)] == ["5 squats", "Write one line in my journal"]
    assert misses(asked) == []


def test_an_undo_with_nothing_to_undo_does_no_harm(asked):
    asked.text("undo")
    assert wins(asked) == []


def test_later_asks_again_once_after_two_hours(asked):
    asked.text("later")
    asked.it_is("2026-11-18 10:59")
    told = len(asked.phone())
    asked.it_is("2026-11-18 11:00")
    asked.it_is("2026-11-18 11:30")
    assert len(asked.phone()) == told + 1
    assert asked.phone()[-1] == asked.phone()[0]


def test_later_and_later_again_asks_again_once(asked):
    asked.text("later")
    asked.wired.clock.move_on(minutes=30)
    asked.text("ask me in 2 hours")
    told = len(asked.phone())
    asked.it_is("2026-11-18 11:00")
    assert len(asked.phone()) == told
    asked.it_is("2026-11-18 11:30")
    asked.it_is("2026-11-18 13:30")
    assert len(asked.phone()) == told + 1


def test_a_question_that_was_asked_stays_open_though_asking_again_is_held(asked):
    asked.text("later")
    asked.change(tables.client, asked.cast.ruth, held_at=asked.wired.clock.now())
    asked.it_is("2026-11-18 11:00")
    assert asked.rows(tables.message, kind="check_in")[-1].reason == "held"
    assert asked.row(tables.check_in).state == "asked"


def test_at_six_asks_again_at_six(asked):
    asked.text("ask me at 6pm")
    asked.it_is("2026-11-18 17:59")
    told = len(asked.phone())
    asked.it_is("2026-11-18 18:00")
    assert len(asked.phone()) == told + 1


def test_late_at_night_asks_again_in_the_morning(story):
    story.goal()
    story.schedule("20:30")
    story.it_is("2026-11-18 20:30")
    story.text("ask me in an hour")
    later = story.rows(tables.message, kind="check_in")[-1]
    assert later.send_after == local("2026-11-19 08:00")


def test_what_was_told_meanwhile_is_not_asked_again(asked):
    asked.text("later")
    asked.text("did 5 squats, journal too")
    told = len(asked.phone())
    asked.it_is("2026-11-18 11:00")
    assert len(asked.phone()) == told
    assert asked.rows(tables.message, kind="check_in")[-1].reason == "already_told"


def test_later_with_nothing_asked_goes_to_the_coach(story):
    story.text("ask me later")
    assert alerts(story) == ["wants_answer"]


def test_a_pause_holds_the_check_ins_until_they_are_back(asked):
    asked.text("I'm on vacation until Friday, please pause")
    told = len(asked.phone())
    asked.it_is("2026-11-19 09:00")
    assert len(asked.phone()) == told
    assert asked.rows(tables.message, kind="check_in")[-1].reason == "paused"
    asked.it_is("2026-11-20 09:00")
    assert len(asked.phone()) == told + 1


def test_a_pause_without_an_end_waits_for_a_resume(asked):
    asked.text("pause")
    assert asked.row(tables.client).paused_until == FOREVER
    asked.text("resume")
    assert asked.row(tables.client).paused_until is None
    asked.it_is("2026-11-19 09:00")
    assert "squats" in asked.phone()[-1]


def test_a_status_counts_the_last_two_weeks(asked):
    asked.text("did 5 squats")
    asked.text("status")
    assert "squats" in asked.phone()[-1]
    assert "1" in asked.phone()[-1]


def test_what_might_be_a_stop_holds_everything_and_asks_the_coach(asked, monkeypatch):
    unsure = Understanding(frozenset({"chatter"}), maybe_stop=True)
    monkeypatch.setattr(inbound, "understand", lambda *_: unsure)
    asked.text("not sure I want these")
    assert alerts(asked) == ["maybe_stop"]
    assert asked.row(tables.client).held_reason == "maybe_stop"
    asked.it_is("2026-11-19 09:00")
    assert asked.rows(tables.message, kind="check_in")[-1].reason == "held"


def test_a_text_is_answered_even_while_paused(asked):
    asked.text("pause")
    told = len(asked.phone())
    asked.text("did 5 squats")
    assert len(asked.phone()) == told + 1


def test_while_held_reports_are_kept_and_not_celebrated(asked):
    asked.change(tables.client, asked.cast.ruth, held_at=datetime(2026, 11, 18, tzinfo=UTC), held_reason="safety")
    told = len(asked.phone())
    asked.text("did 5 squats")
    assert len(wins(asked)) == 1
    assert len(asked.phone()) == told


def test_an_answer_to_the_weeks_question_is_kept_in_their_words(story):
    story.it_is("2026-11-22 18:00")
    story.text("I noticed mornings are easier.")
    kept, digest = story.row(tables.reflection), story.row(tables.digest)
    assert (kept.digest_id, kept.question, kept.body) == (digest.id, digest.question, "I noticed mornings are easier.")
    assert kept.local_date == date(2026, 11, 22)


def test_the_coach_sees_what_was_understood(asked):
    squats, journal = (goal.id for goal in asked.rows(tables.goal))
    asked.text("did 3 squats, skipped the journal")
    understood = asked.row(tables.message, direction="in").understanding
    assert understood["acts"] == ["miss", "win"]
    assert [(win["goal_id"], win["amount"]) for win in understood["wins"]] == [(squats, 3)]
    assert [miss["goal_id"] for miss in understood["misses"]] == [journal]
