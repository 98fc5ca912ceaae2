"""What is known of a client, in few words, to infer from."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from coach_portal.core.rules.habit.record import Record, Terms
from coach_portal.core.rules.marks import Day
from coach_portal.core.rules.preparation.material import Goal, Material, Text, Told

TODAY = date(2026, 11, 18)
LAST = TODAY - timedelta(days=13)
"""The last session: a fortnight to look at, today included."""


def text(number: int, body: str, back: int = 1, **more: Any) -> Text:
    """A text of so many days ago."""
    at = datetime.combine(TODAY - timedelta(days=back), time(20, 10))
    return Text(number, at, body, **more)


def goal(signs: str, title: str = "5 squats", number: int = 1, cadence: str = "daily") -> tuple[Goal, list[Told]]:
    """A goal whose last sign is today's: + done, - missed, ? silence, . nothing. Each told day has a text of its own,
    numbered by how many days ago it was."""
    began = TODAY - timedelta(days=len(signs) - 1)
    days = {began + timedelta(days=place): sign for place, sign in enumerate(signs)}
    told = {day: Day([None]) if sign == "+" else Day([], missed=True) for day, sign in days.items() if sign in "+-"}
    asked = {day for day, sign in days.items() if sign in "+-?"}
    record = Record(began=began, terms=(Terms(cadence),), told=told, asked=asked)
    lines = [
        Told(number, day, "done" if sign == "+" else "missed", (TODAY - day).days)
        for day, sign in days.items()
        if sign in "+-"
    ]
    return Goal(number, title, record), lines


def known(*goals: tuple[Goal, list[Told]], texts: Sequence[Text] = (), **more: Any) -> Material:
    """All of it. `texts` are those whose words matter."""
    return Material(
        **{
            "name": "Ruth",
            "locale": "en",
            "today": TODAY,
            "last": LAST,
            "last_text": TODAY,
            "goals": [each for each, _ in goals],
            "told": [line for _, lines in goals for line in lines],
            "texts": {each.id: each for each in texts},
            **more,
        }
    )
