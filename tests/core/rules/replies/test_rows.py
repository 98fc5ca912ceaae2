"""Answers to several goals at once: rows, shares, numbered lists, added days, hours, and "the others"."""

from datetime import date

import pytest

from tests.core.rules.replies.asking import heard, missed, won

GOALS = ("Walk", "Read", "Floss")


@pytest.mark.parametrize(
    ("text", "done", "not_done"),
    [
        ("1 yep / 2 yep / 3 half", [0, 1, 2], []),
        ("1 ✔ 2 ✔ 3 ask me in the morning", [0, 1], []),
        ("0/3 today", [], [0, 1, 2]),
        ("3/3 🥳", [0, 1, 2], []),
        ("n/n/n 🙃", [], [0, 1, 2]),
        ("Two from three. Teeth were the casualty.", [0, 1], [2]),
        ("2/3, the book got me again", [0, 2], [1]),
        ("1/3, the book", [1], [0, 2]),
        ("except the floss, everything", [0, 1], [2]),
        ("Not the walk. The other two, yes.", [1, 2], [0]),
        ("walked and read. Floss can wait till the weekend", [0, 1], []),
        ("the reading was the only one that happened", [1], [0, 2]),
    ],
    ids=str,
)
def test_all_goals_asked_are_answered_in_few_words(text: str, done: list[int], not_done: list[int]) -> None:
    found = heard(text, *GOALS)
    assert ([goal for goal, _ in won(found)], missed(found)) == (done, not_done)


@pytest.mark.parametrize("text", ["no and yes, in that order", "Busy day. No and yes.", "N/Y"])
def test_two_answers_in_a_row_are_for_two_goals(text: str) -> None:
    found = heard(text, "Email the bank", "Log expenses")
    assert ([goal for goal, _ in won(found)], missed(found)) == ([1], [0])


def test_a_day_added_to_both_is_a_day_of_both() -> None:
    found = heard("did both, and yesterday too", "Walk", "Read")
    days = {(win.goal, win.on) for win in found.wins}
    assert days == {(goal, day) for goal in (0, 1) for day in (date(2026, 3, 3), date(2026, 3, 4))}


def test_an_hour_told_of_one_goal_among_several_answers_for_it() -> None:
    found = heard("no crisps, bed at 1am", "No crisps", "In bed by 11")
    assert (won(found), missed(found)) == ([(0, None)], [1])


def test_an_exception_with_an_amount_was_done_in_part() -> None:
    found = heard("all bar the steps, only managed 5000", "Pray", "8k steps")
    assert won(found) == [(0, None), (1, 5000)]
