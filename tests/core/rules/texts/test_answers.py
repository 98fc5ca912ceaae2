"""What a client gets back."""

import re
from collections import Counter
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.replies.understanding import Act, Evidence, Miss, Understanding, Win
from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts import GoalWords, Tally
from tests.core.rules.texts.answering import FRIDAY, JOURNAL, SQUATS, WALK, YESTERDAY, reply, understood, win
from tests.core.rules.texts.speaking import LOCALES, VARIANTS, at


def test_it_says_what_was_recorded_and_that_the_rest_can_wait():
    said = understood("win miss", [win(SQUATS, 3), win(WALK)], [JOURNAL])
    assert reply(said) == "Logged: 3 squats and Walk after lunch. Journal can wait."


def test_it_says_so_in_the_clients_language():
    goals = (GoalWords("5 sentadillas", amount=5), GoalWords("Ir a caminar"))
    said = understood("win", [win(0, 3), win(1)])
    assert reply(said, "es-MX", goals) == "Anotado: 3 sentadillas e Ir a caminar. Eso cuenta."


def test_a_good_run_is_told_by_their_own_record():
    assert reply(understood("win", [win(SQUATS)]), lately={SQUATS: Tally(4, 5)}) == (
        "Logged: 5 squats. That makes 4 of the last 5 days."
    )


@pytest.mark.parametrize("tally", [Tally(2, 14), Tally(6, 14), Tally(1, 1)])
def test_a_thin_record_is_not_held_up(tally):
    assert "of the last" not in reply(understood("win", [win(SQUATS)]), lately={SQUATS: tally})


def test_a_record_is_told_for_todays_win_only():
    said = understood("win", [win(SQUATS, on=YESTERDAY)])
    assert "of the last" not in reply(said, lately={SQUATS: Tally(9, 14)})


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (YESTERDAY, "for yesterday"),
        (date(2026, 11, 16), "for Monday"),
        (date(2026, 11, 13), "for November 13"),
    ],
)
def test_a_win_on_another_day_says_so(on, words):
    assert reply(understood("win", [win(SQUATS, on=on)])).startswith(f"Logged: 5 squats {words}.")


def test_a_day_that_all_wins_share_is_said_once():
    said = understood("win", [win(SQUATS, on=YESTERDAY), win(WALK, on=YESTERDAY)])
    assert reply(said).startswith("Logged: 5 squats and Walk after lunch for yesterday.")


def test_the_same_thing_on_two_days_is_said_with_both():
    said = understood("win", [win(SQUATS, on=YESTERDAY), win(SQUATS), win(WALK)])
    assert reply(said).startswith("Logged: 5 squats for yesterday and for today; Walk after lunch.")


def test_a_win_outside_the_goals_keeps_its_own_words():
    text = "called my sister"
    said = understood("win", [win(None, evidence=Evidence(0, len(text))), win(SQUATS)])
    assert reply(said, text=text).startswith('Logged: "called my sister" and 5 squats.')


def test_where_those_words_are_long_or_unknown_it_is_counted():
    assert "a win of your own" in reply(understood("win", [win(None)]))
    text = "then " * 20
    said = understood("win", [win(None, evidence=Evidence(0, 99)), win(None)])
    assert "2 wins of your own" in reply(said, text=text)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("in_a_row", [1, 3])
def test_a_miss_is_named_without_guilt_and_nothing_is_celebrated(locale, variant, in_a_row):
    body = reply(understood("miss", misses=[JOURNAL]), locale, variant=variant, misses_in_a_row=in_a_row)
    assert "Journal" in body
    assert not re.search(r"Logged|That counts|in the book|adds up|Eso cuenta|Todo suma|a pity|only ", body)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("in_a_row", [1, 3])
def test_no_miss_is_answered_with_a_rule(locale, variant, in_a_row):
    body = reply(understood("miss", misses=[JOURNAL]), locale, variant=variant, misses_in_a_row=in_a_row)
    assert not re.search(r"rule|regla|must|debes", body)
    assert in_a_row == 1 or not re.search(r"counts|cuenta|never|nunca", body)


