"""A client's own page: what stands on it, what can be chosen, and that nobody else's address opens it."""

import json
import re
from datetime import timedelta

import pytest

from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.services.people import clients, notes, own_pages
from tests.cast import ELI
from tests.rows import row, rows
from tests.web import history
from tests.web.things import things_of


@pytest.fixture
def link(database, cast, now):
    """Where Ruth's page stands, as she was sent it; three days of squats lie behind her."""
    with database.session() as session:
        of = history.goal(session, cast.ruth, now - timedelta(days=30))
        for back in (1, 2, 3):
            said = history.text_from(session, cast.ruth, "did 5", now - timedelta(days=back))
            history.win(session, of, (now - timedelta(days=back)).date(), now, 5, said)
        alice, ruth = session.get_one(Coach, cast.alice), session.get_one(Client, cast.ruth)
        own_pages.send(session, alice, ruth, "https://portal.example.com", now)
        return f"/me/{ruth.page_token}"


def choose(visitor, link, what, **chosen):
    """Send one of its forms, as a browser without cookies does."""
    return visitor.ask("POST", f"{link}/{what}", data=chosen)


def test_her_goals_wins_and_calendar_stand_on_it(visitor, link):
    page = visitor.get(link)
    assert "Ruth, that is 3 small wins in two weeks" in page.text
    assert page.all("svg", role="img")
    assert visitor.ask("GET", link).headers["X-Robots-Tag"] == "noindex"
    assert visitor.ask("GET", link).headers["Referrer-Policy"] == "no-referrer"


def test_nothing_of_the_practice_stands_on_it(visitor, link, database, cast, now):
    with database.session() as session:
        alice, ruth = session.get_one(Coach, cast.alice), session.get_one(Client, cast.ruth)
        notes.add(session, alice, ruth, "Martin and the move", now)
        danger = history.text_from(session, cast.ruth, "I cannot go on", now, {"risk": "explicit"})
        history.alert(session, cast.ruth, "risk", now, danger)
    for told in (visitor.get(link).html, visitor.ask("GET", f"{link}/data.json").text):
        assert "Martin" not in told
    assert "cannot go on" not in visitor.get(link).html


def test_it_speaks_spanish(visitor, link, database, cast):
    with database.session() as session:
        session.get_one(Client, cast.ruth).locale = "es"
    html = visitor.ask("GET", link).text
    assert '<html lang="es">' in html
    assert "Tus metas" in html
    assert "Your goals" not in html


