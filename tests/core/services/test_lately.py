"""What the answer to a text knows of how it has gone lately: the same as the pages, in one statement."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from coach_portal.core.models import Client, Coach, Message, tables
from coach_portal.core.services.progress import lately
from coach_portal.core.services.replies import corrections, readings, situation
from tests.bench.recording import recording
from tests.cast import ALICES_NUMBER, RUTHS_PHONE
from tests.story import local


@pytest.fixture
def asked(story):
    """Ruth is asked about her squats at nine."""
    story.wired.clock.move_to(local("2026-11-09 08:00"))
    story.goal("5 squats", amount=5, unit="squats")
    story.schedule("09:00")
    return story


def days(story, *answers):
    """So she answers, day by day from Monday 9 November on; None is silence."""
    for offset, answer in enumerate(answers):
        story.it_is(f"2026-11-{9 + offset:02} 09:00")
        if answer:
            story.text(answer)


def known(story):
    """How her goals stand."""
    with story.wired.database.transaction() as connection:
        around = situation.load(connection, RUTHS_PHONE, ALICES_NUMBER, story.wired.clock.now())
        return lately.read(connection, around)


def test_one_miss_is_a_day_and_the_streak_stands(asked):
    days(asked, *["done"] * 6, "no, not today")
    assert "Your 6 days stand." in asked.phone()[-1]


def test_after_two_misses_running_the_next_step_is_smaller(asked):
    days(asked, "done", "no", "no")
    assert known(asked).misses(0) == 2
    assert any(words in asked.phone()[-1] for words in ("2 squats will do", "smaller", "smallest", "Two minutes"))


def test_a_miss_taken_back_was_never_told(asked):
    days(asked, *["done"] * 5, "no")
    asked.text("undo")
    asked.text("done")
    assert known(asked).misses(0) == 0
    assert known(asked).days_running(0) == 6


def test_a_day_told_late_counts_as_if_told_in_time(asked):
    days(asked, "done", None, "did 5 squats today and yesterday")
    assert known(asked).days_running(0) == 3
    assert (known(asked).tallies()[0].done, known(asked).tallies()[0].days) == (3, 3)


def test_what_was_agreed_before_judges_its_own_days(asked):
    days(asked, "did 3", "did 3")
    goal = asked.row(tables.goal)
    asked.change(tables.goal, goal.id, amount=3, created_at=goal.created_at - timedelta(days=1))
    assert known(asked).days_running(0) == 2


def test_it_takes_one_statement(asked):
    days(asked, "done")
    with recording(asked.wired.database.engine) as said:
        known(asked)
    assert [len(transaction.statements) for transaction in said] == [2]  # with that of the situation


def test_who_is_hard_on_themselves_hears_what_their_record_says(asked):
    days(asked, "done", "done", None)
    asked.text("I never manage this")
    assert "kinder" in asked.phone()[-1] or "beside it" in asked.phone()[-1]
    assert "5 squats, 2 of the last 3 days" in asked.phone()[-1]


def test_what_a_coach_corrects_counts_as_if_told_so(asked):
    days(asked, *["done"] * 5, "no")
    goal_id = asked.row(tables.goal).id
    with asked.wired.database.session() as session:
        alice, ruth = session.get_one(Coach, asked.cast.alice), session.get_one(Client, asked.cast.ruth)
        text = session.scalars(select(Message).where(Message.direction == "in").order_by(Message.id.desc())).first()
        today = readings.day_of(text, ruth)
        done = {"wins": [{"goal_id": goal_id, "amount": None, "on": today, "title": None}], "misses": []}
        corrections.correct(session, alice, ruth, text, done, asked.wired.clock.now())
    assert known(asked).days_running(0) == 6
    assert known(asked).misses(0) == 0