@pytest.mark.parametrize(("locale", "advice"), [("en", "never twice"), ("es", "nunca dos seguidas")])
def test_one_miss_may_be_answered_with_never_twice(locale, advice):
    said = understood("miss", misses=[JOURNAL])
    assert any(advice in reply(said, locale, variant=variant) for variant in VARIANTS)


@pytest.mark.parametrize(("locale", "step"), [("en", "Next time 2 squats will do"), ("es", "con 2 squats basta")])
def test_after_two_misses_a_smaller_step_is_offered(locale, step):
    said = understood("miss", misses=[SQUATS])
    assert any(step in reply(said, locale, variant=variant, misses_in_a_row=2) for variant in VARIANTS)


def test_a_streak_that_holds_through_a_miss_says_so_and_a_short_one_does_not():
    said = understood("miss", misses=[JOURNAL])
    assert reply(said, streak=12).endswith("Your 12 days stand.")
    assert reply(said, "es", streak=12).endswith("Los 12 que llevas siguen en pie.")
    assert "stand" not in reply(said, streak=4)
    assert "stand" not in reply(understood("miss", misses=[JOURNAL, WALK]), streak=12)


def test_a_goal_of_some_days_a_week_tells_the_week():
    said = understood("win", [win(SQUATS)])
    assert reply(said, lately={SQUATS: Tally(2, 3, of_week=True)}) == "Logged: 5 squats. That makes 2 of 3 this week."


def test_a_miss_told_for_another_day_says_that_day():
    said = understood("miss", misses=[JOURNAL])
    asked = {"asked": [JOURNAL], "asked_for": YESTERDAY}
    assert reply(said, **asked) == "Okay, not yesterday: Journal. Today is a fresh one."
    assert reply(said, "es", **asked) == "De acuerdo, ayer no: Journal. Hoy se empieza de nuevo."
    assert "not on Monday: Journal" in reply(said, asked=[JOURNAL], asked_for=date(2026, 11, 16))


@pytest.mark.parametrize("asked", [None, [SQUATS]])
def test_a_miss_of_what_was_not_asked_is_about_today(asked):
    said = understood("miss", misses=[JOURNAL])
    assert reply(said, asked=asked, asked_for=YESTERDAY).startswith("Okay, not today")


@pytest.mark.parametrize("in_a_row", [1, 3])
def test_whoever_writes_what_stood_in_the_way_is_answered_on_it(in_a_row):
    said = understood("miss", misses=[JOURNAL])
    assert reply(said, text="no, I was ill all day", misses_in_a_row=in_a_row) == (
        "Not today: Journal. Sorry to hear it. The next one will do."
    )
    assert reply(said, "es", text="no, tuve fiebre", misses_in_a_row=in_a_row) == (
        "Hoy no: Journal. Siento que haya sido duro. Con la siguiente basta."
    )


def test_a_request_is_passed_on():
    assert reply(understood("message")) == "I have passed that on to Ines."
    assert reply(understood("win message", [win(SQUATS)])).endswith("I have passed the rest on to Ines.")


def test_a_correction_takes_back_before_it_logs():
    assert reply(understood("undo win", [win(SQUATS, 4)])).startswith("Taken back. Logged: 4 squats.")


def test_later_today_is_confirmed_with_its_hour():
    said = understood("snooze", until=at("2026-11-20 19:00"))
    assert reply(said) == "Okay, I will ask again at 7 pm."


def test_a_pause_is_confirmed_with_the_day_they_are_back():
    assert "until Monday" in reply(understood("pause", until=at("2026-11-23 00:00")))


def test_how_am_i_doing_is_answered_by_their_own_record():
    assert reply(understood("status"), lately={SQUATS: Tally(9, 14)}) == "Days done lately: 5 squats 9 of 14."


def test_a_reflection_is_thanked_for_once():
    assert reply(understood("reflection message")) == "Thank you for writing that down. It is kept for you and Ines."


@pytest.mark.parametrize(
    "acts", ["chatter", "help", "start", "confirm", "decline", "stop", "crisis", "crisis win", "stop win"]
)
def test_silence_where_nothing_is_to_say_or_another_text_says_it(acts):
    assert reply(understood(acts, [win(SQUATS)] if "win" in acts else [])) is None


