"""The texts that wait for a look, and how often we were right."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from coach_portal.core.models import Coach, tables
from coach_portal.core.services.pages import review
from tests.story import local


@pytest.fixture
def waiting(story):
    """What waits for a coach's look, Alice's unless told otherwise."""

    @contextmanager
    def read(coach: int = story.cast.alice) -> Iterator[review.Queue]:
        with story.wired.database.reading() as session:
            yield review.queue(session, session.get_one(Coach, coach), story.wired.clock.now())

    return read


def bodies(waiting, *coach):
    """The texts that wait."""
    with waiting(*coach) as queue:
        assert queue.waiting == len(queue.texts)
        return [text.message.body for text in queue.texts]


def accuracy(waiting):
    """How often we were right."""
    with waiting() as queue:
        return queue.accuracy


def doubt(story, body="hmm hmm", confidence=0.3):
    """Ruth texts something we are unsure of; answers its id."""
    story.text(body)
    message_id = max(row.id for row in story.rows(tables.message, direction="in"))
    story.change(tables.message, message_id, confidence=confidence)
    return message_id


def test_the_unsure_wait_newest_first_until_someone_looks(story, desk, asked, waiting):
    doubt(story, "hmm")
    second = doubt(story, "well")
    doubt(story, "did 3 squats", confidence=0.9)
    assert bodies(waiting) == ["well", "hmm"]
    desk.says(text=second)
    assert bodies(waiting) == ["hmm"]


def test_each_comes_with_the_question_it_answered(story, asked, squats, journal, waiting):
    doubt(story, "hmm")
    with waiting() as queue:
        (text,) = queue.texts
        assert "squats" in text.question
        assert [goal.id for goal in text.asked] == [squats, journal]


def test_a_stranger_has_nothing_to_look_at(story, asked, waiting):
    doubt(story, "hmm")
    assert bodies(waiting, story.cast.charlie) == []
    assert bodies(waiting, story.cast.bob) == ["hmm"], "an assistant sees the practice's"


def test_words_under_a_safety_hold_are_in_no_list(story, asked, waiting):
    doubt(story, "hmm")
    doubt(story, "I want to kill myself")
    assert bodies(waiting) == []
    story.change(tables.client, story.cast.ruth, held_at=None, held_reason=None)
    assert bodies(waiting) == ["hmm"]


def test_it_is_told_how_many_stood_as_we_read_them(story, desk, squats, journal, asked, waiting):
    for body in ("did 3 squats", "journal done"):
        story.text(body)
        desk.confirms()
    story.text("hmm hmm")
    desk.says(squats)
    assert accuracy(waiting) == review.Accuracy(looked_at=3, stood=2)
    story.wired.clock.move_to(local("2027-01-05 09:00"))
    assert accuracy(waiting) == review.Accuracy(looked_at=0, stood=0)


def test_an_undone_correction_does_not_count_against_us(story, desk, squats, journal, asked, waiting):
    story.text("did 3 squats")
    desk.undoes(desk.says(journal))
    assert accuracy(waiting) == review.Accuracy(looked_at=0, stood=0)
    desk.confirms()
    assert accuracy(waiting) == review.Accuracy(looked_at=1, stood=1)


def test_the_count_takes_one_statement_and_the_index_serves_it(story, asked):
    doubt(story)
    statements = []
    with story.wired.database.reading() as session:
        alice = session.get_one(Coach, story.cast.alice)
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *told: statements.append(told[2:4]))
        assert review.count(session, alice) == 1
        ((statement, parameters),) = statements
        if connection.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            assert "ix_message_unsure" in str(plan), plan
