"""The form in which a coach says what a text reports: a row for each goal, and one for each win outside them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from coach_portal.core.errors import Invalid
from coach_portal.core.schemas import ReadingSchema, WinReadingSchema
from coach_portal.core.schemas.reading import LONGEST_TITLE, MOST
from coach_portal.core.services.pages.review import Understood
from coach_portal.web.forms import row_id
from coach_portal.web.phrasing import number

SILENT, DONE, MISSED = "silent", "done", "missed"
DAYS_BACK = 14


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the form: a goal (None: a win outside the goals) and what the text says of it."""

    goal_id: int | None
    state: str
    amount: str = ""
    on: str = ""
    title: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def rows_of(text: Understood) -> list[Row]:
    """The rows as the text was understood. A goal done on two days has two."""
    given = text.given
    wins = [
        Row(win["goal_id"], DONE, number(win["amount"]), win["on"].isoformat(), _shown(win["title"]))
        for win in given["wins"]
    ]
    told = [*(row for row in wins if row.goal_id), *(Row(goal_id, MISSED) for goal_id in given["misses"])]
    named = {row.goal_id for row in told}
    silent = [Row(goal.id, SILENT) for goal in text.goals.values() if goal.id not in named and not goal.retired_at]
    places = {goal_id: place for place, goal_id in enumerate(text.goals)}
    outside = [row for row in wins if not row.goal_id] or [Row(None, SILENT)]
    return [*sorted(told + silent, key=lambda row: places.get(row.goal_id or 0, 0)), *outside]


def typed_rows(form: Mapping[str, str], goals: Collection[int]) -> list[Row]:
    """The rows as they were sent, those of goals that are not the client's left out."""
    rows = []
    for place in range(MOST):
        if f"state-{place}" not in form:
            break
        told = {name: form.get(f"{name}-{place}", "").strip() for name in ("goal", "state", "amount", "on", "title")}
        named = told.pop("goal")
        goal_id = row_id(named)
        if not named or goal_id in goals:
            rows.append(Row(goal_id, **told))
    return rows


def reading_of(rows: list[Row]) -> dict[str, Any]:
    """What the rows say, as services take it. Raises Invalid, whose fields name the rows' own ("amount-1")."""
    wrong: dict[str, str] = {}
    wins = []
    for place, row in enumerate(rows):
        if row.state == DONE:
            try:
                wins.append(_win(row))
            except Invalid as refused:
                wrong |= {f"{name}-{place}": what for name, what in refused.fields.items()}
    if wrong:
        raise Invalid(wrong)
    misses = [row.goal_id for row in rows if row.state == MISSED and row.goal_id]
    return ReadingSchema().read({"misses": misses}) | {"wins": wins}


def days(text: Understood) -> Iterator[tuple[str, str]]:
    """The days something may have been done: that of the text, and a fortnight before it."""
    offered = {text.day - timedelta(days=back) for back in range(DAYS_BACK)}
    told = {win["on"] for win in text.given["wins"]}
    for day in sorted(offered | told, reverse=True):
        near = {0: "that day, ", 1: "the day before, "}.get((text.day - day).days, "")
        yield day.isoformat(), f"{near}{day:%a} {day.day}"


def _win(row: Row) -> dict[str, Any]:
    if row.goal_id:
        return WinReadingSchema().read({"goal_id": row.goal_id, "amount": row.amount, "on": row.on})
    return WinReadingSchema().read({"title": row.title, "amount": row.amount, "on": row.on})


def _shown(title: str | None) -> str:
    """A title that a line of the form can hold; without one, the words that told of the win stay its title."""
    return title if title and len(title) <= LONGEST_TITLE and title.isprintable() else ""
