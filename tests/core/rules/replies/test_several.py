"""Answers to several goals put together from small pieces, in the ways people put them together."""

import pytest

from tests.core.rules.replies.asking import heard, missed, won

GOALS = ("Walk 20 minutes", "Read 10 pages", "Take vitamins")


@pytest.mark.parametrize(
    ("text", "done", "not_done"),
    [
        ("i forgot the vitamins but the other 2 are done", [0, 1], [2]),
        ("walked, the other 2 didn't happen", [0], [1, 2]),
        ("0 for 3", [], [0, 1, 2]),
        ("one of three: my pages", [1], [0, 2]),
        ("2/3, missed the vitamins", [0, 1], [2]),
        ("1 and 3 thanks", [0, 2], []),
        ("hi! 1 yep 2 didn't happen 3 yep", [0, 2], [1]),
        ("ok so only took my vitamins, long day", [2], [0, 1]),
        ("walked 💪 read my pages 💪 forgot the vitamins 😩", [0, 1], [2]),
        ("read my pages haha never walked oops", [1], [0]),
    ],
    ids=str,
)
def test_each_goal_gets_its_own_part_of_the_answer(text: str, done: list[int], not_done: list[int]) -> None:
    found = heard(text, *GOALS)
    assert ([goal for goal, _ in won(found)], missed(found)) == (done, not_done)


@pytest.mark.parametrize("text", ["nada de azúcar y caminé", "caminé, cero azúcar", "caminé y no comí azúcar"])
def test_none_of_what_was_to_be_left_alone_is_a_win_among_others(text: str) -> None:
    assert won(heard(text, "Caminar", "No azúcar", locale="es")) == [(0, None), (1, None)]


def test_what_will_be_done_is_asked_about_later() -> None:
    found = heard("walked, will take my vitamins with dinner", "Walk 20 minutes", "Take vitamins")
    assert (won(found), "snooze" in found.acts) == ([(0, None)], True)


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("ok so paid the rent and called the bank", 2),
        ("honestly not much but I took the bins out", 1),
        ("cooked dinner, got a haircut and helped my neighbour. Not bad eh?", 3),
        ("I rested. Properly rested.", 1),
    ],
    ids=str,
)
def test_every_deed_told_to_the_open_question_is_one_win(text: str, many: int) -> None:
    found = heard(text, "Meditate", prompt="wins")
    assert (len(found.wins), found.acts) == (many, {"win"})


@pytest.mark.parametrize("text", ["will you stop asking 😂 yes i walked", "stop nagging me haha done"])
def test_a_tease_is_no_opt_out(text: str) -> None:
    assert heard(text, "Walk 20 minutes").acts == {"win"}
