"""The one person who sees how a client's week went: agreed by both, in numbers only, ended by any of the three."""

import pytest

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.services.people import supporters
from functions import send_digests
from tests import webhooks
from tests.cast import CHARLIES_NUMBER, RUTHS_PHONE
from tests.story import local

ANA = "+16175550155"
SUNDAY, MONDAY = "2026-11-22", "2026-11-23"


@pytest.fixture
def propose(story):
    """Alice asks Ruth whether someone may see her weeks."""

    def ask(phone=ANA, name="Ana"):
        with story.wired.database.session() as session:
            coach, client = session.get_one(Coach, story.cast.alice), session.get_one(Client, story.cast.ruth)
            data = {"name": name, "phone": phone, "locale": "en"}
            story.wired.queue.put(supporters.propose(session, coach, client, data, story.wired.clock.now()))
        story.send()

    return ask


@pytest.fixture
def agreed(story, propose):
    """Ruth and Ana have both said yes."""
    propose()
    story.text("Yes")
    story.text("YES", sender=ANA)


def events(story):
    """What the ledger says of it: purpose, event and whose phone."""
    lines = story.rows(tables.consent)
    return [(line.purpose, line.event, line.phone) for line in lines if line.purpose != "check_in"]


def test_the_client_is_asked_first_and_nothing_goes_to_the_supporter(story, propose):
    propose()
    assert "May Ana get a short text each week" in story.phone()[-1]
    assert story.phone(ANA) == []


def test_after_the_clients_yes_the_supporter_is_asked(story, propose):
    propose()
    story.text("Yes!")
    assert "Ana is asked now" in story.phone()[-1]
    assert "Ruth would like you to see how their week went" in story.phone(ANA)[-1]


def test_every_step_is_in_the_ledger(story, agreed):
    assert events(story) == [
        ("share", "invited", RUTHS_PHONE),
        ("share", "granted", RUTHS_PHONE),
        ("supporter", "invited", ANA),
        ("supporter", "granted", ANA),
    ]
    assert story.row(tables.client).consent == "granted"


def test_a_no_from_either_ends_it(story, propose):
    propose()
    story.text("no thanks")
    assert "Ana gets nothing" in story.phone()[-1]
    propose()
    story.text("yes")
    story.text("No", sender=ANA)
    assert {one.ended_by for one in story.rows(tables.supporter)} == {"client", "supporter"}
    assert [event for _, event, _ in events(story)].count("declined") == 2


def test_a_yes_to_another_question_is_no_yes_to_this(story, propose):
    propose()
    story.goal("5 squats")
    story.schedule("12:00")
    story.it_is("2026-11-18 12:00")
    story.text("yes")
    assert story.row(tables.supporter).shared_at is None
    assert len(story.rows(tables.win)) == 1


def test_a_yes_to_this_reports_nothing(story, propose):
    story.goal("5 squats")
    story.schedule("08:31")
    story.it_is("2026-11-18 08:31")
    propose()
    story.text("yes")
    assert story.rows(tables.win) == []


def test_the_week_goes_out_in_numbers_only(story, agreed):
    story.goal("cut down drinking")
    story.text("did cut down drinking, my hands shook less today")
    story.it_is(f"{SUNDAY} 18:00")
    (week,) = [body for body in story.phone(ANA) if "Ruth's week:" in body]
    assert "1 of 5 days done" in week
    assert "drinking" not in week
    assert "hands" not in week


def test_nobody_is_told_of_a_fine_week_while_its_client_may_be_in_danger(story, agreed):
    story.goal("cut down drinking")
    story.text("did cut down drinking")
    story.text("I want to kill myself")
    story.it_is(f"{SUNDAY} 18:00")
    assert [body for body in story.phone(ANA) if "week:" in body] == []


@pytest.mark.parametrize("said", [(), ("Yes",)])
def test_before_both_have_agreed_nothing_goes_out(story, propose, said):
    propose()
    for body in said:
        story.text(body)
    before = len(story.phone(ANA))
    story.it_is(f"{SUNDAY} 18:00")
    assert len(story.phone(ANA)) == before


