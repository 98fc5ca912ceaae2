"""A client says by text how they want to be asked; it is done, confirmed in a line, shown, and can be taken back."""

import pytest

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.services import audit
from coach_portal.core.services.replies import wishes
from tests.story import local


@pytest.fixture
def asked(story):
    """Ruth is asked about her squats at nine, since Monday."""
    story.wired.clock.move_to(local("2026-11-16 08:00"))
    story.goal("5 squats", amount=5, unit="squats")
    story.schedule("09:00")
    story.it_is("2026-11-16 09:00")
    return story


def check_in(story):
    """Her check-in's schedule."""
    return story.row(tables.schedule, kind="check_in")


def questions(story):
    """How many questions reached her phone."""
    return sum(message.handed_at is not None for message in story.rows(tables.message, kind="check_in"))


def take_back(story):
    """Alice takes her last wish back."""
    wish = story.rows(tables.wish)[-1]
    with story.wired.database.session() as session:
        alice, ruth = session.get_one(Coach, story.cast.alice), session.get_one(Client, story.cast.ruth)
        wishes.undo(session, audit.by(alice), ruth, wish.id, story.wired.clock.now())


def test_only_weekdays(asked):
    asked.text("only weekdays please")
    assert asked.phone()[-1] == "Okay, only on weekdays from now on."
    assert check_in(asked).days == "12345"
    assert asked.rows(tables.win) == []
    assert asked.rows(tables.alert) == []


def test_the_week_comes_back_on_the_last_day_they_want(asked):
    asked.text("only weekdays")
    assert asked.row(tables.schedule, kind="reflection").days == "5"


def test_mornings_are_bad(asked):
    asked.text("mornings are bad")
    assert asked.phone()[-1] == "Okay, no more texts in the morning. I will ask after noon."
    assert check_in(asked).local_time == "12:30"
    assert asked.row(tables.client, id=asked.cast.ruth).texts_from == "12:00"


def test_less_is_every_other_time_and_less_again_once_a_week(asked):
    asked.text("fewer texts please")
    assert asked.phone()[-1].startswith("Okay, fewer texts: every other time")
    before = questions(asked)
    for day in range(17, 31):
        asked.it_is(f"2026-11-{day} 09:00")
        asked.text("did 5 squats")
    assert questions(asked) - before == 7
    asked.text("less")
    assert "once a week" in asked.phone()[-1]


def test_who_wants_more_is_asked_every_time(asked):
    asked.text("less please")
    asked.text("more")
    assert asked.phone()[-1] == "Okay, back to every time. LESS makes them fewer again."
    before = questions(asked)
    for day in (17, 18, 19, 20):
        asked.it_is(f"2026-11-{day} 09:00")
    assert questions(asked) - before == 4


def test_what_else_the_text_says_is_recorded(asked):
    asked.text("did 3 squats. fewer texts please")
    assert asked.row(tables.win).amount == 3
    assert "3 squats" in asked.phone()[-1]
    assert "every other time" in asked.phone()[-1]


def test_the_coach_can_take_it_back(asked):
    asked.text("evenings only")
    assert check_in(asked).local_time == "18:30"
    take_back(asked)
    assert check_in(asked).local_time == "09:00"
    assert asked.row(tables.client, id=asked.cast.ruth).texts_from is None
    with pytest.raises(NotFound):
        take_back(asked)


def test_a_client_who_writes_spanish_is_heard_too(asked):
    asked.change(tables.client, asked.cast.ruth, locale="es")
    asked.text("solo entre semana")
    assert asked.phone()[-1] == "De acuerdo, desde ahora solo entre semana."


def test_stop_is_never_taken_for_less(asked):
    asked.text("stop texting me so much")
    assert asked.row(tables.client, id=asked.cast.ruth).consent == "revoked"
    assert asked.rows(tables.wish) == []


def test_an_answer_to_the_evening_question_is_no_wish(asked):
    asked.schedule("19:00", kind="wins")
    asked.change(tables.client, asked.cast.ruth, touches_per_day=2)
    asked.it_is("2026-11-16 19:00")
    asked.text("mornings are hard")
    assert asked.rows(tables.wish) == []
