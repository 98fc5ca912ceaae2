"""When a coach reads a text otherwise than we did: what is recorded, and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import tables
from tests.core.services.corrections.desk import TODAY, YESTERDAY, win_of
from tests.factories import make_client

# ---------- what is recorded ----------


def test_the_record_says_what_the_coach_says(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    assert desk.wins == [(squats, 3, TODAY)]
    desk.says(win_of(squats, 4), misses=[journal])
    assert desk.wins == [(squats, 4, TODAY)]
    assert desk.misses == [(journal, TODAY)]


def test_what_we_had_recorded_stays_readable_as_taken_back(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    desk.says(journal)
    (ours,) = desk.story.rows(tables.win, goal_id=squats)
    assert (ours.source, ours.undone_at) == ("text", desk.story.wired.clock.now())
    (theirs,) = desk.story.rows(tables.win, goal_id=journal)
    assert theirs.source == "coach"


def test_both_readings_and_who_changed_them_are_kept(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    before = desk.message.understanding
    desk.says(journal)
    kept = desk.story.row(tables.correction)
    assert (kept.before, kept.after, kept.coach_id) == (before, desk.message.understanding, desk.story.cast.alice)


def test_a_corrected_text_is_sure_and_looked_at(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    desk.says(journal)
    assert desk.message.confidence == 1.0
    assert desk.message.reviewed_at == desk.story.wired.clock.now()
    assert desk.message.understanding["corrected"] is True


def test_the_evidence_we_had_is_kept_through_corrections(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    (ours,) = desk.message.understanding["wins"]
    desk.says(journal)
    desk.says(win_of(squats, 5))
    (again,) = desk.message.understanding["wins"]
    assert (again["start"], again["end"]) == (ours["start"], ours["end"])


def test_a_miss_lies_on_the_day_it_was_where_she_is(desk, squats, journal):
    desk.story.it_is("2026-11-18 22:30")  # in UTC it is the nineteenth
    desk.story.text("well well")
    desk.says(misses=[squats])
    assert desk.misses == [(squats, TODAY)]


def test_a_win_may_lie_on_an_earlier_day_and_two_days_are_two_wins(desk, squats, asked):
    desk.story.text("squats, both days")
    desk.says(win_of(squats, None, YESTERDAY), win_of(squats))
    assert sorted(desk.wins, key=str) == [(squats, None, YESTERDAY), (squats, None, TODAY)]


def test_a_win_outside_the_goals_is_told_in_her_words(desk, squats, asked):
    desk.story.text("the thing is that I phoned my sister")
    desk.says(win_of(None, title="phoned my sister"))
    row = desk.story.row(tables.win, goal_id=None, undone_at=None)
    assert row.title == "phoned my sister"
    (win,) = desk.message.understanding["wins"]
    assert desk.message.body[win["start"] : win["end"]] == "phoned my sister"


def test_a_text_that_reports_nothing_after_all_is_chatter(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    desk.says()
    assert desk.wins == desk.misses == []
    assert desk.message.understanding["acts"] == ["chatter"]


def test_what_waits_for_an_answer_is_left_as_it_is(desk, squats, journal, asked):
    desk.story.text("did 3 squats. can we move thursday?")
    assert "message" in desk.message.understanding["acts"]
    desk.says(journal)
    assert "message" in desk.message.understanding["acts"]
    assert desk.story.row(tables.alert, kind="wants_answer").closed_at is None


def test_saying_what_we_said_is_a_confirmation(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    assert desk.says(win_of(squats, 3)) is None
    assert desk.story.rows(tables.correction) == []
    assert desk.message.reviewed_at is not None
    assert desk.wins == [(squats, 3, TODAY)]


def test_the_same_told_by_another_text_is_not_recorded_twice(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    desk.story.text("blah")
    desk.says(win_of(squats, 3))
    assert desk.wins == [(squats, 3, TODAY)]


def test_a_correction_after_a_correction_has_the_last_word(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    desk.says(journal)
    desk.says(misses=[squats])
    assert (desk.wins, desk.misses) == ([], [(squats, TODAY)])
    desk.says(win_of(squats, 3))
    assert (desk.wins, desk.misses) == ([(squats, 3, TODAY)], [])
    assert desk.message.understanding["corrected"] is False, "in the end we had read it rightly"
    assert len(desk.story.rows(tables.win)) == 1, "our own row stands again"


def test_what_she_took_back_herself_counts_as_nothing_said(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    taken_back = desk.last
    desk.story.text("undo")
    assert desk.wins == []
    correction = desk.says(win_of(squats, 3), text=taken_back)
    assert correction is not None
    assert desk.wins == [(squats, 3, TODAY)]


# ---------- what is refused ----------


def test_goals_of_someone_else_are_refused(desk, squats, asked):
    desk.story.text("done")
    eli = make_client(desk.story.wired.database, desk.story.cast.alice, name="Eli Brandt", phone="+16175550112")
    theirs = desk.story.goal("A walk", client=eli)
    for reading in ({"wins": [win_of(theirs)]}, {"misses": [theirs]}):
        with pytest.raises(Invalid) as refused:
            desk.says(*reading.get("wins", ()), misses=reading.get("misses", ()))
        assert set(refused.value.fields) == set(reading)


def test_days_to_come_are_refused(desk, squats, asked):
    desk.story.text("done")
    with pytest.raises(Invalid, match="day of the text"):
        desk.says(win_of(squats, None, TODAY + timedelta(days=1)))


def test_done_and_not_done_on_one_day_is_refused_and_changes_nothing(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    with pytest.raises(Invalid, match="cannot be both"):
        desk.says(squats, misses=[squats])
    assert desk.wins == [(squats, 3, TODAY)]


def test_texts_of_ours_and_of_others_are_not_there_to_be_corrected(desk, squats, asked):
    (ours, *_) = desk.story.rows(tables.message, direction="out", kind="check_in")
    with pytest.raises(NotFound):
        desk.says(squats, text=ours.id)
    with pytest.raises(NotFound):
        desk.says(squats, text=999_999)


def test_colleagues_who_correct_at_once_leave_one_reading(desk, squats, journal, asked):
    desk.story.text("did 3 squats")
    readings = [lambda: desk.says(journal), lambda: desk.says(win_of(squats, 5)), lambda: desk.says(misses=[squats])]
    with ThreadPoolExecutor(6) as colleagues:
        list(colleagues.map(lambda say: say(), readings * 4))
    understood = desk.message.understanding
    assert desk.wins == [(win["goal_id"], win["amount"], TODAY) for win in understood["wins"]]
    assert desk.misses == [(miss["goal_id"], TODAY) for miss in understood["misses"]]
