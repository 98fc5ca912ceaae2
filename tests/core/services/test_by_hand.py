"""Wins that a coach writes down: for today or a day gone by, put right, taken back and put back."""

from datetime import date, timedelta

import pytest

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Client, Coach, Goal, tables
from coach_portal.core.services.progress import by_hand
from tests.rows import row, rows
from tests.web import history

TODAY = date(2026, 11, 18)


@pytest.fixture
def desk(database, cast, now):
    """Alice's desk, with Ruth's squats on it."""
    with database.session() as session:
        history.goal(session, cast.ruth, now - timedelta(days=30))
    return Desk(database, cast, now)


class Desk:
    """Alice writes down what Ruth did."""

    def __init__(self, database, cast, now):
        self.database, self.cast, self.now = database, cast, now
        self.goal = row(database, tables.goal).id

    def log(self, on=TODAY, amount=5.0, **more):
        """Log a win, of her squats unless told otherwise; answers its id."""
        told = {"goal_id": self.goal, "amount": amount, "on": on, "title": None} | more
        with self.database.session() as session:
            alice, ruth = session.get_one(Coach, self.cast.alice), session.get_one(Client, self.cast.ruth)
            return by_hand.log(session, alice, ruth, told, self.now).id

    def act(self, what, win_id, *given, undone=False):
        """Do something about a win."""
        with self.database.session() as session:
            alice, ruth = session.get_one(Coach, self.cast.alice), session.get_one(Client, self.cast.ruth)
            what(session, alice, by_hand.win_of(session, ruth, win_id, undone=undone), *given, self.now)

    def ask(self, on):
        """Ruth was asked about her squats."""
        with self.database.session() as session:
            history.asked(session, session.get_one(Goal, self.goal), on, self.now)
        with self.database.transaction() as connection:
            connection.execute(tables.check_in.update().values(open_goal_ids=[self.goal]))

    def question(self):
        """The question's state."""
        return row(self.database, tables.check_in).state


def test_a_win_of_last_week_is_on_record_for_its_day(desk):
    desk.log(on=TODAY - timedelta(days=7), amount=3)
    win = row(desk.database, tables.win)
    assert (win.local_date, win.amount, win.source) == (TODAY - timedelta(days=7), 3, "coach")


def test_a_win_outside_the_goals_is_kept_in_words(desk):
    desk.log(goal_id=None, amount=None, title="called my sister")
    assert row(desk.database, tables.win).title == "called my sister"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"on": TODAY - timedelta(days=400)}, "on"),
        ({"goal_id": None}, "title"),
        ({"goal_id": 999_999}, "goal_id"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(desk, told, field):
    with pytest.raises(Invalid) as refused:
        desk.log(**told)
    assert set(refused.value.fields) == {field}


def test_the_same_thing_told_twice_is_one_win(desk):
    desk.log()
    with pytest.raises(Invalid):
        desk.log()
    assert len(rows(desk.database, tables.win)) == 1


def test_a_win_is_moved_to_the_day_it_was_done(desk):
    win_id = desk.log()
    desk.act(
        by_hand.change, win_id, {"goal_id": desk.goal, "amount": 4, "on": TODAY - timedelta(days=1), "title": None}
    )
    win = row(desk.database, tables.win)
    assert (win.local_date, win.amount) == (TODAY - timedelta(days=1), 4)


def test_a_win_taken_back_can_be_put_back(desk):
    win_id = desk.log()
    desk.act(by_hand.take_back, win_id)
    assert row(desk.database, tables.win).undone_at
    desk.act(by_hand.put_back, win_id, undone=True)
    assert row(desk.database, tables.win).undone_at is None


def test_it_is_not_put_back_beside_the_same(desk):
    win_id = desk.log()
    desk.act(by_hand.take_back, win_id)
    desk.log()
    with pytest.raises(Invalid):
        desk.act(by_hand.put_back, win_id, undone=True)


def test_what_came_by_text_is_put_right_where_the_text_is_read(desk):
    with desk.database.session() as session:
        message = history.text_from(session, desk.cast.ruth, "did 5", desk.now)
        win_id = history.win(session, session.get_one(Goal, desk.goal), TODAY, desk.now, 5, message).id
    with pytest.raises(NotFound):
        desk.act(by_hand.take_back, win_id)


def test_the_question_of_that_day_waits_no_longer_and_waits_again_once_taken_back(desk):
    desk.ask(TODAY)
    win_id = desk.log()
    assert desk.question() == "answered"
    desk.act(by_hand.take_back, win_id)
    assert desk.question() == "asked"


def test_every_step_is_on_the_trail_without_words(desk):
    desk.log(goal_id=None, amount=None, title="called my sister")
    (told,) = rows(desk.database, tables.audit_event, action="log_win")
    assert told.actor == f"coach:{desk.cast.alice}"
    assert "sister" not in str(told)
