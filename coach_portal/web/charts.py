"""Charts of days and weeks as our own SVG: one idea each, labelled where it stands, a table behind it on the page."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from coach_portal.core.rules.marks import Mark
from coach_portal.web.drawing import STEP

LEFT, TOP = 26, 20
"""Room for the letters of the days, and for the months above."""

_COLUMN = Markup('<g transform="translate({} 0)">{}</g>')
_USE = Markup('<use href="#{}" y="{}"/>')
_TEXT = Markup('<text x="{}" y="{}">{}</text>')


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
        _COLUMN.format(LEFT + STEP * week + 8, _week(tuple(kind for _, kind in days[week * 7 : week * 7 + 7])))
        for week in range(weeks)
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


@lru_cache(maxsize=4096)
def _week(kinds: tuple[Mark, ...]) -> Markup:
    """The marks of one week, Monday's uppermost. Two years are many weeks, and most are like another."""
    return Markup().join(_USE.format(kind, TOP + STEP * row + 8) for row, kind in enumerate(kinds) if kind != "ahead")


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


WIDE, HIGH = 288, 104
"""A chart of weeks, of the size of the type: on a phone it is as wide as the screen."""
_FROM, _TO, _FLOOR, _ROOF = 28, 216, 80, 12


def course(strengths: Sequence[int], mondays: Sequence[date], months: Sequence[str], said: str) -> Markup:
    """How a habit's strength, 0 to 100, went from week to week: a line between its first figure and its last."""
    across = _across(len(strengths))
    points = [(x, _up(level, 100)) for x, level in zip(across, strengths, strict=True)]
    line = " ".join(f"{x},{y}" for x, y in points)
    (_, first), (last_x, last) = points[0], points[-1]
    ends = _label(0, first, strengths[0]) + _label(_TO + 10, last, strengths[-1], "now")
    drawn = Markup('<polyline points="{}"/><circle cx="{}" cy="{}" r="3"/>').format(line, last_x, last)
    return _chart(drawn + (ends if len(points) > 1 else _label(_TO + 10, last, strengths[-1], "now")), across, mondays,
                  months, said)  # fmt: skip


def amounts(
    done: Sequence[float | None], agreed: Sequence[float | None], named: str, mondays: Sequence[date],
    months: Sequence[str], said: str,
) -> Markup:  # fmt: skip
    """How much was done on a day, week by week, as bars, below or above the line of what was agreed.

    A week of which nothing was told has no bar. `named` is what the line is called.
    """
    most = max(value for value in (*done, *agreed, 1.0) if value is not None)
    across = _across(len(done))
    thick = max(2.0, min(10.0, (_TO - _FROM) / max(len(done), 1) * 0.55))
    bars = Markup().join(
        Markup('<path d="M{} {}V{}" stroke-width="{}"/>').format(x, _FLOOR, min(_up(value, most), _FLOOR - 1), thick)
        for x, value in zip(across, done, strict=True)
        if value is not None
    )
    line, last_aim = "", agreed[-1]
    steps = [(x, _up(aim, most)) for x, aim in zip(across, agreed, strict=True) if aim is not None]
    for place, (x, y) in enumerate(steps):
        line += f"M{_FROM} {y}H{x}" if place == 0 else f"V{y}H{x}"
    drawn = Markup('<g class="bars">{}</g><path class="aim" d="{}H{}"/>').format(bars, line, _TO + 10) if line else bars
    label = _label(_TO + 14, _up(last_aim, most), named) if last_aim is not None else Markup()
    return _chart(drawn + label, across, mondays, months, said)


def _chart(drawn: Markup, across: Sequence[float], mondays: Sequence[date], months: Sequence[str], said: str) -> Markup:
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">'
        '<path class="floor" d="M{} {}H{}"/>{}{}</svg>'
    ).format(WIDE, HIGH, WIDE, HIGH, said, _FROM - 4, _FLOOR, _TO + 4, drawn, _named_months(across, mondays, months))


def _named_months(across: Sequence[float], mondays: Sequence[date], months: Sequence[str]) -> Markup:
    placed: list[tuple[float, str]] = []
    for place, monday in enumerate(mondays):
        begins = place == 0 or monday.month != mondays[place - 1].month
        if begins and across[place] < _TO - 16 and (not placed or across[place] - placed[-1][0] > 40):
            placed.append((across[place], months[monday.month - 1][:3]))
    return Markup().join(_TEXT.format(round(x - 4, 1), HIGH - 8, name) for x, name in placed)


def _across(weeks: int) -> list[float]:
    step = (_TO - _FROM) / max(weeks - 1, 1)
    return [round(_FROM + step * place, 1) for place in range(weeks)] if weeks > 1 else [float(_TO)]


def _up(value: float, most: float) -> float:
    return round(_FLOOR - (_FLOOR - _ROOF) * value / most, 1)


def _label(x: float, y: float, said: object, kind: str = "") -> Markup:
    marked = Markup(' class="{}"').format(kind) if kind else Markup()
    return Markup('<text x="{}" y="{}"{}>{}</text>').format(x, y, marked, said)
