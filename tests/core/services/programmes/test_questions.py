"""A step may ask: what comes back is kept like a reflection, with the question as it read."""

from coach_portal.core.models import tables
from coach_portal.core.services.programmes import library
from tests.story import local


def ask(story, course):
    """Ask Ruth something, at nine."""
    course.step(kind="question", body="What made a morning easier, {client}?", starts="after_enrolment", days=0)
    course.start()
    story.it_is("2026-11-18 09:00")


def test_the_answer_is_kept_with_its_question(story, course):
    ask(story, course)
    story.text("Laying my clothes out the night before")
    kept = story.row(tables.reflection)
    assert (kept.question, kept.body) == (
        "What made a morning easier, Ruth?",
        "Laying my clothes out the night before",
    )
    assert story.row(tables.check_in).state == "answered"


def test_an_answer_that_tells_of_a_goal_is_a_win(story, course):
    story.goal("5 squats")
    ask(story, course)
    story.text("did 5 squats")
    assert story.rows(tables.reflection) == []
    assert len(story.rows(tables.win)) == 1


def test_a_question_changed_later_keeps_what_was_asked(story, course):
    ask(story, course)
    changed = {"body": "Something else?"}
    course.on_step(library.change_step, course.steps[0], changed)
    story.tick()
    story.text("The quiet, mostly")
    assert story.row(tables.reflection).question == "What made a morning easier, Ruth?"
    assert len(story.phone()) == 2


def test_a_question_that_never_left_waits_for_no_answer(story, course):
    course.step(kind="question", body="How was it?", starts="after_enrolment", days=0, local_time="12:00")
    course.start()
    story.change(tables.client, story.cast.ruth, paused_until=local("2026-12-18 09:00"))
    story.it_is("2026-11-18 12:00")
    assert story.rows(tables.check_in) == []
