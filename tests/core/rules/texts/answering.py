"""Understandings, and what is answered to them, for the tests of answers."""

from datetime import date, timedelta

from coach_portal.core.rules.replies.understanding import Miss, Understanding, Win
from coach_portal.core.rules.texts import GoalWords, answer

FRIDAY = date(2026, 11, 20)
YESTERDAY = FRIDAY - timedelta(days=1)
GOALS = (
    GoalWords("5 squats", "after I brush my teeth", 5, "squats"),
    GoalWords("Journal"),
    GoalWords("Walk after lunch"),
)
SQUATS, JOURNAL, WALK = range(3)


def understood(acts, wins=(), misses=(), **rest):
    """An understanding with these acts, wins and missed goals."""
    return Understanding(frozenset(acts.split()), tuple(wins), tuple(Miss(goal) for goal in misses), **rest)


def win(goal, amount=None, on=FRIDAY, **rest):
    """A win, today unless told otherwise."""
    return Win(goal, amount, on, **rest)


def reply(understanding, locale="en", goals=GOALS, **rest):
    """What goes back."""
    return answer(understanding, goals, locale, **{"coach_name": "Ines", "today": FRIDAY, **rest})
