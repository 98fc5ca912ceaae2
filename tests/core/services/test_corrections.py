"""When a coach reads a text otherwise: what is recorded, what stays, what is learnt, and how it is taken back."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Coach, Message, tables
from coach_portal.core.services import corrections, review
from tests.factories import make_client
from tests.story import Story, local

TODAY, YESTERDAY = date(2026, 11, 18), date(2026, 11, 17)


@dataclass
class Desk:
    """Where Alice looks at Ruth's texts."""

    story: Story

    @property
    def last(self) -> int:
        """The id of Ruth's last text."""
        return max(row.id for row in self.story.rows(tables.message, direction="in"))

    def says(self, *wins: Any, misses: Sequence[int] = (), text: int | None = None) -> int | None:
        """Alice says what a text reports; answers the correction's id, None where it is what we had."""
        told = [win if isinstance(win, dict) else win_of(win) for win in wins]
        with self.story.wired.database.session() as session:
            alice = session.get_one(Coach, self.story.cast.alice)
            which = text or self.last
            client, message = corrections.text_of(session, alice, self.story.cast.ruth, which, to_change=True)
            now = self.story.wired.clock.now()
            made = corrections.correct(session, alice, client, message, {"wins": told, "misses": list(misses)}, now)
            return made.id if made else None

    def undoes(self, correction_id: int) -> None:
        """Alice takes a correction back."""
        with self.story.wired.database.session() as session:
            alice = session.get_one(Coach, self.story.cast.alice)
            client, message = corrections.text_of(session, alice, self.story.cast.ruth, self.last)
            corrections.undo(session, alice, client, message, correction_id, self.story.wired.clock.now())

    def confirms(self) -> None:
        """Alice reads the last text as we did."""
        with self.story.wired.database.session() as session:
            alice = session.get_one(Coach, self.story.cast.alice)
            corrections.confirm(session, alice, session.get_one(Message, self.last), self.story.wired.clock.now())

    @property
    def wins(self) -> list[tuple[int | None, float | None, date]]:
        """What stands as done: goal, amount, day."""
        rows = self.story.rows(tables.win, undone_at=None)
        return [(row.goal_id, row.amount, row.local_date) for row in rows]

    @property
    def misses(self) -> list[tuple[int, date]]:
        """What stands as not done: goal, day."""
        return [(row.goal_id, row.local_date) for row in self.story.rows(tables.miss, undone_at=None)]

    @property
    def message(self) -> Any:
        """Ruth's last text as it lies in the database."""
        return self.story.row(tables.message, id=self.last)

    def words_for(self, goal: int) -> list[str]:
        """Ruth's own words for a goal."""
        return self.story.row(tables.goal, id=goal).synonyms


def win_of(goal: int | None, amount: float | None = None, on: date = TODAY, **more: Any) -> dict[str, Any]:
    """One win, as services take it."""
    return {"goal_id": goal, "amount": amount, "on": on, **more}


@pytest.fixture
def desk(story):
    """Alice's desk, at which Ruth has a question about two goals waiting."""
    return Desk(story)


@pytest.fixture
def squats(story):
    """Ruth's first goal."""
    return story.goal("5 squats", amount=5, unit="squats")


@pytest.fixture
def journal(story, squats):
    """Ruth's second goal."""
    return story.goal("Two lines in the journal")


@pytest.fixture
def asked(story, journal):
    """Ruth was asked about both goals this morning; answers the question's row."""
    story.schedule("09:00")
    story.it_is("2026-11-18 09:00")
    return lambda: story.row(tables.check_in, kind="check_in")


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


# ---------- what is learnt ----------


def test_her_own_words_for_a_goal_are_learnt(desk, squats, journal, asked):
    desk.story.text("doggo loop again, lovely")
    desk.says(journal)
    assert desk.words_for(journal) == ["doggo loop"]
    assert desk.words_for(squats) == []


@pytest.mark.parametrize("body", ["yes", "Done!", "1", "👍", "I did it again today", "sí", "the usual", "no", "hmm, 3"])
def test_words_that_every_text_holds_are_never_learnt(desk, squats, journal, asked, body):
    desk.story.text(body)
    desk.says(journal)
    assert desk.words_for(journal) == []


def test_a_story_teaches_nothing(desk, squats, journal, asked):
    desk.story.text("grandma came round with pancakes and the neighbours brought their trampoline")
    desk.says(journal)
    assert desk.words_for(journal) == []


def test_two_goals_unseen_teach_nothing(desk, squats, journal, asked):
    desk.story.text("doggo loop")
    desk.says(squats, journal)
    assert desk.words_for(squats) == desk.words_for(journal) == []


def test_the_words_of_another_goal_are_not_learnt(desk, squats, journal, asked):
    desk.story.goal("Doggo walk")
    desk.story.text("doggo blahdiblah")
    seen = {win["goal_id"] for win in desk.message.understanding["wins"]}
    if journal not in seen:
        desk.says(journal)
        assert "doggo" not in " ".join(desk.words_for(journal))


def test_words_learnt_are_forgotten_when_the_correction_is_corrected(desk, squats, journal, asked):
    desk.story.text("doggo loop")
    desk.says(journal)
    desk.says(squats)
    assert desk.words_for(journal) == []
    assert desk.words_for(squats) == ["doggo loop"]


def test_words_learnt_are_forgotten_when_the_correction_is_undone(desk, squats, journal, asked):
    desk.story.text("doggo loop")
    desk.undoes(desk.says(journal))
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


# ---------- the queue, and how often we are right ----------


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
