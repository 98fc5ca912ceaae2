"""All that happened with one client on one line, newest first, a page at a time."""

import re
from datetime import timedelta

import pytest

from coach_portal.core.models import Client, Coach
from coach_portal.core.services.people import clients, notes
from coach_portal.core.services.progress import by_hand, goals
from tests.core.services.test_preparation import meet
from tests.web import history


@pytest.fixture
def week(database, cast, now):
    """A week of Ruth's: a goal, texts, a win by hand, a note, a session, a pause, an alert."""
    with database.session() as session:
        alice, ruth = session.get_one(Coach, cast.alice), session.get_one(Client, cast.ruth)
        squats = history.goal(session, cast.ruth, now - timedelta(days=7))
        text = history.text_from(session, cast.ruth, "did 3!", now - timedelta(days=6), {"wins": [], "acts": ["win"]})
        history.win(session, squats, (now - timedelta(days=6)).date(), now, 3, text)
        told = {"goal_id": None, "amount": None, "on": (now - timedelta(days=5)).date(), "title": "called my sister"}
        by_hand.log(session, alice, ruth, told, now - timedelta(days=5))
        notes.add(session, alice, ruth, "She moves in May", now - timedelta(days=4))
        meet(session, cast.ruth, cast.alice, now - timedelta(days=3))
        clients.pause_client(session, alice, ruth, now + timedelta(days=2), now - timedelta(days=2))
        history.alert(session, cast.ruth, "wants_answer", now - timedelta(days=1))
        goals.retire_goal(session, alice, squats, now)


ALL = [
    "Goal retired",
    "wants an answer",
    "A pause",
    "Session, 45",
    "She moves",
    "called my sister",
    "did 3!",
    "Goal agreed",
]
ALONE = {
    "texts": ["did 3!"],
    "wins": ["Goal retired", "called my sister", "Goal agreed"],
    "notes": ["She moves"],
    "agreements": ["wants an answer", "A pause", "Session, 45"],
    "nonsense": ALL,
}


def on_the_line(alice, address):
    """What a timeline tells, without what stands above it."""
    told = alice.get(address).text
    return told[told.index("Agreements") :]


def test_everything_stands_in_its_order(alice, ruth, week):
    told = on_the_line(alice, f"{ruth}/timeline")
    places = [told.index(words) for words in ALL]
    assert places == sorted(places)


def test_one_kind_can_be_seen_alone(alice, ruth, week):
    for show, words in ALONE.items():
        told = on_the_line(alice, f"{ruth}/timeline?show={show}")
        assert [each for each in ALL if each in told] == [each for each in ALL if each in words], show


def test_wins_told_by_text_stand_among_the_wins_with_the_way_to_their_text(alice, ruth, week):
    page = alice.get(f"{ruth}/timeline?show=wins")
    (correct,) = page.all("a", **{"aria-label": "Correct 3 squats"})
    assert "/texts/" in correct.attributes["href"]


def test_pages_follow_one_another_without_a_gap(alice, ruth, cast, database, now):
    with database.session() as session:
        for place in range(95):
            history.text_from(session, cast.ruth, f"text-{place:03}.", now - timedelta(hours=100 - place))
    seen, path = [], f"{ruth}/timeline?show=texts"
    while path:
        page = alice.get(path)
        seen += re.findall(r"text-(\d{3})\.", page.text)
        (path,) = [a.attributes["href"] for a in page.all("a") if "before=" in a.attributes.get("href", "")] or [None]
    assert seen == [f"{place:03}" for place in reversed(range(95))]


def test_a_moment_that_is_none_shows_the_newest(alice, ruth, week):
    for before in ("yesterday", "2026-11-18", "", "2026-11-18T10:00:00"):
        assert "Goal retired" in alice.get(f"{ruth}/timeline?before={before}").text


def test_a_win_logged_by_hand_is_corrected_from_here_and_back(alice, ruth, week):
    page = alice.get(f"{ruth}/timeline")
    (edit,) = [a.attributes["href"] for a in page.all("a", **{"aria-label": "Correct called my sister"})]
    back, *_ = alice.get(edit).all("input", name="next")
    told = {"goal_id": "", "title": "called my mother", "on": "2026-11-18", "next": back.attributes["value"]}
    answer = alice.post(edit, told, page=edit)
    assert answer.location.endswith("/timeline?show=all")
    assert "called my mother" in alice.get(f"{ruth}/timeline").text


def test_it_is_sent_again_only_when_something_changed(alice, ruth, week, database, cast, now):
    first = alice.ask("GET", f"{ruth}/timeline/live")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert alice.ask("GET", f"{ruth}/timeline/live", headers=tag).status_code == 304
    with database.session() as session:
        history.text_from(session, cast.ruth, "back again", now)
    assert "back again" in alice.ask("GET", f"{ruth}/timeline/live", headers=tag).text


def test_two_years_take_as_many_statements_as_a_week(alice, ruth, week, cast, database, now, statements):
    alice.get(f"{ruth}/timeline")
    few = len(statements)
    with database.session() as session:
        for back in range(200):
            history.text_from(session, cast.ruth, "did 3", now - timedelta(days=back))
            history.alert(session, cast.ruth, "wants_answer", now - timedelta(days=back))
    statements.clear()
    alice.get(f"{ruth}/timeline")
    assert len(statements) <= few
