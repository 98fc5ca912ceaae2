"""What is to be seen where a goal was done, or was not, told instead of a yes or a no."""

import pytest

from tests.core.rules.replies.asking import heard, missed, won


@pytest.mark.parametrize(
    ("text", "goal", "locale"),
    [
        ("the sink's empty", "Wash the dishes", "en"),
        ("legs like jelly", "Do 20 squats", "en"),
        ("patch on, lighter in the bin", "No smoking", "en"),
        ("tarja limpia", "Lavar los trastes", "es"),
        ("cama tendida", "Hacer la cama", "es"),
    ],
    ids=str,
)
def test_what_is_to_be_seen_where_it_was_done_is_a_win(text: str, goal: str, locale: str) -> None:
    assert won(heard(text, goal, locale=locale)) == [(0, None)]


@pytest.mark.parametrize(
    ("text", "goal", "locale"),
    [
        ("the pots are still soaking", "Wash the dishes", "en"),
        ("kitchen's a mess", "Tidy the kitchen", "en"),
        ("gym bag never left the car", "Gym", "en"),
        ("el sillón me ganó", "Caminar 20 minutos", "es"),
    ],
    ids=str,
)
def test_what_is_to_be_seen_where_it_was_not_done_is_a_miss(text: str, goal: str, locale: str) -> None:
    assert missed(heard(text, goal, locale=locale)) == [0]


def test_a_picture_of_one_goal_says_nothing_of_the_other() -> None:
    found = heard("the sink's empty, the book never left the shelf", "Wash the dishes", "Read 10 pages")
    assert (won(found), missed(found)) == ([(0, None)], [1])


def test_a_plain_answer_outweighs_a_picture() -> None:
    found = heard("no to the gym (sore legs), yes to dad", "Gym", "Call dad")
    assert (won(found), missed(found)) == ([(1, None)], [0])


def test_an_hour_tells_more_than_a_picture_of_the_goal() -> None:
    assert missed(heard("got out at 7pm, laptop shut", "Leave work by 6")) == [0]
