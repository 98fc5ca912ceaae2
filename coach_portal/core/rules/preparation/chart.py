"""Days done from week to week, as our own SVG: a line that ends in a point, above its floor. Attributes only, so that
page and paper draw the same."""

from collections.abc import Sequence

WIDE, HIGH = 104, 30
INK, FLOOR = "#0c5652", "#cdc2ae"
FEWEST = 3
"""Fewer weeks are no course."""


def chart(weeks: Sequence[int]) -> str:
    """The drawing, with its words for who cannot see it; "" where there is no course yet."""
    if len(weeks) < FEWEST:
        return ""
    step = (WIDE - 6) / (len(weeks) - 1)
    points = [(round(3 + step * place, 1), round(HIGH * (1 - min(days, 7) / 7), 1)) for place, days in enumerate(weeks)]
    line = " ".join(f"{x},{y}" for x, y in points)
    x, y = points[-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="trend" width="{WIDE}" height="{HIGH + 8}" '
        f'viewBox="0 -4 {WIDE} {HIGH + 8}" role="img" aria-label="{told(weeks)}">'
        f'<path d="M0 {HIGH}h{WIDE}" fill="none" stroke="{FLOOR}" stroke-width="1"/>'
        f'<polyline points="{line}" fill="none" stroke="{INK}" stroke-width="1.5" stroke-linejoin="round"/>'
        f'<circle cx="{x}" cy="{y}" r="3" fill="{INK}"/></svg>'
    )


def told(weeks: Sequence[int]) -> str:
    """The same in words."""
    return "Days done, week by week: " + ", ".join(str(days) for days in weeks)
