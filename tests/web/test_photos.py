"""The photos that a client sent, in the conversation, for those who may see the client."""

import pytest

from coach_portal.core.models import tables
from tests.photos import opened, photo
from tests.rows import row
from tests.web import history
from tests.web.things import photo_of


@pytest.fixture
def sent(app, cast, database, now):
    """Ruth sent a photo without a word; its ids."""
    files = app.extensions["portal"].files
    for name in ("photos/1/1-a.jpg", "photos/1/1-a-small.jpg"):
        files.put(name, photo(), "image/jpeg")
    with database.session() as session:
        history.goal(session, cast.ruth, now)
        message = history.text_from(session, cast.ruth, "", now, {"acts": ["message"]})
        return photo_of(session, message).id, message.id


def test_it_stands_in_the_conversation(alice, ruth, sent):
    page = alice.get(ruth)
    (shown,) = [image for image in page.all("img") if "/photos/" in image.attributes["src"]]
    assert shown.attributes["src"] == f"{ruth}/photos/{sent[0]}.jpg?size=small"
    assert shown.attributes["alt"] == "Photo from Ruth, 8:30"
    assert "“”" not in page.text


def test_it_opens_in_full_and_small_and_no_cache_keeps_it(alice, ruth, sent):
    for query in ("", "?size=small"):
        answer = alice.ask("GET", f"{ruth}/photos/{sent[0]}.jpg{query}")
        assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/jpeg", "no-store")
        assert opened(answer.data).size == (640, 480)


def test_another_practice_gets_what_a_missing_photo_gets(alice, charlie, ruth, sent):
    theirs = charlie.ask("GET", f"{ruth}/photos/{sent[0]}.jpg")
    assert (theirs.status_code, theirs.text) == (404, charlie.ask("GET", f"{ruth}/photos/999.jpg").text)


def test_a_colleague_whose_client_it_is_not_does_not_see_it(alice, ruth, sent, database, cast):
    with database.transaction() as connection:
        connection.execute(tables.coach_client.delete())
        connection.execute(tables.coach.update().where(tables.coach.c.id == cast.alice).values(role="coach"))
    assert alice.ask("GET", f"{ruth}/photos/{sent[0]}.jpg").status_code == 404


def test_its_address_under_another_client_opens_nothing(alice, sent):
    assert alice.ask("GET", f"/clients/999/photos/{sent[0]}.jpg").status_code == 404


def test_one_that_waits_or_was_refused_is_said_in_words(alice, ruth, sent, database):
    with database.transaction() as connection:
        connection.execute(tables.photo.update().values(state="refused", reason="too_large"))
    assert "A photo came that is too large." in alice.get(ruth).text
    assert alice.ask("GET", f"{ruth}/photos/{sent[0]}.jpg").status_code == 404


def test_a_photo_becomes_a_win(alice, ruth, sent, database):
    page = f"{ruth}/texts/{sent[1]}"
    assert "Make it a win" in alice.get(ruth).text
    assert alice.get(page).all("img", alt="Photo from Ruth, 8:30")
    goal = row(database, tables.goal).id
    form = {"goal-0": str(goal), "state-0": "done", "amount-0": "", "on-0": "2026-11-18", "title-0": ""}
    assert alice.post(page, form, page=page).status_code == 303
    assert row(database, tables.win).message_id == sent[1]
    assert "Make it a win" not in alice.get(ruth).text
