"""Charts of days and weeks as our own SVG: one idea each, labelled where it stands, a table behind it on the page."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from coach_portal.core.rules.marks import Mark
from coach_portal.web.drawing import STEP

LEFT, TOP = 26, 20
"""Room for the letters of the days, and for the months above."""

_TEXT = Markup('<text x="{}" y="{}">{}</text>')
_USE = Markup('<use href="#{}" x="{}" y="{}"/>')


def calendar(
    days: Sequence[tuple[date, Mark]], said: str, letters: Sequence[str], months: Sequence[str], since: int = 0
) -> Markup:
    """The marks of days that follow one another, a column for each week from Monday, the months named above.

    `days` begin on a Monday. `said` is all of it in a sentence, for those who hear it; `letters` are the days' and
    `months` the twelve names.
    """
    weeks = (len(days) + 6) // 7
    wide, high = LEFT + STEP * weeks, TOP + STEP * 7
    marks = Markup().join(
        _USE.format(kind, LEFT + STEP * (place // 7) + 8, TOP + STEP * (place % 7) + 8)
        for place, (_, kind) in enumerate(days)
        if kind != "ahead"
    )
    named = Markup().join(
        _TEXT.format(0, TOP + STEP * row + 8, letter) for row, letter in enumerate(letters) if row % 2 == 0
    )
    return Markup(
        '<svg class="calendar" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img"'
        ' aria-label="{said}">'
        '<rect class="band" x="{left}" y="{band}" width="{run}" height="{two}"/>{named}{months}{marks}</svg>'
    ).format(
        wide=wide, high=high, said=said, left=LEFT, band=TOP + STEP * 5, run=STEP * weeks, two=STEP * 2,
        named=named, months=_months([day for day, _ in days[::7]], months), marks=marks,
    )  # fmt: skip


def _months(mondays: Sequence[date], names: Sequence[str]) -> Markup:
    """The names of the months above the weeks in which they begin; one without room for its name has none."""
    placed: list[tuple[int, str]] = []
    for week, monday in enumerate(mondays):
        begins = week == 0 or monday.month != mondays[week - 1].month
        if begins and week < len(mondays) - 1:
            if placed and week - placed[-1][0] < 3:
                placed.pop()
            placed.append((week, names[monday.month - 1]))
    return Markup().join(_TEXT.format(LEFT + STEP * week, 8, name) for week, name in placed)
