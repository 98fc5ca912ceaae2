"""What waits is told to the coach: bundled, in their hours, by their way, without a word of what was written."""

import pytest

from coach_portal.core.models import tables
from functions import tell_coaches
from tests import webhooks
from tests.factories import make_client

ALICES, ALICE_MAIL, BOB_MAIL = "+16175550199", "alice@example.com", "bob@example.com"
QUESTION = "can we move Thursday?"
OMARS = "+16175550122"


@pytest.fixture
def staffed(story):
    """Alice may be texted."""
    story.change(tables.coach, story.cast.alice, phone=ALICES)
    return story


def prefers(story, way, **more):
    """How Alice wants to be reached."""
    story.change(tables.coach, story.cast.alice, reached_by=way, **more)


def later(story, **by):
    """Time passes, and all scheduled work is done."""
    story.wired.clock.move_on(**by)
    story.tick()


def mail(story, whom=ALICE_MAIL):
    """The emails of one person."""
    return story.wired.emails.to(whom)


def test_a_question_reaches_the_coach_by_email_after_a_little_while(story):
    story.text(QUESTION)
    later(story, minutes=9)
    assert mail(story) == []
    later(story, minutes=1)
    (letter,) = mail(story)
    assert letter.subject == "Ruth wants an answer"
    assert f"/clients/{story.cast.ruth}/write" in letter.body


def test_r25_no_word_of_theirs_and_no_number_is_in_it(staffed):
    prefers(staffed, "text")
    staffed.text(QUESTION)
    later(staffed, minutes=10)
    (told,) = staffed.phone(ALICES)
    assert "Thursday" not in told
    assert "0111" not in told


def test_two_questions_are_one_email(story):
    make_client(story.wired.database, story.cast.alice, phone=OMARS, name="Omar Haddad")
    story.text("YES", sender=OMARS)
    story.text(QUESTION)
    story.text(QUESTION, sender=OMARS)
    later(story, minutes=10)
    (letter,) = mail(story)
    assert letter.subject == "Ruth and Omar want an answer"


def test_it_is_told_once(story):
    story.text(QUESTION)
    for _ in range(4):
        later(story, hours=2)
    assert len(mail(story)) == 1


def test_bundles_keep_their_distance(story):
    story.text(QUESTION)
    later(story, minutes=10)
    story.text("and can you call me?")
    later(story, minutes=10)
    assert len(mail(story)) == 1
    later(story, minutes=50)
    assert len(mail(story)) == 2


def test_at_night_it_waits_for_the_morning(story):
    story.it_is("2026-11-18 21:30")
    story.text(QUESTION)
    later(story, hours=1)
    assert mail(story) == []
    story.it_is("2026-11-19 08:00")
    assert len(mail(story)) == 1


def test_on_a_day_off_it_waits_for_the_next(story):
    prefers(story, "email", reach_days="12345")
    story.it_is("2026-11-21 10:00")
    story.text(QUESTION)
    later(story, hours=3)
    assert mail(story) == []
    story.it_is("2026-11-23 08:00")
    assert len(mail(story)) == 1


def test_what_was_answered_meanwhile_is_not_told(story):
    story.text(QUESTION)
    story.change(tables.alert, story.row(tables.alert).id, closed_at=story.wired.clock.now())
    later(story, hours=1)
    assert mail(story) == []


def test_only_on_the_page_is_silence(story):
    prefers(story, "page")
    story.text(QUESTION)
    later(story, hours=1)
    assert mail(story) == []
    assert story.row(tables.alert).next_step_at is None


def test_a_text_names_her_leads_there_and_says_how_to_answer(staffed):
    prefers(staffed, "text")
    staffed.text(QUESTION)
    later(staffed, minutes=10)
    (told,) = staffed.phone(ALICES)
    code = staffed.row(tables.answer_code).code
    url = f"https://portal.example.com/clients/{staffed.cast.ruth}/write"
    assert told == f"Ruth wants an answer. {url} To answer by text, begin with {code}."
    assert staffed.row(tables.message, kind="coach_note").segments == 1


def test_what_a_text_cannot_reach_goes_by_email(staffed):
    prefers(staffed, "text")
    staffed.text("STOP", sender=ALICES)
    staffed.text(QUESTION)
    later(staffed, minutes=10)
    assert staffed.phone(ALICES) == []
    assert len(mail(staffed)) == 1


def test_a_phone_that_is_a_clients_is_not_texted(staffed):
    prefers(staffed, "text", phone=OMARS)
    make_client(staffed.wired.database, staffed.cast.alice, phone=OMARS, name="Omar Haddad")
    staffed.text(QUESTION)
    later(staffed, minutes=10)
    assert len(mail(staffed)) == 1


def test_two_of_the_same_first_name_are_told_apart(story):
    make_client(story.wired.database, story.cast.alice, phone=OMARS, name="Ruth Okafor")
    story.text("YES", sender=OMARS)
    story.text(QUESTION)
    story.text(QUESTION, sender=OMARS)
    later(story, minutes=10)
    assert mail(story)[0].subject == "Ruth Adeyemi and Ruth Okafor want an answer"


def test_danger_waits_for_no_hour_and_no_bundle(staffed):
    prefers(staffed, "page", reach_days="1")
    staffed.it_is("2026-11-18 23:50")
    staffed.text("I want to kill myself")
    assert len(staffed.phone(ALICES)) == 1
    assert "wants an answer" not in staffed.phone(ALICES)[0]


def test_told_twice_at_once_it_is_told_once(story):
    story.text(QUESTION)
    story.wired.clock.move_on(minutes=10)
    for _ in range(2):
        tell_coaches.handler(webhooks.event("schedule"), None)
    story.tick()
    assert len(mail(story)) == 1


def test_what_is_nobodys_is_the_owners(story):
    story.change(tables.coach, story.cast.alice, reach_every=10)
    with story.wired.database.transaction() as connection:
        connection.execute(tables.coach_client.delete())
    story.text(QUESTION)
    later(story, minutes=10)
    assert len(mail(story)) == 1


def test_each_step_is_on_the_record(story):
    story.text(QUESTION)
    later(story, minutes=10)
    (step,) = story.rows(tables.alert_step)
    assert (step.step, step.who) == ("coach_email", "Alice Moreau")
