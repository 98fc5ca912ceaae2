"""A coach answers from their own phone: to exactly the client whose code they write, and otherwise to nobody."""

import pytest

from coach_portal.core.models import tables
from tests.cast import ALICES_NUMBER, CHARLIES_NUMBER, RUTHS_PHONE
from tests.factories import make_client

ALICES, OMARS = "+16175550199", "+16175550122"
QUESTION = "can we move Thursday?"


@pytest.fixture
def asked(story):
    """Ruth asked something, and Alice was told by text."""
    story.change(tables.coach, story.cast.alice, phone=ALICES, reached_by="text", reach_every=10)
    story.text(QUESTION)
    story.wired.clock.move_on(minutes=10)
    story.tick()
    return story


def code_of(story, client_id):
    """Alice's code for a client."""
    return story.row(tables.answer_code, client_id=client_id).code


def omar_asks(story):
    """Omar asks too, and Alice is told."""
    omar = make_client(story.wired.database, story.cast.alice, phone=OMARS, name="Omar Haddad")
    story.text("YES", sender=OMARS)
    story.text("may I skip?", sender=OMARS)
    story.wired.clock.move_on(minutes=10)
    story.tick()
    return omar


def alice(story, words):
    """Alice texts from her phone."""
    return story.text(words, sender=ALICES)


def test_what_follows_the_code_goes_to_its_client_and_is_confirmed(asked):
    alice(asked, f"{code_of(asked, asked.cast.ruth)} Friday at ten works")
    assert asked.phone(RUTHS_PHONE)[-1] == "Friday at ten works"
    assert asked.phone(ALICES)[-1] == "To Ruth Adeyemi: sent."


def test_it_answers_what_waited(asked):
    alice(asked, f"{code_of(asked, asked.cast.ruth)} Friday works")
    assert asked.row(tables.alert).closed_by == asked.cast.alice


@pytest.mark.parametrize("written", ["{code}: yes", "{code} - yes", "{code}\nyes", " {code}, yes"])
def test_the_code_may_be_written_as_people_write(asked, written):
    alice(asked, written.format(code=code_of(asked, asked.cast.ruth).lower()))
    assert asked.phone(RUTHS_PHONE)[-1] == "yes"


def test_what_names_nobody_goes_to_nobody(asked):
    before = asked.phone(RUTHS_PHONE)
    alice(asked, "I am driving and will answer later")
    assert asked.phone(RUTHS_PHONE) == before
    assert f"{code_of(asked, asked.cast.ruth)} for Ruth Adeyemi" in asked.phone(ALICES)[-1]


def test_two_machines_that_answer_each_other_come_to_an_end(asked):
    texts = len(asked.phone(ALICES))
    for _ in range(5):
        alice(asked, "I am driving")
    assert len(asked.phone(ALICES)) == texts + 1


def test_the_code_alone_passes_on_what_was_just_written(asked):
    alice(asked, "Friday works")
    alice(asked, code_of(asked, asked.cast.ruth))
    assert asked.phone(RUTHS_PHONE)[-1] == "Friday works"


def test_the_code_alone_passes_on_nothing_old(asked):
    before = asked.phone(RUTHS_PHONE)
    alice(asked, "Friday works")
    asked.wired.clock.move_on(minutes=16)
    alice(asked, code_of(asked, asked.cast.ruth))
    assert asked.phone(RUTHS_PHONE) == before
    assert "What shall I tell Ruth" in asked.phone(ALICES)[-1]


def test_of_two_who_wait_each_gets_their_own(asked):
    omar = omar_asks(asked)
    alice(asked, f"{code_of(asked, omar)} of course")
    alice(asked, f"{code_of(asked, asked.cast.ruth)} Friday")
    assert (asked.phone(OMARS)[-1], asked.phone(RUTHS_PHONE)[-1]) == ("of course", "Friday")


def test_a_code_means_the_same_client_for_ever(asked):
    first = code_of(asked, asked.cast.ruth)
    asked.wired.clock.move_on(days=5)
    asked.text("and now?")
    asked.wired.clock.move_on(minutes=10)
    asked.tick()
    assert code_of(asked, asked.cast.ruth) == first


def test_a_code_that_grew_old_reaches_nobody(asked):
    before = asked.phone(RUTHS_PHONE)
    asked.wired.clock.move_on(hours=49)
    alice(asked, f"{code_of(asked, asked.cast.ruth)} hello")
    assert asked.phone(RUTHS_PHONE) == before


@pytest.mark.parametrize(
    ("sender", "to"), [("+16175550198", ALICES_NUMBER), (ALICES, CHARLIES_NUMBER)], ids=["phone", "practice"]
)
def test_the_code_opens_nothing_from_another_phone_or_to_another_practice(asked, sender, to):
    before = asked.phone(RUTHS_PHONE)
    asked.text(f"{code_of(asked, asked.cast.ruth)} hello", sender=sender, to=to)
    assert asked.phone(RUTHS_PHONE) == before


def test_a_coach_who_left_reaches_nobody(asked):
    before = asked.phone(RUTHS_PHONE)
    asked.change(tables.coach, asked.cast.alice, active=False)
    alice(asked, f"{code_of(asked, asked.cast.ruth)} hello")
    assert asked.phone(RUTHS_PHONE) == before


def test_whoever_is_no_longer_theirs_is_not_reached(asked):
    before = asked.phone(RUTHS_PHONE)
    asked.change(tables.coach, asked.cast.alice, role="coach")
    with asked.wired.database.transaction() as connection:
        connection.execute(tables.coach_client.delete())
    alice(asked, f"{code_of(asked, asked.cast.ruth)} hello")
    assert asked.phone(RUTHS_PHONE) == before
    assert "not in your care" in asked.phone(ALICES)[-1]


def test_a_client_who_said_stop_is_not_reached_and_the_coach_hears_so(asked):
    asked.text("STOP")
    before = asked.phone(RUTHS_PHONE)
    alice(asked, f"{code_of(asked, asked.cast.ruth)} please stay")
    assert asked.phone(RUTHS_PHONE) == before
    assert "opted out" in asked.phone(ALICES)[-1]


def test_at_night_it_waits_for_their_morning_and_says_so(asked):
    asked.it_is("2026-11-18 22:30")
    alice(asked, f"{code_of(asked, asked.cast.ruth)} sleep well")
    assert "sleep well" not in asked.phone(RUTHS_PHONE)
    assert asked.phone(ALICES)[-1] == "To Ruth Adeyemi: it leaves Thursday at 08:00, in their hours."
    asked.it_is("2026-11-19 08:00")
    assert asked.phone(RUTHS_PHONE)[-1] == "sleep well"


def test_a_coach_in_danger_is_answered_like_anyone(asked):
    assert "988" in alice(asked, "I want to kill myself")["body"]


def test_the_same_text_come_twice_is_passed_on_once(asked):
    words = f"{code_of(asked, asked.cast.ruth)} once"
    for _ in range(2):
        asked.text(words, sender=ALICES, sid="SM" + "e" * 32)
    assert asked.phone(RUTHS_PHONE).count("once") == 1
