"""A client's weeks: the picture behind its link, and the page their coach reads."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from coach_portal.core.models import tables
from coach_portal.core.services.week import digests
from tests import rows
from tests.factories import make_goal, make_schedule

SUNDAY = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


@pytest.fixture
def sunday(database, cast, now):
    """Ruth did her squats on Wednesday; her week has come back. Answers its row."""
    goal = make_goal(database, cast)
    make_schedule(database, cast, "18:00", kind="reflection", days="7")
    with database.transaction() as connection:
        win = {"practice_id": 1, "client_id": cast.ruth, "goal_id": goal, "local_date": now.date(), "source": "text"}
        connection.execute(insert(tables.win).values(**win, recorded_at=now))
    with database.transaction() as connection:
        digests.plan_digests(connection, SUNDAY, "https://portal.example.com")
    return rows.row(database, tables.digest)


@pytest.fixture
def link(sunday):
    """Where the picture is opened."""
    return f"/w/{sunday.picture_token}"


def test_whoever_has_the_link_sees_the_picture_and_it_is_kept_nowhere(visitor, link):
    answer = visitor.ask("GET", link)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_carrier_may_ask_first_what_it_is(visitor, link):
    answer = visitor.ask("HEAD", link)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", b"")


def test_it_is_drawn_once(visitor, link, app):
    first = visitor.ask("GET", link).data
    (kept,) = (app.extensions["portal"].settings.data_dir / "files" / "weeks").iterdir()
    kept.write_bytes(b"as it was kept")
    assert (first != b"as it was kept", visitor.ask("GET", link).data) == (True, b"as it was kept")


def test_after_five_weeks_it_opens_nothing(visitor, link, clock):
    clock.move_to(SUNDAY + timedelta(days=35))
    assert visitor.ask("GET", link).status_code == 404


def test_a_guess_opens_what_a_missing_page_opens(visitor, link):
    missing = visitor.ask("GET", "/clients/../w/none")
    for guess in (f"{link}x", "/w/", "/w/None", "/w/%00", "/w/a.png"):
        answer = visitor.ask("GET", guess)
        assert (answer.status_code, answer.text) == (404, missing.text)


def test_the_coach_reads_the_week_and_the_answer(alice, ruth, sunday, database, cast, now):
    with database.transaction() as connection:
        answer = {"practice_id": sunday.practice_id, "client_id": cast.ruth, "digest_id": sunday.id}
        words = {"question": sunday.question, "body": "the kettle starts everything", "local_date": now.date()}
        connection.execute(insert(tables.reflection).values(**answer, **words, recorded_at=now))
    page = alice.get(f"{ruth}/weeks")
    assert "One question of 1 answered" in page.text
    assert "the kettle starts everything" in page.text
    assert sunday.question in page.text


def test_the_coach_sees_the_picture_without_the_link(alice, ruth, sunday):
    assert alice.ask("GET", f"{ruth}/weeks/{sunday.id}.png").data.startswith(b"\x89PNG")


def test_another_practice_sees_neither(charlie, ruth, sunday):
    for path in (f"{ruth}/weeks", f"{ruth}/weeks/{sunday.id}.png"):
        assert charlie.ask("GET", path).status_code == 404


def test_another_practices_client_is_no_way_to_a_picture(charlie, sunday):
    charlie.post("/clients/new", {"name": "Eli", "phone": "+16175550112", "timezone": "UTC", "locale": "en"})
    assert charlie.ask("GET", f"/clients/2/weeks/{sunday.id}.png").status_code == 404


def test_a_link_that_was_closed_opens_nothing(alice, visitor, ruth, sunday, link):
    alice.post(f"{ruth}/weeks/{sunday.id}/close", page=f"{ruth}/weeks")
    assert visitor.ask("GET", link).status_code == 404
    assert "link opens nothing any more" in alice.get(f"{ruth}/weeks").text


def test_before_the_first_week_the_page_says_what_will_be_here(alice, ruth):
    page = alice.get(f"{ruth}/weeks")
    assert "first week has not come back yet" in page.text
    assert "What will be here" in page.text
