"""What is still to come, and what several goals' answers leave to each other."""

from datetime import datetime

import pytest

from tests.core.rules.replies.asking import heard, missed, won

THREE = ("Walk 20 minutes", "Read 10 pages", "8 squats")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("once the baby is asleep", None),
        ("after the plates are out of the way", None),
        ("still on shift", None),
        ("just got in, will do it tonight", datetime.fromisoformat("2026-03-04T20:00")),
    ],
)
def test_what_is_still_to_come_is_asked_again(text: str, until: datetime | None) -> None:
    found = heard(text, "Stretch")
    assert (found.acts, found.until) == ({"snooze"}, until)


def test_a_time_told_of_what_was_done_is_not_when_to_ask_again() -> None:
    found = heard("walked this morning, reading later", *THREE)
    assert (won(found), found.until) == ([(0, None)], None)


@pytest.mark.parametrize("text", ["walked, the other two not today", "walk done. the others not today"])
def test_the_others_are_not_the_one_before_them(text: str) -> None:
    found = heard(text, *THREE)
    assert (won(found), missed(found)) == ([(0, None)], [1, 2])


def test_amounts_in_several_units_find_their_goals() -> None:
    assert won(heard("25 min and 12 pages", *THREE)) == [(0, 25), (1, 12)]


@pytest.mark.parametrize("text", ["the telly won", "my back said no", "too wet for a walk"])
def test_what_stood_in_the_way_is_a_miss(text: str) -> None:
    assert missed(heard(text, "Walk 20 minutes")) == [0]


@pytest.mark.parametrize("text", ["only managed the walk", "only did the walk", "just the walk"])
def test_only_one_leaves_the_others_undone(text: str) -> None:
    found = heard(text, *THREE)
    assert (won(found), missed(found)) == ([(0, None)], [1, 2])


def test_so_many_of_them_counts_goals() -> None:
    found = heard("did 2 of 3, forgot the book", *THREE)
    assert ({goal for goal, _ in won(found)} & {1}, missed(found)) == (set(), [1])
