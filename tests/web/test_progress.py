"""A client's goals over weeks: calendar, strength and amounts, each readable as a table too."""

from datetime import timedelta

import pytest

from coach_portal.core.models import Goal, tables
from tests.rows import change
from tests.web import history


@pytest.fixture
def squats(database, cast, now):
    """Ruth's squats for five weeks: 3 on most days, every fourth day missed."""
    began = now - timedelta(days=35)
    with database.session() as session:
        of = history.goal(session, cast.ruth, began)
        for back in range(35):
            day = (now - timedelta(days=back)).date()
            if back % 4 == 1:
                history.miss(session, of, day, now)
            else:
                history.win(session, of, day, now, 3 + back % 3)
        return of.id


def test_calendar_strength_and_amounts_say_what_they_show(alice, ruth, squats):
    page = alice.get(f"{ruth}/progress")
    said = [svg.attributes["aria-label"] for svg in page.all("svg", role="img")]
    assert said[0] == "Done on 26 of 35 days, day by day"
    assert said[1].startswith("Strength week by week, from ")
    assert said[2] == "Squats on a day, averaged by week, beside what was agreed"


def test_the_table_holds_the_days_and_the_figures(alice, ruth, squats):
    page = alice.get(f"{ruth}/progress")
    cells = page.text[page.text.index("Week of") :]
    assert "16 Nov" in cells
    assert "partly" in cells
    assert "missed" in cells


def test_periods_are_offered_as_far_as_there_is_something_to_see(alice, ruth, squats, database, now):
    assert "Half a year" not in alice.get(f"{ruth}/progress").text
    change(database, tables.goal, squats, created_at=now - timedelta(days=700))
    page = alice.get(f"{ruth}/progress?weeks=104")
    assert "Two years" in page.text
    assert page.all("a", **{"aria-current": "true", "href": f"{ruth}/progress?weeks=104"})


def test_a_period_there_is_not_shows_the_one_that_fits(alice, ruth, squats):
    for weeks in ("7", "x", "-1", "9" * 20):
        assert "Done on 26 of 35 days" in alice.get(f"{ruth}/progress?weeks={weeks}").text


def test_a_goal_without_amounts_has_no_chart_of_them(alice, ruth, cast, database, now):
    with database.session() as session:
        of = history.goal(session, cast.ruth, now - timedelta(days=20), amount=None)
        for back in range(20):
            history.win(session, of, (now - timedelta(days=back)).date(), now)
    assert "averaged by week" not in alice.get(f"{ruth}/progress").text


def test_who_has_no_goal_yet_is_shown_the_one_thing_to_do(alice, ruth):
    assert "Agree the first goal" in alice.get(f"{ruth}/progress").text


def test_it_is_sent_again_only_when_something_changed(alice, ruth, squats, database, now):
    first = alice.ask("GET", f"{ruth}/progress/live")
    again = alice.ask("GET", f"{ruth}/progress/live", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    with database.session() as session:
        history.win(session, session.get_one(Goal, squats), now.date(), now, 9)
    then = alice.ask("GET", f"{ruth}/progress/live", headers={"If-None-Match": first.headers["ETag"]})
    assert then.status_code == 200


def test_two_years_take_as_many_statements_as_five_weeks(alice, ruth, squats, database, cast, now, statements):
    alice.get(f"{ruth}/progress")
    few = len(statements)
    with database.session() as session:
        for name in ("pages", "lines"):
            of = history.goal(session, cast.ruth, now - timedelta(days=730), title=name)
            for back in range(0, 730, 3):
                history.win(session, of, (now - timedelta(days=back)).date(), now, 5)
    statements.clear()
    alice.get(f"{ruth}/progress?weeks=104")
    assert len(statements) <= few
