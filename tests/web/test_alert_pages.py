"""One alert with all that was done about it, and what a coach can do there."""

import pytest

from coach_portal.core.models import tables

DANGER = "I want to kill myself"


@pytest.fixture
def danger(story, alice):
    """The address of the alert about Ruth."""
    story.text(DANGER)
    story.tick()
    return f"/alerts/{story.row(tables.alert).id}"


def test_it_tells_whose_words_what_was_done_and_whom_to_call(alice, danger):
    page = alice.get(danger)
    assert "Ruth may be in danger." in page.text
    assert DANGER in page.text
    for told in (
        "Ruth’s text came.",
        "The safety answer went back with the numbers to call.",
        "Every automatic text to Ruth was held.",
        "Alice Moreau was emailed.",
    ):
        assert told in page.text
    assert "988, call or text" in page.text
    assert page.all("a", href="tel:+16175550111")


def test_r20_who_says_so_has_it_in_hand_and_nobody_else_is_told(alice, danger, story):
    assert "Nobody has said so yet. The second contact is told at 8:45." in alice.get(danger).text
    assert alice.post(f"{danger}/acknowledge", page=danger).location == danger
    page = alice.get(danger)
    assert "Alice Moreau has it in hand since 8:30. Nobody else is told." in page.text
    assert "I am looking after this" not in page.text
    story.wired.clock.move_on(hours=1)
    story.tick()
    assert len(story.wired.emails.sent) == 1


def test_what_is_in_hand_stays_in_sight_until_it_is_taken_care_of(alice, danger, ruth):
    alice.post(f"{danger}/acknowledge", page=danger)
    for path in ("/", ruth):
        assert "In hand since 8:30" in alice.get(path).text
    alice.post(f"{danger}/close", page=danger)
    assert "Needs you now" not in alice.get("/").text
    assert "Alice Moreau took care of it, 8:30." in alice.get(danger).text


def test_the_trail_says_who_it_was(alice, danger, story):
    alice.post(f"{danger}/acknowledge", page=danger)
    event = story.row(tables.audit_event, action="acknowledge")
    assert (event.actor, event.subject) == (f"coach:{story.cast.alice}", f"alert:{story.row(tables.alert).id}")


def test_two_practices_see_nothing_of_each_others_alerts(charlie, danger, story):
    charlie.get(danger, status=404)
    assert charlie.post(f"{danger}/acknowledge", page="/clients/new").status_code == 404
    assert story.row(tables.alert).acknowledged_at is None


def test_an_alert_about_a_number_that_is_nobodys_is_read_too(alice, story):
    story.text(DANGER, sender="+447700900123")
    page = alice.get(f"/alerts/{story.row(tables.alert).id}")
    assert "Someone we do not know may be in danger." in page.text
    assert "116 123 (Samaritans), call; text SHOUT to 85258" in page.text


def test_the_first_page_says_who_needs_you_and_who_is_in_somebodys_hands(alice, danger):
    assert "Ruth needs you now." in alice.get("/").text
    alice.post(f"{danger}/acknowledge", page=danger)
    page = alice.get("/").text
    assert "Somebody has Ruth in hand." in page
    assert "needs you now" not in page
