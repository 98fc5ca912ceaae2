"""What moved, how sure one can be of it, and the words for both."""

from coach_portal.core.rules.preparation.phrases import moved, sureness
from coach_portal.core.rules.preparation.trend import trend
from tests.core.rules.preparation.knowing import LAST, TODAY, goal


def of(signs, cadence="daily"):
    """The trend of a goal with these days."""
    return trend(goal(signs, cadence=cadence)[0].record, LAST, TODAY)


def test_a_clear_rise_is_sure_and_states_its_figures():
    found = of("---+--+---+--+" + "+" * 14)
    assert (found.verdict, found.sureness) == ("up", "sure")
    assert moved(found) == "Up: 14 of 14 days, 4 of 14 before."
    assert sureness(found) == "Sure of the change, not of its cause."


def test_a_smaller_fall_is_only_fairly_sure():
    found = of("+++++++++++-+-" + "+-+-++--++-+-+")
    assert (found.verdict, found.sureness) == ("down", "fairly")
    assert "Fairly sure" in sureness(found)


def test_two_days_more_or_less_are_no_change():
    found = of("++++++++++++++" + "++++-+++++-+++")
    assert found.verdict == "same"
    assert moved(found) == "Much as before: 12 of 14 days, 14 of 14 before."
    assert "would not show" in sureness(found)


def test_a_few_days_say_nothing_and_it_says_so():
    found = of("++-+")
    assert found.verdict == "few"
    assert moved(found) == "3 of 4 days."
    assert sureness(found) == "Too little to say more."


def test_where_most_was_silence_nothing_is_judged():
    found = of("+" * 14 + "+??????+??-?+?")
    assert found.verdict == "few"
    assert sureness(found) == "Too little to say more. Asked on nine days more, without an answer."


def test_silence_lowers_how_sure_it_is():
    sure, less = of("-" * 14 + "+" * 14), of("-" * 14 + "++++?++++?+??+")
    assert (sure.sureness, less.sureness) == ("sure", "fairly")


def test_a_new_goal_has_nothing_beside_it():
    found = of("++++-+++")
    assert found.verdict == "new"
    assert moved(found).startswith("7 of 8 days. Before")


def test_nothing_told_is_said_so():
    assert moved(of("?" * 20)) == "Nothing was told since Thu 5 Nov."


def test_a_goal_of_some_times_a_week_is_judged_by_weeks():
    found = of("+.+.+.." * 10, cadence="3_per_week")
    assert (found.in_weeks, found.verdict) == (True, "few")
    assert moved(found).endswith("weeks.")


def test_the_line_shows_whole_weeks_only():
    assert of("++++++++++").weeks == (7,)
    assert of("-------+++++++").weeks == (0, 7)
