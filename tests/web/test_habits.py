"""What a coach sees of a habit: its strength, its streak, and that a pause or a growing goal costs nothing."""

from datetime import timedelta

from coach_portal.core.models import Client, Coach, Goal, Win
from coach_portal.core.services.moments import pauses
from coach_portal.core.services.progress import goals
from tests.web import history
from tests.web.test_reading import TODAY

WEEKS = timedelta(days=28)


def kept(session, cast, now, *, days, **changes):
    """A goal of Ruth's that began four weeks ago, asked about every day and done on the days so far back."""
    of = history.goal(session, cast.ruth, now - WEEKS, **changes)
    for back in range(1, 29):
        history.asked(session, of, TODAY - timedelta(days=back), now)
        if back in days:
            history.win(session, of, TODAY - timedelta(days=back), now, 5)
    return of


def test_strength_and_streak_stand_beside_the_fortnight(alice, ruth, cast, database, now):
    with database.session() as session:
        kept(session, cast, now, days=set(range(1, 29)) - {4})
    page = alice.get(ruth)
    assert "12 of 13 days" in page.text
    assert "Strength 69. 27 days running, one freeze spent." in page.text
    assert "Strength week by week:" in page.html


def test_a_goal_by_the_week_tells_this_week(alice, ruth, cast, database, now):
    with database.session() as session:
        kept(session, cast, now, days={1, 2, 8, 9, 15, 16, 22, 23, 25}, cadence="2_per_week", amount=None)
    assert "2 of 2 this week. 5 weeks running." in alice.get(ruth).text


def test_a_goal_that_grows_keeps_what_it_had(alice, ruth, cast, database, now):
    with database.session() as session:
        goal_id = kept(session, cast, now, days=set(range(1, 29))).id
    assert "Strength 72. 28 days running." in alice.get(ruth).text
    with database.session() as session:
        of, coach = session.get_one(Goal, goal_id), session.get_one(Coach, cast.alice)
        goals.edit_goal(session, coach, of, {"amount": 8, "title": "8 squats"}, now)
    after = alice.get(ruth).text
    assert "8 squats" in after
    assert "Strength 72. 28 days running." in after


def test_days_on_a_pause_are_dashes_for_ever(alice, ruth, cast, database, now):
    with database.session() as session:
        kept(session, cast, now, days=set(range(4, 29)))
        client = session.get_one(Client, cast.ruth)
        pauses.begin(session.connection(), client.practice_id, client.id, None, now - timedelta(days=3))
        pauses.end(session.connection(), client.id, now)
    page = alice.get(ruth)
    assert "25 days running." in page.text
    assert page.html.count('data-kind="paused"') == 3


def test_wins_outside_the_goals_are_shown_and_counted_as_much(alice, ruth, cast, database, now):
    with database.session() as session:
        of = kept(session, cast, now, days={5})
        own = {"practice_id": of.practice_id, "client_id": of.client_id, "source": "text", "recorded_at": now}
        for title, back in (("rang my mum", 1), ("cooked", 1), ("fixed the gate", 2)):
            session.add(Win(goal_id=None, title=title, local_date=TODAY - timedelta(days=back), **own))
    page = alice.get(ruth)
    assert "Three wins" in page.text
    assert "fixed the gate" in page.text
    assert "3 of 13" in alice.get("/clients").text