def test_a_line_back_comes_with_the_next_check_in(story, agreed):
    story.goal("5 squats")
    story.schedule("09:00")
    story.text("So proud of you, sis", sender=ANA)
    assert "Ruth gets your line with the next check-in" in story.phone(ANA)[-1]
    story.it_is(f"{MONDAY} 09:00")
    assert story.phone()[-1].startswith('Ana wrote to you: "So proud of you, sis". ')
    story.it_is("2026-11-24 09:00")
    assert "Ana wrote" not in story.phone()[-1]


def test_the_newest_of_two_lines_is_given(story, agreed):
    story.goal("5 squats")
    story.schedule("09:00")
    for body in ("Go on", "I saw you run today"):
        story.text(body, sender=ANA)
    story.it_is(f"{MONDAY} 09:00")
    assert 'Ana wrote to you: "I saw you run today".' in story.phone()[-1]


def test_a_line_that_tells_of_danger_is_screened_and_not_given(story, agreed):
    story.goal("5 squats")
    story.schedule("09:00")
    story.text("I want to kill myself", sender=ANA)
    assert story.row(tables.alert).kind == "risk"
    story.it_is(f"{MONDAY} 09:00")
    assert "wrote to you" not in story.phone()[-1]


def test_stop_works_for_the_supporter_and_not_for_the_client(story, agreed):
    story.text("STOP", sender=ANA)
    told = len(story.phone(ANA))
    story.it_is(f"{SUNDAY} 18:00")
    assert len(story.phone(ANA)) == told
    assert story.row(tables.supporter).ended_by == "supporter"
    assert story.row(tables.suppression).phone == ANA
    assert story.row(tables.client).consent == "granted"


def test_help_works_for_the_supporter(story, propose):
    propose()
    story.text("yes")
    story.text("HELP", sender=ANA)
    assert "Moreau Coaching" in story.phone(ANA)[-1]


def test_the_client_ends_it_by_text(story, agreed):
    story.text("end sharing")
    assert "Ana gets no more of your weeks" in story.phone()[-1]
    told = len(story.phone(ANA))
    story.it_is(f"{SUNDAY} 18:00")
    assert len(story.phone(ANA)) == told
    assert story.row(tables.client).consent == "granted"


def test_the_coach_ends_it(story, agreed):
    with story.wired.database.session() as session:
        coach, client = session.get_one(Coach, story.cast.alice), session.get_one(Client, story.cast.ruth)
        supporters.end(session, coach, client, story.wired.clock.now())
    told = len(story.phone(ANA))
    story.it_is(f"{SUNDAY} 18:00")
    assert len(story.phone(ANA)) == told
    assert events(story)[-1][:2] == ("share", "revoked")


def test_what_was_planned_before_the_end_is_not_sent_after_it(story, agreed):
    story.wired.clock.move_to(local(f"{SUNDAY} 18:00"))
    send_digests.handler(webhooks.event("schedule"), None)
    story.text("STOP", sender=ANA)
    assert story.row(tables.message, kind="supporter_week").state == "not_sent"


def test_a_client_names_someone_by_text(story):
    story.text("share Ana 617 555 0155")
    assert "Ana is asked now" in story.phone()[-1]
    assert len(story.phone(ANA)) == 1
    assert story.row(tables.supporter).shared_at is not None


def test_a_number_that_cannot_be_read_is_said_so(story):
    story.text("share Ana 555 01")
    assert "share Ana +16175550123" in story.phone()[-1]
    assert story.rows(tables.supporter) == []


def test_a_clients_number_is_nobodys_supporter(propose):
    with pytest.raises(Invalid):
        propose(RUTHS_PHONE)


def test_who_asked_us_to_stop_is_not_asked(story, propose):
    story.text("STOP", sender=ANA)
    with pytest.raises(Invalid):
        propose()


def test_one_supporter_at_a_time(propose, agreed):
    with pytest.raises(Invalid):
        propose("+16175550156", "Ben")


def test_to_another_practice_they_are_a_stranger(story, agreed):
    story.text("Go Ruth", sender=ANA, to=CHARLIES_NUMBER)
    assert story.rows(tables.supporter_line) == []
