"""A client's own version: sent by a click, in their language, nothing in it that they did not do, say or agree."""

import re
from datetime import timedelta

import pytest

from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.rules.preparation import own
from coach_portal.core.rules.sms_text import segments
from coach_portal.core.services.preparing import commitments
from tests.core.services.test_preparation import lived, meet
from tests.rows import row, rows
from tests.web import history


@pytest.fixture
def address(database, cast, now):
    """The preparation of Ruth's next session; last time they agreed something."""
    with database.session() as session:
        lived(session, cast)
        last = meet(session, cast.ruth, cast.alice, now - timedelta(days=14))
        commitments.add(session, session.get_one(Coach, cast.alice), cast.ruth, last, "Squats before coffee", None, now)
        history.text_from(session, cast.ruth, "I cannot go on like this any more", now, {"risk": "explicit"})
        appointment_id = meet(session, cast.ruth, cast.alice, now + timedelta(days=2))
    return f"/clients/{cast.ruth}/appointments/{appointment_id}/preparation"


@pytest.fixture
def link(alice, address, database):
    """Where Ruth's own version stands, as she was sent it."""
    assert alice.post(f"{address}/own-version", page=address).status_code == 303
    (sent,) = rows(database, tables.message, kind="by_hand")
    return re.search(r"https://portal\.example\.com(/before/[\w-]+)", sent.body)[1]


def test_it_is_one_text_in_the_hours_with_the_moment_of_the_session(link, database, queue):
    (sent,) = rows(database, tables.message, kind="by_hand")
    assert sent.body.startswith("Ruth, before we talk on Friday at 8:30 am: your wins")
    assert queue.take_all() == [sent.id]


def test_it_shows_wins_words_and_what_was_agreed(visitor, link):
    page = visitor.get(link)
    assert "Before we talk on Friday at 8:30 am" in page.text
    assert "5 squats, on 12 days" in page.text
    assert "my daughter counted along out loud" in page.text
    assert "Squats before coffee" in page.text


def test_no_miss_no_inference_and_no_danger_stand_in_it(visitor, link):
    page = visitor.get(link)
    for words in ("forgot", "before.", "Much as", "I do not know", "cannot go on", "miss", "Adeyemi"):
        assert words not in page.text


def test_it_is_for_its_holder_alone_and_for_a_while(visitor, link, clock, now):
    answer = visitor.ask("GET", link)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert visitor.ask("GET", link[:-2]).status_code == 404
    clock.move_to(now + timedelta(days=9))
    assert visitor.ask("GET", link).status_code == 404


def test_its_coach_can_close_it_and_a_new_link_closes_the_old(alice, visitor, address, link):
    alice.post(f"{address}/own-version", page=address)
    assert visitor.ask("GET", link).status_code == 404
    alice.post(f"{address}/own-version/close", page=address)
    assert "Send it to Ruth" in alice.get(address).text


def test_a_session_called_off_closes_it(alice, visitor, address, link, ruth):
    alice.post(f"{address.removesuffix('/preparation')}/cancel", page=ruth)
    assert visitor.ask("GET", link).status_code == 404


def test_who_has_not_agreed_to_texts_is_sent_nothing(alice, address, database, cast):
    token = alice.token(address)
    with database.session() as session:
        session.get_one(Client, cast.ruth).consent = "revoked"
    answer = alice.ask("POST", f"{address}/own-version", data={"csrf_token": token})
    assert answer.status_code == 422
    assert rows(database, tables.message, kind="by_hand") == []


def test_a_text_that_waits_for_an_answer_still_waits(alice, address, database, cast, now):
    with database.session() as session:
        history.alert(session, cast.ruth, "wants_answer", now)
    alice.post(f"{address}/own-version", page=address)
    assert row(database, tables.alert).closed_at is None


def test_it_speaks_spanish(alice, visitor, address, database, cast):
    with database.session() as session:
        session.get_one(Client, cast.ruth).locale = "es"
    alice.post(f"{address}/own-version", page=address)
    (sent,) = rows(database, tables.message, kind="by_hand")
    assert sent.body.startswith("Ruth, antes de hablar el viernes a las 8:30: tus logros")
    answer = visitor.ask("GET", re.search(r"/before/[\w-]+", sent.body)[0])
    assert '<html lang="es">' in answer.text
    assert "5 squats, 12 días" in answer.text


@pytest.mark.parametrize("locale", ["en", "es"])
def test_the_text_is_one_segment(locale, now):
    url = f"https://portal.example.com/before/{'x' * 24}"
    starts = (now + timedelta(days=2)).replace(tzinfo=None)
    body = own.text(client="Ruth", coach="Alice", starts=starts, today=now.date(), locale=locale, url=url)
    assert segments(body).count == 1, body
