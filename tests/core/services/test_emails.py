"""Emails leave 0 or 1 times; one that someone's safety hangs on, at least once."""

from datetime import timedelta

import pytest

from coach_portal.core.errors import EmailError, EmailOutcomeUnknown
from coach_portal.core.models import tables
from coach_portal.core.services.sending import emails
from tests.fakes import Crash


@pytest.fixture
def write(story):
    """Write an email to Alice."""

    def plan(kind="notice"):
        practice_id = story.row(tables.client).practice_id
        with story.wired.database.transaction() as connection:
            return emails.plan(
                connection,
                practice_id=practice_id,
                kind=kind,
                to="alice@example.com",
                subject="Something\nwaits",
                body="Open the portal.",
                now=story.wired.clock.now(),
            )

    return plan


def test_it_leaves_once(story, write):
    write()
    story.tick()
    story.tick()
    (letter,) = story.wired.emails.sent
    assert (letter.to, letter.subject, letter.body) == ("alice@example.com", "Something waits", "Open the portal.")
    assert story.row(tables.email).state == "sent"


def test_one_refused_for_now_is_tried_again_after_a_while(story, write):
    write()
    story.wired.emails.refusing = EmailError("451", permanent=False)
    story.tick()
    assert (story.row(tables.email).state, story.row(tables.email).error) == ("planned", "451")
    story.wired.emails.refusing = None
    story.tick()
    assert story.wired.emails.sent == []
    story.wired.clock.move_on(minutes=1)
    story.tick()
    assert len(story.wired.emails.sent) == 1


def test_one_refused_for_good_is_not_tried_again(story, write):
    write()
    story.wired.emails.refusing = EmailError("550", permanent=True)
    story.tick()
    assert (story.row(tables.email).state, story.row(tables.email).error) == ("failed", "550")


def test_one_that_may_have_left_is_not_sent_twice(story, write):
    write()
    story.wired.emails.breaking_off = EmailOutcomeUnknown("ReadTimeout")
    for _ in range(3):
        story.tick()
        story.wired.clock.move_on(hours=1)
    assert len(story.wired.emails.sent) == 1
    assert story.row(tables.email).state == "unknown"


def test_an_alert_that_may_have_left_is_sent_again(story, write):
    write("alert")
    story.wired.emails.breaking_off = EmailOutcomeUnknown("ReadTimeout")
    story.tick()
    story.wired.emails.breaking_off = None
    story.wired.clock.move_on(minutes=1)
    story.tick()
    assert len(story.wired.emails.sent) == 2
    assert story.row(tables.email).state == "sent"


def test_a_crash_during_the_call_repeats_an_alert_and_nothing_else(story, write):
    write("alert")
    story.wired.emails.breaking_off = Crash()
    story.tick()
    write("notice")
    story.tick()
    story.wired.emails.breaking_off = None
    for _ in range(3):
        story.wired.clock.move_on(minutes=3)
        story.tick()
    assert [email.state for email in story.rows(tables.email)] == ["sent", "unknown"]


def test_a_day_late_it_is_dropped_and_an_alert_is_not(story, write):
    write("alert")
    write("notice")
    story.wired.emails.refusing = EmailError("451", permanent=False)
    story.tick()
    story.wired.clock.move_on(hours=24)
    story.tick()
    assert [email.state for email in story.rows(tables.email)] == ["planned", "failed"]
    story.wired.emails.refusing = None
    story.wired.clock.move_on(hours=1)
    story.tick()
    assert [email.state for email in story.rows(tables.email)] == ["sent", "failed"]


def test_two_passes_at_once_send_it_once(story, write):
    email_id = write()
    wired, now = story.wired, story.wired.clock.now()
    assert emails.send(wired.database, wired.emails, wired.links, email_id, now, now)
    assert not emails.send(wired.database, wired.emails, wired.links, email_id, now, now)
    assert len(wired.emails.sent) == 1


def test_one_that_we_choke_on_holds_nobody_back(story, write):
    write()
    story.wired.emails.breaking_off = RuntimeError("never seen before")
    story.tick()
    story.wired.emails.breaking_off = None
    write()
    story.tick()
    assert [email.state for email in story.rows(tables.email)] == ["sending", "sent"]


def test_the_pauses_between_tries_grow_to_a_quarter_of_an_hour(story, write):
    write("alert")
    story.wired.emails.refusing = EmailError("451", permanent=False)
    waits = []
    for _ in range(7):
        at = story.row(tables.email).send_after
        story.wired.clock.move_to(at)
        story.tick()
        waits.append((story.row(tables.email).send_after - at) // timedelta(minutes=1))
    assert waits == [1, 2, 5, 10, 15, 15, 15]
