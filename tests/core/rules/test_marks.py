"""What became of a day, in one mark."""

from datetime import date

import pytest

from coach_portal.core.rules.marks import (
    Aim,
    Day,
    Tally,
    days_in_bits,
    days_of,
    last_days,
    mark_of,
    mark_untold,
    tally,
    together,
)

DONE_OR_NOT, FIVE, AT_MOST_TWO = Aim(), Aim(5), Aim(2, "at_most")
SHORT = {"d": "done", "h": "partly", "m": "missed", "o": "silent", "-": "paused", ".": "not_asked"}


def strip(letters):
    """Marks by their letters."""
    return [SHORT[letter] for letter in letters]


@pytest.mark.parametrize(
    ("aim", "day", "mark"),
    [
        pytest.param(DONE_OR_NOT, Day([None]), "done", id="done"),
        pytest.param(DONE_OR_NOT, Day([3.0]), "done", id="an amount nobody asked for"),
        pytest.param(FIVE, Day([5.0]), "done", id="all of it"),
        pytest.param(FIVE, Day([7.0]), "done", id="more"),
        pytest.param(FIVE, Day([3.0]), "partly", id="some of it"),
        pytest.param(FIVE, Day([3.0, 2.0]), "done", id="in two goes"),
        pytest.param(FIVE, Day([None]), "done", id="done, no amount said"),
        pytest.param(FIVE, Day([3.0], missed=True), "partly", id="some counts, whatever else was said"),
        pytest.param(AT_MOST_TWO, Day([2.0]), "done", id="within the limit"),
        pytest.param(AT_MOST_TWO, Day([3.0]), "missed", id="beyond the limit"),
        pytest.param(AT_MOST_TWO, Day([None]), "done", id="kept to it"),
        pytest.param(FIVE, Day(missed=True), "missed", id="missed"),
    ],
)
def test_one_goal(aim, day, mark):
    assert mark_of(aim, day) == mark


def test_silence_is_no_miss_and_no_day_off():
    assert mark_untold(asked=True, away=False) == "silent"
    assert mark_untold(asked=True, away=True) == mark_untold(asked=False, away=True) == "paused"
    assert mark_untold(asked=False, away=False) == "not_asked"


@pytest.mark.parametrize(
    ("letters", "mark"),
    [
        ("dd", "done"),
        ("dm", "partly"),
        ("dh", "partly"),
        ("mm", "missed"),
        ("do", "done"),
        ("mo", "missed"),
        ("oo", "silent"),
        ("o.", "silent"),
        ("-.", "paused"),
        ("..", "not_asked"),
        ("", "not_asked"),
    ],
)
def test_all_goals_of_a_day(letters, mark):
    assert together(strip(letters)) == mark


@pytest.mark.parametrize(
    ("letters", "done", "days"),
    [("ddhm.o-d", 4, 6), ("ddo", 2, 2), ("dod", 2, 3), ("", 0, 0), ("...", 0, 0), ("ddm", 2, 3)],
)
def test_tally_counts_what_was_asked_and_not_a_day_that_is_not_over(letters, done, days):
    assert tally(strip(letters)) == Tally(done, days)


@pytest.mark.parametrize(
    ("letters", "days"), [("dooo", 2), ("doooo", 3), ("dooo.", 3), ("ooodd", 0), ("ooom", 0), ("d.o.o.", 2), ("", 0)]
)
def test_days_of_silence_up_to_yesterday(letters, days):
    assert days_of(strip(letters)).silent_in_a_row == days


@pytest.mark.parametrize(
    ("letters", "slips"), [("ddddddd", False), ("ddmmmm.", True), ("mm.....", False), ("dmdmdm.", False)]
)
def test_slipping_is_less_than_half_a_week(letters, slips):
    assert days_of(strip(letters)).is_slipping is slips


def test_days_gathered_in_bits_are_judged_as_their_marks_are():
    told = days_in_bits(did=0b10010, missed=0b01010, asked=0b11101, away=0b00100)
    assert told == days_of(strip("dmod.")[:1] + strip("m-d") + strip("o"))


def test_a_fortnight_ends_today():
    days = last_days(date(2026, 3, 2))
    assert (len(days), days[0], days[-1]) == (14, date(2026, 2, 17), date(2026, 3, 2))
