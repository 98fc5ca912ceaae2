"""What a correction does to the question it answered, what it never does, and how it is taken back."""

import pytest

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach, tables
from coach_portal.core.services.replies import corrections
from tests.core.services.corrections.desk import TODAY

# ---------- the question it answered ----------


def test_a_goal_that_turns_out_untold_is_asked_about_again(desk, squats, journal, asked):
    desk.story.text("both done")
    assert asked().state == "answered"
    desk.says(squats)
    assert (asked().state, asked().open_goal_ids) == ("asked", [journal])
    desk.story.text("yes")
    assert (journal, None, TODAY) in desk.wins, "her next yes is about what still waits"


def test_a_question_that_turns_out_answered_waits_no_more(desk, squats, journal, asked):
    desk.story.text("hmm hmm")
    assert asked().state == "asked"
    desk.says(squats, misses=[journal])
    assert (asked().state, asked().open_goal_ids) == ("answered", [])


def test_what_another_text_told_keeps_its_goal_closed(desk, squats, journal, asked):
    desk.story.text("squats done")
    desk.story.text("and the journal")
    desk.says()
    assert asked().open_goal_ids == [journal]


# ---------- danger ----------


def test_a_correction_never_clears_a_hold_or_an_alert(desk, squats, journal, asked):
    desk.story.text("I did the squats but I want to kill myself")
    assert desk.message.understanding["risk"] == "explicit"
    desk.says()
    ruth = desk.story.row(tables.client, id=desk.story.cast.ruth)
    assert (ruth.held_at is not None, ruth.held_reason) == (True, "safety")
    assert desk.story.row(tables.alert, kind="risk").closed_at is None
    assert "crisis" in desk.message.understanding["acts"]
    assert desk.message.understanding["risk"] == "explicit"


def test_nothing_is_learnt_from_a_text_with_risk(desk, squats, journal, asked):
    desk.story.text("doggo loop. I want to kill myself")
    desk.says(journal)
    assert desk.words_for(journal) == []


# ---------- undoing ----------


def test_undoing_restores_reading_record_question_and_place_in_the_queue(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    before, question = desk.message, asked()
    desk.undoes(desk.says(journal))
    assert desk.wins == [(squats, 3, TODAY)]
    assert len(desk.story.rows(tables.win)) == 1, "nothing is left of the slip but the history"
    assert (desk.message.understanding, desk.message.confidence) == (before.understanding, before.confidence)
    assert desk.message.reviewed_at is None
    assert asked() == question
    assert len(desk.story.rows(tables.correction)) == 2


def test_undoing_the_second_correction_leaves_the_first(desk, squats, journal, asked):
    desk.story.text("doggo loop")
    desk.says(journal)
    desk.undoes(desk.says(squats))
    assert desk.wins == [(journal, None, TODAY)]
    assert (desk.words_for(journal), desk.words_for(squats)) == (["doggo loop"], [])
    assert desk.message.reviewed_at is not None


def test_undoing_does_not_bring_back_what_she_took_back(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    taken_back = desk.last
    desk.story.text("undo that")
    correction = desk.says(journal, text=taken_back)
    with desk.story.wired.database.session() as session:
        alice = session.get_one(Coach, desk.story.cast.alice)
        client, message = corrections.text_of(session, alice, desk.story.cast.ruth, taken_back)
        corrections.undo(session, alice, client, message, correction, desk.story.wired.clock.now())
    assert desk.wins == []


def test_an_undo_that_comes_too_late_changes_nothing(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    first = desk.says(journal)
    desk.says(misses=[squats])
    with pytest.raises(Invalid, match="looked at again"):
        desk.undoes(first)
    assert desk.misses == [(squats, TODAY)]
