"""What was done and what was not, for which goal, how much of it, and on which day."""

from datetime import date, datetime

import pytest

from tests.core.rules.replies.asking import EVENING, heard, missed, won


@pytest.mark.parametrize(
    "text", ["yes", "yep", "done!", "did it", "👍", "1", "Y", "sí", "hecho", "sorted", "nailed it", "yesss"]
)
def test_a_bare_yes_wins_the_goal_asked_about(text: str) -> None:
    assert won(heard(text, "Floss")) == [(0, None)]


@pytest.mark.parametrize(
    "text", ["no", "nope", "nah", "forgot", "👎", "didn't get round to it", "skipped it", "se me olvidó", "hoy no"]
)
def test_a_bare_no_misses_the_goal_asked_about(text: str) -> None:
    assert missed(heard(text, "Floss")) == [0]


@pytest.mark.parametrize(
    ("text", "wins", "misses"),
    [
        ("both", [0, 1, 2], []),
        ("all of them", [0, 1, 2], []),
        ("none", [], [0, 1, 2]),
        ("all but the walk", [1, 2], [0]),
        ("everything except reading", [0, 2], [1]),
        ("1 and 3", [0, 2], []),
        ("1 and 3, rest no", [0, 2], [1]),
        ("only the second one", [1], [0, 2]),
        ("the first two", [0, 1], []),
        ("Y N Y", [0, 2], [1]),
        ("yes yes no", [0, 1], [2]),
        ("✅✅❌", [0, 1], [2]),
        ("walked and read, no journal", [0, 1], [2]),
        ("did the walk, skipped reading", [0], [1]),
        ("walk: yes. book: no. journal: yes", [0, 2], [1]),
        ("todo menos el diario", [0, 1], [2]),
    ],
    ids=str,
)
def test_scope_reaches_the_goals_it_means(text: str, wins: list[int], misses: list[int]) -> None:
    locale = "es" if text.startswith("todo") else "en"
    found = heard(text, "Walk 20 minutes", "Read 10 pages", "Journal", locale=locale)
    assert ([goal for goal, _ in won(found)], missed(found)) == (wins, misses)


@pytest.mark.parametrize(
    ("text", "goal", "amount"),
    [
        ("only did 3 of the 5", "5 squats", 3),
        ("half an hour", "Walk 20 minutes", 30),
        ("an hour and a half!", "Study 45 minutes", 90),
        ("three glasses", "Drink 8 glasses of water", 3),
        ("8", "Drink 8 glasses of water", 8),
        ("a couple", "Text 3 friends", 2),
        ("a dozen", "20 flyers", 12),
        ("twenty five minutes on the bike", "Bike 30 minutes", 25),
        ("10,340", "10,000 steps", 10340),
        ("eight and a half thousand", "10,000 steps", 8500),
        ("7/10", "Learn 10 flashcards", 7),
        ("12 pages. Sorry, 21", "Read 10 pages", 21),
        ("litro y medio", "Beber 2 litros de agua", 1.5),
        ("done at 7", "Walk 20 minutes", None),
        ("day 12 and still clean", "No sugar", None),
    ],
    ids=str,
)
def test_an_amount_is_what_was_done_of_the_thing(text: str, goal: str, amount: float | None) -> None:
    locale = "es" if "litro" in text else "en"
    assert won(heard(text, goal, locale=locale)) == [(0, amount)]


@pytest.mark.parametrize(
    ("text", "wins", "misses"),
    [
        ("did it yesterday", [date(2026, 3, 3)], []),
        ("did it last night", [date(2026, 3, 3)], []),
        ("yesterday yes, today no", [date(2026, 3, 3)], [0]),
        ("missed yesterday but did it today", [date(2026, 3, 4)], []),
        ("did it on Monday", [date(2026, 3, 2)], []),
        ("yesterday and today", [date(2026, 3, 3), date(2026, 3, 4)], []),
        ("ayer sí, hoy no", [date(2026, 3, 3)], [0]),
    ],
    ids=str,
)
def test_a_win_counts_for_the_day_it_was_done(text: str, wins: list[date], misses: list[int]) -> None:
    found = heard(text, "Stretch", locale="es" if "ayer" in text else "en")
    assert (sorted(win.on for win in found.wins), missed(found)) == (wins, misses)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("nope, not once", True),
        ("not a drop", True),
        ("slipped and had one, so no", False),
        ("no", False),
        ("held out!", True),
    ],
)
def test_leaving_something_alone_is_won_by_not_doing_it(text: str, done: bool) -> None:
    assert bool(heard(text, "No alcohol on weekdays").wins) == done


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("rang four of them", "Contact 3 leads"),
        ("hit the hay early", "In bed by 11"),
        ("went for a jog", "Run 3 km"),
        ("ate my greens", "Veg with dinner"),
        ("phoned mam", "Call mum"),
        ("dishes are done", "Wash up before bed"),
        ("salí a trotar", "Correr 20 minutos"),
    ],
)
def test_a_goal_is_known_by_what_people_say(text: str, goal: str) -> None:
    found = heard(text, "Solve a crossword", goal, prompt="wins", locale="es" if "trotar" in text else "en")
    assert [one for one, _ in won(found)] == [1]


