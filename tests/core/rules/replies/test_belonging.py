"""What an answer, an amount or a day belongs to when the text names nothing."""

from datetime import date, datetime

import pytest

from tests.core.rules.replies.asking import EVENING, heard, missed, won


@pytest.mark.parametrize("text", ["phoned my gran", "baked bread", "posted the parcel"])
def test_a_deed_told_to_the_open_question_is_not_the_only_goal(text: str) -> None:
    assert won(heard(text, "Take the stairs", prompt="wins")) == [(None, None)]


def test_a_bare_done_is_the_only_goal() -> None:
    assert won(heard("did it!", "Take the stairs", prompt="wins")) == [(0, None)]


@pytest.mark.parametrize(
    ("text", "goal", "amount"),
    [
        ("4 flights, the escalator was broken", "Take the stairs", 4),
        ("12 pages, then the kindle died on me", "Read", 12),
        ("5, then gave up", "Call 8 leads", 5),
    ],
)
def test_an_amount_that_opens_the_answer_was_done(text: str, goal: str, amount: float) -> None:
    assert won(heard(text, goal)) == [(0, amount)]


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("closed it on time", "Close the shop by 6"),
        ("bottled ten", "Bottle the jam"),
        ("shelved", "Shelve the books"),
    ],
)
def test_a_goals_own_word_is_no_miss(text: str, goal: str) -> None:
    assert not missed(heard(text, goal))


@pytest.mark.parametrize(
    ("text", "goals", "locale"),
    [
        ("walked, inbox still full", ("Walk", "Clear the inbox"), "en"),
        ("journal written, bag still unpacked", ("Journal", "Unpack the bag"), "en"),
        ("caminé, la cama sigue sin hacer", ("Caminar", "Hacer la cama"), "es"),
    ],
)
def test_what_is_still_as_it_was_is_a_miss(text: str, goals: tuple[str, ...], locale: str) -> None:
    found = heard(text, *goals, locale=locale)
    assert (won(found), missed(found)) == ([(0, None)], [1])


@pytest.mark.parametrize(
    ("text", "goals", "won_goal", "amount", "locale"),
    [
        ("did 4!", ("Journal", "6 lunges"), 1, 4, "en"),
        ("managed 15 minutes", ("Floss", "Practise piano 30 minutes"), 1, 15, "en"),
        ("hice 7", ("8 flexiones", "Diario"), 0, 7, "es"),
        ("leí 20 minutos", ("Leer 30 minutos", "Meditar"), 0, 20, "es"),
    ],
)
def test_an_amount_belongs_to_the_goal_that_counts_so(
    text: str, goals: tuple[str, ...], won_goal: int, amount: float, locale: str
) -> None:
    assert won(heard(text, *goals, locale=locale)) == [(won_goal, amount)]


@pytest.mark.parametrize("text", ["can I change the walk to 10 minutes?", "could we make it 15 minutes instead?"])
def test_an_amount_asked_for_was_not_done(text: str) -> None:
    found = heard(text, "Walk 20 minutes", "Read")
    assert found.acts == {"message"}


@pytest.mark.parametrize("text", ["yesterday too", "Tuesday as well", "ayer también"])
def test_a_day_alone_is_of_all_that_was_asked(text: str) -> None:
    found = heard(text, "Stretch", "Walk", locale="es" if "ayer" in text else "en")
    assert {(win.goal, win.on) for win in found.wins} == {(0, date(2026, 3, 3)), (1, date(2026, 3, 3))}


def test_so_much_on_such_days_is_the_only_goal_though_nothing_was_asked() -> None:
    found = heard("did 10 yesterday and 20 today", "Read 20 pages", prompt="none")
    assert {(win.amount, win.on.day) for win in found.wins} == {(10, 3), (20, 4)}
    assert not heard("10 and 20", "Floss", prompt="none").wins


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("not now, later", None),
        ("not right now, at 9", datetime.fromisoformat("2026-03-04T21:00")),
        ("not now, before bed", datetime.fromisoformat("2026-03-04T20:00")),
        ("ahora no, luego", None),
    ],
)
def test_not_now_puts_off(text: str, until: datetime | None) -> None:
    found = heard(text, "Stretch", locale="es" if "luego" in text else "en", at=EVENING)
    assert found.acts == {"snooze"}
    assert found.until == until


def test_no_amount_is_beyond_what_anyone_does() -> None:
    assert won(heard("did 99999999999999999999999", "5 squats")) == [(0, None)]
