"""A change concerns the steps that have not begun for a client; what has been stays as it was."""

import pytest

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Coach, tables
from coach_portal.core.services.programmes import enrolling, library
from tests.factories import make_client


def begin(story, course):
    """Ruth has had the first of three."""
    for day, body in enumerate(("One.", "Two.", "Three.")):
        course.message(body, day)
    course.start()
    story.it_is("2026-11-18 09:00")


def the_next_days(story):
    """Two more days pass."""
    for day in (19, 20, 21):
        story.it_is(f"2026-11-{day} 00:00")
        story.it_is(f"2026-11-{day} 09:00")


def test_a_changed_step_reads_anew_for_those_still_to_come(story, course):
    begin(story, course)
    course.on_step(library.change_step, course.steps[0], {"body": "One, said better."})
    course.on_step(library.change_step, course.steps[1], {"body": "Two, said better."})
    the_next_days(story)
    assert story.phone() == ["One.", "Two, said better.", "Three."]


def test_a_step_taken_out_does_not_come(story, course):
    begin(story, course)
    course.on_step(library.remove_step, course.steps[1])
    the_next_days(story)
    assert story.phone() == ["One.", "Three."]


def test_who_has_begun_a_step_that_is_taken_out_goes_on_below_it(story, course):
    begin(story, course)
    course.on_step(library.remove_step, course.steps[0])
    the_next_days(story)
    assert story.phone() == ["One.", "Two.", "Three."]


def test_what_is_added_above_where_they_are_is_past_for_them(story, course):
    begin(story, course)
    zero = course.message("Zero.", 0)
    for _ in range(3):
        course.on_step(library.move_step, zero, up=True)
    the_next_days(story)
    assert story.phone() == ["One.", "Two.", "Three."]
    other = make_client(story.wired.database, story.cast.alice, phone="+16175550133")
    course.start(other)
    story.it_is("2026-11-21 12:00")
    assert story.phone("+16175550133")[-1] == "Zero."


def test_a_step_that_is_moved_comes_in_its_new_order(story, course):
    begin(story, course)
    assert course.on_step(library.move_step, course.steps[2], up=True)
    the_next_days(story)
    assert story.phone() == ["One.", "Three.", "Two."]


def test_the_first_does_not_move_up(story, course):
    begin(story, course)
    assert not course.on_step(library.move_step, course.steps[0], up=True)


def test_two_programmes_of_one_name_are_refused(story, course):
    with story.wired.database.session() as session:
        alice = session.get_one(Coach, story.cast.alice)
        data = {"name": "BETTER mornings", "about": None, "locale": "en"}
        with pytest.raises(Invalid):
            library.add(session, alice, data, story.wired.clock.now())


def test_nobody_is_in_it_twice(story, course):
    course.message("One.")
    course.start()
    started = course.doing(enrolling.start, [story.cast.ruth], None)
    assert [(one.client_id, one.rule) for one in started.left_out] == [(story.cast.ruth, "already_in")]


def test_nothing_is_started_without_steps(course, story):
    with pytest.raises(Invalid):
        course.start()


def test_a_start_is_taken_back_where_nothing_has_begun(story, course):
    course.message("One.", 3)
    ids = course.start()
    with story.wired.database.session() as session:
        alice = session.get_one(Coach, story.cast.alice)
        assert enrolling.take_back(session, alice, ids, story.wired.clock.now()) == 1
    story.it_is("2026-11-21 09:00")
    assert story.phone() == []


def test_another_practice_has_no_part_in_it(story, course):
    course.message("One.")
    (enrolment,) = course.start()
    with story.wired.database.session() as session:
        charlie = session.get_one(Coach, story.cast.charlie)
        assert library.of_practice(session, charlie) == []
        for act in (
            lambda: library.programme_of(session, charlie, course.id),
            lambda: library.step_of(session, charlie, course.id, course.steps[0]),
            lambda: enrolling.enrolment_of(session, charlie, enrolment),
        ):
            with pytest.raises(NotFound):
                act()
        assert enrolling.take_back(session, charlie, [enrolment], story.wired.clock.now()) == 0
    assert story.row(tables.enrolment).state == "active"