def test_another_address_opens_nothing(visitor, link):
    assert visitor.ask("GET", link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 404
    page = visitor.get("/me/nobodys", status=404)
    assert "Text MY PAGE" in page.text
    assert "MI PAGINA" in page.text


def test_nothing_changes_at_a_closed_address(visitor, link, database):
    choose(visitor, link, "close")
    before = row(database, tables.client)
    for what in ("hours", "pace", "language", "pause", "resume", "undo", "close"):
        chosen = {"pace": "half", "locale": "es", "days": "7", "wish": "1"}
        assert choose(visitor, link, what, **chosen).status_code == 404, what
    assert row(database, tables.client) == before


def test_she_is_asked_less_and_her_coach_can_take_it_back(visitor, alice, ruth, link, database):
    assert choose(visitor, link, "pace", pace="half").status_code == 303
    assert row(database, tables.client).pace == "half"
    page = alice.get(ruth)
    assert "Every other time." in page.text
    assert "Ruth chose it on their own page today." in page.text


def test_what_she_chose_is_undone_with_one_click(visitor, link, database):
    choose(visitor, link, "pace", pace="weekly")
    assert "Undo" in visitor.get(link).text
    choose(visitor, link, "undo", wish=str(row(database, tables.wish).id))
    assert row(database, tables.client).pace is None


def test_her_hours_hold_and_move_what_is_asked_outside_them(visitor, link, database):
    choose(visitor, link, "hours", texts_from="10:00", texts_until="17:00")
    client = row(database, tables.client)
    assert (client.texts_from, client.texts_until) == ("10:00", "17:00")
    assert row(database, tables.schedule, kind="reflection").local_time == "10:00"


def test_hours_that_are_none_are_refused_with_what_was_there(visitor, link, database):
    answer = choose(visitor, link, "hours", texts_from="18:00", texts_until="09:00")
    assert answer.status_code == 422
    assert "Choose an hour that is later than the first." in answer.text
    assert row(database, tables.client).texts_from is None


def test_she_takes_a_week_off_and_comes_back(visitor, link, database, now):
    choose(visitor, link, "pause", days="7")
    until = row(database, tables.client).paused_until
    assert timedelta(days=6) < until - now < timedelta(days=7)
    assert "You are on a break until 25 November." in visitor.get(link).text
    choose(visitor, link, "resume")
    assert row(database, tables.client).paused_until is None


def test_she_agrees_to_calls_in_the_words_that_she_reads(visitor, alice, ruth, link, database):
    terms = visitor.get(link).text
    choose(visitor, link, "way", way="call")
    line = rows(database, tables.consent, channel="call")[-1]
    assert (line.event, line.method, line.version) == ("granted", "web", "calls-page-1")
    assert line.wording in terms
    assert "artificial voice" in line.wording
    assert {each.channel for each in rows(database, tables.schedule) if each.kind != "reflection"} <= {"call"}


def test_she_wants_texts_again_and_no_calls(visitor, link, database):
    for way in ("call", "text"):
        choose(visitor, link, "way", way=way)
    line = rows(database, tables.consent, channel="call")[-1]
    assert (line.event, line.method) == ("revoked", "web")
    assert row(database, tables.client).calls == "revoked"
    assert row(database, tables.client).consent == "granted"


def test_she_changes_the_language(visitor, link, database):
    choose(visitor, link, "language", locale="es")
    assert row(database, tables.client).locale == "es"
    assert choose(visitor, link, "language", locale="xx").status_code == 400


def test_stop_leads_to_the_one_button(visitor, link):
    (stop,) = [a.attributes["href"] for a in visitor.get(link).all("a") if "/stop/" in a.attributes.get("href", "")]
    assert "Stop all texts from Moreau Coaching?" in visitor.get(stop).text


def test_she_closes_it_herself(visitor, link):
    assert "This page is closed" in choose(visitor, link, "close").text
    visitor.get(link, status=404)


def test_her_data_is_a_file_with_what_she_told_and_was_sent(visitor, link):
    answer = visitor.ask("GET", f"{link}/data.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    told = json.loads(answer.text)
    assert told["you"]["name"] == "Ruth Adeyemi"
    assert {"goals", "wins", "misses", "reflections", "texts", "consents", "pauses"} <= told.keys()
    assert {win["goal"] for win in told["wins"]} >= {"5 squats"}
    assert any(text["direction"] == "in" for text in told["texts"])


def test_her_coach_sends_it_anew_and_closes_it(visitor, alice, ruth, link, database, queue):
    alice.post(f"{ruth}/page", page=ruth)
    newest = rows(database, tables.message, kind="by_hand")[-1]
    assert queue.message_ids == [newest.id]
    newer = re.search(r"https://portal\.example\.com(/me/[\w-]+)", newest.body)[1]
    visitor.get(link, status=404)
    visitor.get(newer)
    alice.post(f"{ruth}/page/close", page=ruth)
    visitor.get(newer, status=404)


def test_a_picture_of_someone_elses_week_is_not_hers(visitor, link, cast, database, now):
    with database.session() as session:
        alice = session.get_one(Coach, cast.alice)
        eli, _ = clients.add_client(session, alice, ELI, now)
        hers, his = (things_of(session, whose, now)["digest_id"] for whose in (cast.ruth, eli.id))
    assert visitor.ask("GET", f"{link}/weeks/{hers}.png").mimetype == "image/png"
    assert visitor.ask("GET", f"{link}/weeks/{his}.png").status_code == 404


def test_a_stranger_sends_and_closes_no_page(charlie, ruth, link, visitor):
    token = charlie.token("/clients/new")
    for act in ("page", "page/close"):
        assert charlie.ask("POST", f"{ruth}/{act}", data={"csrf_token": token}).status_code == 404
    visitor.get(link)


def test_as_many_statements_for_two_years_as_for_a_month(visitor, link, database, cast, now, statements):
    visitor.get(link)
    few = len(statements)
    with database.session() as session:
        of = history.goal(session, cast.ruth, now - timedelta(days=730), title="A page")
        for back in range(0, 730, 2):
            history.win(session, of, (now - timedelta(days=back)).date(), now)
    statements.clear()
    visitor.get(link)
    assert len(statements) <= few
