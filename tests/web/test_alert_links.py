"""What an alert's link opens for who does not sign in: little before they take it on, and nothing for anyone else."""

import pytest
from sqlalchemy import insert

from coach_portal.core.models import tables
from coach_portal.core.rules.links import SECOND, Links
from tests.cast import NOW

BASE = "https://portal.example.com"


@pytest.fixture
def danger(story):
    """Ruth texted of danger, and Beth is the second contact."""
    practice_id = story.row(tables.client).practice_id
    with story.wired.database.transaction() as connection:
        beth = {"name": "Beth Ames", "phone": "+16175550198", "email": None, "changed_at": NOW}
        connection.execute(insert(tables.second_contact), {"practice_id": practice_id, **beth})
    story.text("I want to kill myself")
    return story.row(tables.alert)


@pytest.fixture
def links(settings):
    """What makes the links."""
    return Links("", settings.secret_key)


@pytest.fixture
def beths(danger, links):
    """The address in the text to Beth."""
    return links.alert(danger.id, danger.created_at, SECOND, NOW)


def test_r20_a_press_on_the_links_button_acknowledges_without_signing_in(visitor, beths, story):
    page = visitor.get(beths)
    assert "I am looking after this" in page.text
    assert visitor.ask("POST", beths).location == beths
    alert = story.row(tables.alert)
    assert (alert.acknowledged_by, alert.next_step_at) == ("second_contact", None)
    assert story.row(tables.audit_event, action="acknowledge").actor == "second_contact"
    assert story.rows(tables.alert_step)[-1].who == "Beth Ames"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whoever_only_looks_acknowledges_nothing(visitor, beths, story, method):
    for _ in range(3):
        assert visitor.ask(method, beths).status_code == 200
    assert story.row(tables.alert).acknowledged_at is None


def test_the_number_shows_to_whoever_takes_it_on_and_the_words_to_nobody(visitor, beths):
    before = visitor.get(beths)
    assert "Ruth" in before.text
    assert "555" not in before.text
    visitor.ask("POST", beths)
    after = visitor.get(beths)
    assert "You have this in hand." in after.text
    assert after.all("a", href="tel:+16175550111")
    assert "kill" not in before.text + after.text


def test_the_coachs_own_link_names_the_coach(visitor, danger, links, story):
    mine = links.alert(danger.id, danger.created_at, f"c{story.cast.alice}", NOW)
    assert "Moreau Coaching, for Alice Moreau" in visitor.get(mine).text
    visitor.ask("POST", mine)
    assert story.row(tables.alert).acknowledged_by == f"coach:{story.cast.alice}"


def test_who_comes_second_is_told_who_has_it(visitor, danger, links, beths, story):
    visitor.ask("POST", links.alert(danger.id, danger.created_at, f"c{story.cast.alice}", NOW))
    page = visitor.get(beths)
    assert "Alice Moreau has this in hand." in page.text
    visitor.ask("POST", beths)
    assert story.row(tables.alert).acknowledged_by == f"coach:{story.cast.alice}"


def test_after_it_is_taken_care_of_nothing_more_is_shown(visitor, alice, danger, beths):
    alice.post(f"/alerts/{danger.id}/close", page=f"/alerts/{danger.id}")
    page = visitor.get(beths)
    assert "This is taken care of." in page.text
    assert "555" not in page.text
    assert "Ruth" not in page.text


def test_a_link_ends_after_three_days(visitor, beths, clock, story):
    clock.move_on(days=3, hours=1)
    visitor.get(beths, status=410)
    assert visitor.ask("POST", beths).status_code == 410
    assert story.row(tables.alert).acknowledged_at is None


@pytest.mark.parametrize("change", [lambda url: url[:-1], lambda url: url.replace("/a/1.", "/a/2."), lambda _: "/a/x"])
def test_a_link_that_was_changed_opens_nothing(visitor, beths, change):
    visitor.get(change(beths), status=410)


def test_a_link_for_a_second_contact_who_was_removed_opens_nothing(visitor, alice, beths):
    alice.post("/practice/safety/second-contact/remove", page="/practice/safety")
    visitor.get(beths, status=410)


def test_a_link_for_a_coach_who_left_or_of_another_practice_opens_nothing(visitor, danger, links, story):
    charlies = links.alert(danger.id, danger.created_at, f"c{story.cast.charlie}", NOW)
    visitor.get(charlies, status=410)
    story.change(tables.coach, story.cast.alice, active=False)
    visitor.get(links.alert(danger.id, danger.created_at, f"c{story.cast.alice}", NOW), status=410)