def test_whoever_may_want_no_texts_gets_none():
    assert reply(understood("win", [win(SQUATS)], maybe_stop=True)) is None


def test_what_was_not_understood_is_asked_once():
    assert reply(understood("")) == (
        "I did not quite get that. How did it go with 5 squats, Journal and Walk after lunch? A few words will do."
    )
    assert reply(understood(""), ask_again=False) is None


def test_it_is_asked_about_what_the_question_was_about():
    assert "How did it go with Journal?" in reply(understood(""), asked=[JOURNAL])
    assert "another way" in reply(understood(""), asked=[])


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_it_fits_one_segment_however_much_was_done_and_however_long_the_titles(locale, variant):
    goals = [GoalWords(f"{n} good things that I would like to have done by the end of the day") for n in range(2, 12)]
    said = understood("win miss", [win(n, 1) for n in range(6)], range(6, 10))
    assert segments(reply(said, locale, goals, variant=variant)).count == 1


def test_an_accent_costs_the_extras_before_it_costs_a_segment():
    said = understood("win message", [win(0)])
    body = reply(said, "es", [GoalWords("Practicar mi presentación")], variant=2)
    assert body == "Apuntado: Practicar mi presentación. El resto se lo paso a Ines."
    assert segments(body).count == 1


def test_words_with_accents_may_take_a_second_segment_before_they_are_cut():
    goals = [
        GoalWords("Estudiar matemáticas"),
        GoalWords("Lavarme los dientes en la noche"),
        GoalWords("Practicar guitarra"),
    ]
    body = reply(understood("win miss", [win(0), win(1)], [2]), "es", goals)
    assert "..." not in body
    assert segments(body).count == 2


def test_wins_outside_the_goals_carry_their_days_too():
    said = understood("win", [win(None, on=YESTERDAY), win(SQUATS)])
    assert reply(said).startswith("Logged: 5 squats; a win of your own for yesterday.")


def test_the_same_variant_gives_the_same_words_and_others_differ():
    said = understood("win", [win(SQUATS)])
    bodies = [reply(said, variant=variant) for variant in range(20)]
    assert bodies == [reply(said, variant=variant + 20) for variant in range(20)]
    assert len(set(bodies)) > 4


@pytest.mark.parametrize(("locale", "plainly"), [("en", "Logged: 5 squats."), ("es", "Anotado: 5 squats.")])
def test_the_plain_wording_is_the_most_frequent(locale, plainly):
    said = understood("win", [win(SQUATS)])
    bodies = Counter(reply(said, locale, variant=variant) for variant in range(20))
    assert bodies.most_common(1)[0][0] == plainly


INDEXES = st.integers(-2, 5)
DAYS = st.dates(FRIDAY - timedelta(days=40), FRIDAY + timedelta(days=40))
UNDERSTANDINGS = st.builds(
    Understanding,
    acts=st.frozensets(st.sampled_from(get_args(Act))),
    wins=st.lists(
        st.builds(
            Win,
            goal=st.none() | INDEXES,
            amount=st.none() | st.floats(),
            on=DAYS,
            unit=st.none() | st.text(),
            evidence=st.none() | st.builds(Evidence, st.integers(0, 50), st.integers(0, 50)),
        ),
        max_size=6,
    ).map(tuple),
    misses=st.lists(st.builds(Miss, goal=INDEXES), max_size=6).map(tuple),
    until=st.none() | st.datetimes(),
    risk=st.sampled_from([None, None, "possible"]),
)
GOAL_LISTS = st.lists(st.builds(GoalWords, title=st.text(), amount=st.none() | st.floats(), unit=st.text()), max_size=5)


@given(UNDERSTANDINGS, GOAL_LISTS, st.sampled_from(["en", "es", "pt-BR"]), st.integers(), st.text())
def test_anything_understood_can_be_answered(understanding, goals, locale, variant, text):
    body = reply(understanding, locale, goals, variant=variant, text=text)
    assert body is None or body.strip()


@given(UNDERSTANDINGS, st.integers())
def test_nothing_is_said_to_be_logged_that_was_not_done(understanding, variant):
    body = reply(understanding, variant=variant) or ""
    assert understanding.wins or not re.search(r"Logged|Got it|Noted: |Written down|That counts", body)
