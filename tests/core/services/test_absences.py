"""A coach is away: clients hear so once, whoever covers is told instead, and danger is told to both."""

from datetime import date

import pytest

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach, tables
from coach_portal.core.services.reaching import absences
from tests.cast import RUTHS_PHONE

ALICE_MAIL, BOB_MAIL = "alice@example.com", "bob@example.com"
QUESTION = "can we move Thursday?"
WEEK_OFF = {"first_day": date(2026, 11, 18), "back_on": date(2026, 11, 30), "covered_by": None, "cover_name": None}


def go_away(story, **more):
    """Alice is away until the end of the month."""
    with story.wired.database.session() as session:
        return absences.go_away(
            session, session.get_one(Coach, story.cast.alice), WEEK_OFF | more, story.wired.clock.now()
        ).id


def mail(story, whom):
    """The emails of one person."""
    return story.wired.emails.to(whom)


def later(story, **by):
    """Time passes, and all scheduled work is done."""
    story.wired.clock.move_on(**by)
    story.tick()


def test_a_client_who_asks_hears_who_covers(story):
    go_away(story, covered_by=story.cast.bob)
    story.text(QUESTION)
    assert story.phone()[-1] == "I have passed that on to Bob. Alice is away until November 30; Bob stands in."


def test_they_hear_it_once(story):
    go_away(story, covered_by=story.cast.bob)
    for _ in range(2):
        story.text(QUESTION)
    assert story.phone()[-1] == "I have passed that on to Bob."


def test_where_nobody_covers_it_says_when_the_coach_reads(story):
    go_away(story)
    story.text(QUESTION)
    assert story.phone()[-1] == "I have passed that on to Alice. Alice is away until November 30 and reads it then."


def test_somebody_outside_is_named(story):
    go_away(story, cover_name="Dana Reyes")
    story.text(QUESTION)
    assert "Dana Reyes stands in" in story.phone()[-1]


def test_in_spanish_too(story):
    story.change(tables.client, story.cast.ruth, locale="es")
    go_away(story, covered_by=story.cast.bob)
    story.text("¿podemos cambiar el jueves?")
    assert story.phone()[-1] == ("Se lo paso a Bob. Alice vuelve el 30 de noviembre; mientras tanto te atiende Bob.")


def test_a_report_is_answered_as_ever(story):
    story.goal()
    go_away(story, covered_by=story.cast.bob)
    story.text("did 3 squats")
    assert "away" not in story.phone()[-1]


def test_a_new_absence_is_told_anew(story):
    go_away(story)
    story.text(QUESTION)
    go_away(story)
    story.text(QUESTION)
    assert "away until" in story.phone()[-1]


def test_whoever_covers_is_told_in_the_coachs_place(story):
    go_away(story, covered_by=story.cast.bob)
    story.text(QUESTION)
    later(story, minutes=10)
    assert mail(story, ALICE_MAIL) == []
    (letter,) = mail(story, BOB_MAIL)
    assert letter.body.startswith("You stand in for Alice Moreau.")


def test_where_nobody_covers_it_waits_until_the_coach_is_back(story):
    go_away(story)
    story.text(QUESTION)
    later(story, days=3)
    assert mail(story, ALICE_MAIL) == []
    story.it_is("2026-11-30 08:00")
    assert len(mail(story, ALICE_MAIL)) == 1


def test_back_early_they_are_told_what_waited(story):
    go_away(story)
    story.text(QUESTION)
    later(story, hours=1)
    with story.wired.database.session() as session:
        absences.come_back(session, session.get_one(Coach, story.cast.alice), story.wired.clock.now())
    later(story, minutes=1)
    assert len(mail(story, ALICE_MAIL)) == 1


def test_danger_is_told_to_the_coach_and_to_whoever_covers(story):
    go_away(story, covered_by=story.cast.bob)
    story.text("I want to kill myself")
    story.tick()
    assert len(mail(story, ALICE_MAIL)) == len(mail(story, BOB_MAIL)) == 1
    assert "away" not in " ".join(story.phone(RUTHS_PHONE))


def test_what_may_be_worrying_is_read_by_whoever_covers_too(story):
    go_away(story, covered_by=story.cast.bob)
    story.text("there is no point any more")
    later(story, minutes=10)
    assert any(letter.subject.startswith("To read soon") for letter in mail(story, BOB_MAIL))
    assert any(letter.subject.startswith("To read soon") for letter in mail(story, ALICE_MAIL))


def test_a_cover_who_left_covers_nobody(story):
    go_away(story, covered_by=story.cast.bob)
    story.change(tables.coach, story.cast.bob, active=False)
    story.text(QUESTION)
    later(story, minutes=10)
    assert "Bob" not in story.phone()[-1]
    assert mail(story, BOB_MAIL) == []


@pytest.mark.parametrize("who", ["charlie", "alice"])
def test_nobody_of_another_practice_and_not_oneself_may_cover(story, who):
    with pytest.raises(Invalid):
        go_away(story, covered_by=getattr(story.cast, who))


def test_an_absence_that_ends_before_it_begins_is_none(story):
    with pytest.raises(Invalid):
        go_away(story, back_on=date(2026, 11, 18))
