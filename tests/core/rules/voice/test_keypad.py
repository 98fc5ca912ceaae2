"""Keys mean what words would have meant, without doubt."""

from datetime import date

from coach_portal.core.rules.replies.understanding import Understanding
from coach_portal.core.rules.voice import keypad

TODAY = date(2026, 11, 18)


def test_one_is_a_win_of_all_that_was_asked():
    meant = keypad.understood("1", (0, 2), TODAY)
    assert [win.goal for win in meant.wins] == [0, 2]
    assert meant.misses == ()


def test_two_is_a_miss_of_all_that_was_asked():
    assert [miss.goal for miss in keypad.understood("2", (0, 1), TODAY).misses] == [0, 1]


def test_a_mark_for_each_goal_tells_them_apart():
    meant = keypad.understood("12", (3, 5), TODAY)
    assert [win.goal for win in meant.wins] == [3]
    assert [miss.goal for miss in meant.misses] == [5]


def test_words_that_mean_nothing_are_asked_for_again():
    assert keypad.is_unsure(Understanding(frozenset()), 0.9)


def test_words_that_were_badly_heard_are_asked_for_again():
    assert keypad.is_unsure(Understanding(frozenset({"win"})), 0.2)


def test_words_count_where_the_ear_does_not_say_how_sure_it_is():
    assert not keypad.is_unsure(Understanding(frozenset({"win"})), None)


def test_danger_badly_heard_is_danger_all_the_same():
    assert not keypad.is_unsure(Understanding(frozenset({"crisis"}), risk="explicit"), 0.1)


def test_a_stop_badly_heard_is_a_stop_all_the_same():
    assert not keypad.is_unsure(Understanding(frozenset({"stop"})), 0.1)
