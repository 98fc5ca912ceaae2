"""Asked less as it goes well; after silences asked once whether to go on; then it rests, and the coach knows."""

from datetime import timedelta

import pytest

from coach_portal.core.models import tables
from tests.rows import rows
from tests.story import local


@pytest.fixture
def asked(story):
    """Ruth is asked about her squats at nine, from Monday 2 November on."""
    story.wired.clock.move_to(local("2026-11-02 08:00"))
    story.goal("5 squats", amount=5, unit="squats")
    story.schedule("09:00")
    return story


def live(story, first, days, answer=None):
    """Days go by, and so she answers, if she does."""
    for offset in range(days):
        story.wired.clock.move_to(local(first) + timedelta(days=offset))
        story.tick()
        if answer:
            story.text(answer)


def reasons(story):
    """Why questions were not put."""
    return [message.reason for message in story.rows(tables.message, kind="check_in", state="not_sent")]


def age(story, weeks):
    """The goal was agreed so long ago."""
    goal = story.row(tables.goal)
    story.change(tables.goal, goal.id, created_at=goal.created_at - timedelta(weeks=weeks))


def test_five_silences_are_followed_by_one_question_whether_to_go_on(asked):
    live(asked, "2026-11-02 09:00", 6)
    assert "Shall I go on asking?" in asked.phone()[-1]
    assert sum("squats" in body for body in asked.phone()) == 5


def test_without_an_answer_the_questions_rest_and_the_coach_is_told_once(asked):
    live(asked, "2026-11-02 09:00", 10)
    assert sum("Shall I go on" in body for body in asked.phone()) == 1
    assert len(asked.phone()) == 6
    assert [alert.kind for alert in asked.rows(tables.alert)] == ["silent_client"]


@pytest.mark.parametrize("answer", ["yes", "go on", "did 5 squats today"])
def test_a_word_from_them_and_it_goes_on(asked, answer):
    live(asked, "2026-11-02 09:00", 8)
    asked.text(answer)
    client = asked.row(tables.client, id=asked.cast.ruth)
    assert (client.go_on_asked_at, client.quiet_at) == (None, None)
    assert asked.row(tables.alert).closed_at
    before = len(asked.phone())
    live(asked, "2026-11-10 09:00", 1)
    assert "squats" in asked.phone()[-1]
    assert len(asked.phone()) == before + 1


def test_yes_to_going_on_is_no_win(asked):
    live(asked, "2026-11-02 09:00", 6)
    asked.text("yes")
    assert asked.rows(tables.win) == []
    assert asked.phone()[-1] == "Good to have you back. The next check-in comes at its usual time."


def test_no_to_going_on_is_a_pause(asked):
    live(asked, "2026-11-02 09:00", 6)
    asked.text("no")
    assert asked.rows(tables.pause)
    assert asked.rows(tables.miss) == []


def test_silence_on_a_pause_is_no_silence(asked):
    live(asked, "2026-11-02 09:00", 3)
    asked.text("pause")
    live(asked, "2026-11-05 09:00", 10)
    assert not any("go on asking" in body for body in asked.phone())


def test_from_eight_weeks_on_a_kept_goal_is_asked_about_every_other_time(asked):
    age(asked, 8)
    live(asked, "2026-11-02 09:00", 4, "did 5 squats")
    assert reasons(asked) == []
    live(asked, "2026-11-06 09:00", 8, "did 5 squats")
    assert reasons(asked).count("eased") == 4


def test_a_miss_brings_every_question_back(asked):
    age(asked, 8)
    live(asked, "2026-11-02 09:00", 8, "did 5 squats")
    before = reasons(asked).count("eased")
    assert before
    asked.text("actually no squats today")
    live(asked, "2026-11-10 09:00", 3)
    assert reasons(asked).count("eased") == before


def test_a_young_goal_is_asked_every_time(asked):
    live(asked, "2026-11-02 09:00", 10, "did 5 squats")
    assert reasons(asked) == []
    assert rows(asked.wired.database, tables.wish) == []