def test_every_thing_told_to_the_open_question_is_a_win() -> None:
    found = heard("fixed the tap, called my aunt and cooked a curry", "Floss", prompt="wins")
    assert won(found) == [(None, None)] * 3


def test_a_reflection_holds_no_wins() -> None:
    assert heard("I walked five days out of seven and loved it", "Walk", prompt="reflection").acts == {"reflection"}


def test_several_acts_hold_at_once() -> None:
    found = heard("did the squats, skipped journaling, can we move Thursday?", "20 squats", "Journal")
    assert found.acts == {"win", "miss", "message"}


def test_done_out_of_the_blue_counts_for_the_only_goal() -> None:
    assert won(heard("done", "Walk", prompt="none")) == [(0, None)]
    assert heard("done", "Walk", "Read", prompt="none").acts == {"chatter"}


def test_a_tapback_on_a_check_in_is_an_answer() -> None:
    assert won(heard("Liked “Did you walk today?”", "Walk")) == [(0, None)]
    assert heard("Liked “Did you walk today?”", "Walk", prompt="none").acts == {"chatter"}


def test_the_span_of_a_win_is_marked() -> None:
    text = "nope to the book, but the walk is done"
    (win,) = heard(text, "Walk", "Read").wins
    assert win.evidence is not None
    assert "walk is done" in text[win.evidence.start : win.evidence.end]


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("not yet", None),
        ("ask me in 2 hours", "21:20"),
        ("ask me at 9", "21:00"),
        ("will do it tonight", "20:00"),
        ("check back at 8:30pm", "20:30"),
        ("pregúntame a las 9", "21:00"),
    ],
)
def test_put_off_is_asked_again_at_the_moment_named(text: str, until: str | None) -> None:
    found = heard(text, "Floss", locale="es" if "pre" in text else "en")
    assert found.acts == {"snooze"}
    assert (found.until and f"{found.until:%H:%M}") == until


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("away till Monday, no check-ins please", datetime.fromisoformat("2026-03-09")),
        ("pause the texts for a week", datetime.fromisoformat("2026-03-11")),
        ("pause until the 15th please", datetime.fromisoformat("2026-03-15")),
        ("pausa los mensajes hasta el lunes", datetime.fromisoformat("2026-03-09")),
    ],
)
def test_a_pause_lasts_to_the_day_they_are_back(text: str, back: datetime) -> None:
    found = heard(text, "Walk", "Read", prompt="none", locale="es" if "pausa " in text else "en")
    assert (found.acts, found.until) == ({"pause"}, back)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("undo that please", "undo"),
        ("what's my streak?", "status"),
        ("how am I doing this week?", "status"),
        ("I'm back, you can start the check-ins again", "resume"),
        ("can we move Thursday's call?", "message"),
        ("my mum died on Saturday", "message"),
        ("thanks so much x", "chatter"),
        ("Your verification code is 123456", "chatter"),
        ("borra eso", "undo"),
        ("¿cómo voy?", "status"),
    ],
)
def test_one_thing_asked_is_one_act(text: str, act: str) -> None:
    locale = "es" if text.startswith(("borra", "¿")) else "en"
    assert heard(text, "Walk", "Read", prompt="none", locale=locale).acts == {act}


def test_nothing_is_recorded_for_an_empty_text() -> None:
    assert heard("", "Walk", at=EVENING).acts == {"chatter"}


@pytest.mark.parametrize(
    ("text", "goal", "done"),
    [
        ("asleep by 10:45", "Bed by 11", True),
        ("more like 1am", "Bed by 11", False),
        ("got out at 7pm", "Leave work by 6", False),
        ("up at 7", "Up by 8", True),
    ],
)
def test_a_clock_time_answers_a_goal_with_an_hour(text: str, goal: str, done: bool) -> None:
    assert bool(heard(text, goal).wins) == done
