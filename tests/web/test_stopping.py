"""Opting out on the web: by a link of one's own, or by writing down one's number (R4)."""

import pytest

from coach_portal.core.models import tables
from coach_portal.core.rules.links import Links
from tests.cast import NOW, RUTHS_PHONE
from tests.factories import make_client

STOP = "/stop"


@pytest.fixture
def link(settings, cast):
    """Ruth's own link."""
    return Links("", settings.secret_key).stop(cast.ruth, NOW)


def test_r4_one_press_on_their_own_link_stops_every_text_without_signing_in(visitor, link, story):
    page = visitor.get(link)
    assert "Stop all texts from Moreau Coaching?" in page.text
    answer = visitor.ask("POST", link)
    assert "You are opted out." in answer.text
    line = story.rows(tables.consent)[-1]
    assert (line.event, line.method, line.version) == ("revoked", "web", "stop-page-1")
    assert "ends in 11" in line.wording
    story.message("How are you?")
    story.send()
    assert story.phone() == []


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_r4_looking_at_the_link_stops_nothing(visitor, link, story, method):
    for _ in range(3):
        assert visitor.ask(method, link).status_code == 200
    assert story.row(tables.client).consent == "granted"


def test_the_link_shows_no_name_and_no_number(visitor, link):
    page = visitor.get(link)
    assert "Ruth" not in page.text
    assert "555" not in page.text


def test_pressing_again_adds_no_line(visitor, link, story):
    for _ in range(3):
        visitor.ask("POST", link)
    assert [line.event for line in story.rows(tables.consent)] == ["invited", "granted", "revoked"]


def test_only_start_leads_back_after_it(visitor, link, story):
    visitor.ask("POST", link)
    story.text("YES")
    assert story.row(tables.client).consent == "revoked"
    story.text("START")
    assert story.row(tables.client).consent == "granted"


@pytest.mark.parametrize("change", [lambda url: url[:-1], lambda url: url.replace("/stop/1.", "/stop/2.")])
def test_a_link_that_was_changed_stops_nobody(visitor, link, story, change):
    visitor.get(change(link), status=404)
    assert visitor.ask("POST", change(link)).status_code == 404
    assert story.row(tables.client).consent == "granted"


def test_in_spanish_it_is_in_spanish(visitor, link, story):
    story.change(tables.client, story.cast.ruth, locale="es")
    page = visitor.get(link)
    assert "¿Parar todos los mensajes de Moreau Coaching?" in page.text
    assert page.all("div", lang="es")


def test_r4_a_number_written_down_stops_every_practice_that_texts_it(visitor, story, database, queue):
    make_client(database, story.cast.charlie)
    assert visitor.post(STOP, {"phone": "+1 617 555 0111"}).status_code == 200
    assert {client.consent for client in story.rows(tables.client)} == {"revoked"}
    assert len(story.rows(tables.suppression)) == 2
    story.wired.queue.put(queue.take_all())
    story.send()
    texts = story.phone(RUTHS_PHONE)
    assert len(texts) == 2
    assert all("you are opted out" in text for text in texts)


def test_the_answer_is_the_same_whether_we_know_the_number(visitor):
    known, unknown = (visitor.post(STOP, {"phone": phone}).text for phone in (RUTHS_PHONE, "+16175550166"))
    assert known == unknown


def test_r6_a_number_written_down_twice_is_confirmed_once(visitor, story, queue):
    for _ in range(2):
        visitor.post(STOP, {"phone": RUTHS_PHONE})
    assert len(queue.take_all()) == 1


def test_what_is_no_number_is_told_at_the_field(visitor):
    answer = visitor.post(STOP, {"phone": "12"})
    assert answer.status_code == 422
    assert 'id="phone-error"' in answer.text


def test_nobody_goes_through_numbers(visitor, story):
    for place in range(10):
        visitor.post(STOP, {"phone": f"+1617555{2000 + place}"})
    assert visitor.post(STOP, {"phone": RUTHS_PHONE}).status_code == 429
    assert story.row(tables.client).consent == "granted"
