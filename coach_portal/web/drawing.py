"""Our own SVG: single marks, strips of them, and the icons of the rail."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from coach_portal.core.rules.marks import Mark

_USE = Markup('<use href="#{}" x="{}"/>')

_FLAG = Markup('<use href="#coach" transform="translate({} -10.5) scale(.6)"/>')

STEP = 16
"""From one mark's centre to the next one's, in the roster's grid."""

MARKS_IN_WORDS = {
    "done": "done",
    "partly": "partly",
    "missed": "missed",
    "silent": "asked, no answer",
    "not_asked": "not asked",
    "paused": "paused",
    "ahead": "not yet",
    "coach": "for you",
}

PLAIN = Markup('<circle cx="12" cy="12" r="7"/>')
ICONS = {
    "sunrise": Markup('<path d="M3 18.5h18M6.5 15a5.5 5.5 0 0 1 11 0M12 4v2.5M4.6 8l1.7 1.6M19.4 8l-1.7 1.6"/>'),
    "people": Markup(
        '<circle cx="9" cy="8.5" r="3.25"/><path d="M3 19c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5'
        'M15.5 5.6a3.1 3.1 0 0 1 0 5.8M17.5 14c2.2.7 3.5 2.5 3.5 5"/>'
    ),
    "person": Markup('<circle cx="12" cy="8.5" r="3.5"/><path d="M5 20c0-3.6 3-6.5 7-6.5s7 2.9 7 6.5"/>'),
    "calendar": Markup('<rect x="4" y="5.5" width="16" height="14" rx="2"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>'),
    "steps": Markup('<path d="M4 19h4.5v-4.5H13V10h4.5V5.5H21"/>'),
    "house": Markup('<path d="M4 11.5 12 4.5l8 7M6.5 9.5V19.5h11V9.5M10 19.5v-5h4v5"/>'),
    "phone": Markup('<rect x="7" y="3" width="10" height="18" rx="2.25"/><path d="M10.75 18h2.5"/>'),
}


@lru_cache(maxsize=64)
def mark(kind: str) -> Markup:
    """One mark, the size of the words beside it, which tell what it means."""
    return Markup('<svg class="glyph" viewBox="-8 -8 16 16" aria-hidden="true"><use href="#{}"/></svg>').format(kind)


@lru_cache(maxsize=64)
def icon(name: str) -> Markup:
    """An icon of the rail. A room that brings none of ours gets a plain ring."""
    paths = ICONS.get(name, PLAIN)
    return Markup('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>').format(paths)


@lru_cache(maxsize=4096)
def strip(marks: tuple[Mark, ...], flagged: tuple[int, ...] = ()) -> Markup:
    """A row of marks for the grid, told to screen readers as runs; a small triangle above the places flagged."""
    width = STEP * len(marks)
    uses = Markup().join(_USE.format(kind, STEP * place) for place, kind in enumerate(marks) if kind != "ahead")
    uses += Markup().join(_FLAG.format(STEP * place) for place in flagged)
    return Markup('<svg class="strip" viewBox="-8 -8 {} 16" role="img" aria-label="{}">{}</svg>').format(
        width, in_words(marks) + (", a text for you" if flagged else ""), uses
    )


def in_words(marks: Sequence[Mark]) -> str:
    """The marks for those who hear them, oldest first, runs counted."""
    runs: list[tuple[str, int]] = []
    for kind in marks:
        if runs and runs[-1][0] == kind:
            runs[-1] = (kind, runs[-1][1] + 1)
        else:
            runs.append((kind, 1))
    return ", ".join(f"{MARKS_IN_WORDS[kind]} {times}" for kind, times in runs)


def axis(days: Sequence[date], today: date) -> Markup:
    """The letters of the days above a grid of strips, today's in bold."""
    letters = Markup().join(
        Markup('<text x="{}"{}>{}</text>').format(
            STEP * place, Markup(' class="now"') if day == today else "", f"{day:%a}"[0]
        )
        for place, day in enumerate(days)
    )
    said = f"{days[0]:%a} {days[0].day} to {days[-1]:%a} {days[-1].day}"
    return Markup('<svg class="axis" viewBox="-8 -8 {} 16" role="img" aria-label="{}">{}</svg>').format(
        STEP * len(days), said, letters
    )


CURVE_WIDE, CURVE_HIGH = 72, 20
"""A curve as wide as four and a half marks."""


@lru_cache(maxsize=1024)
def curve(course: tuple[int, ...]) -> Markup:
    """How a habit's strength, 0 to 100, went from week to week: a line that ends in a point, above its floor."""
    step = CURVE_WIDE / max(len(course) - 1, 1)
    points = [(round(step * place, 1), round(CURVE_HIGH * (1 - level / 100), 1)) for place, level in enumerate(course)]
    line = " ".join(f"{x},{y}" for x, y in points)
    said = "Strength week by week: " + ", ".join(str(level) for level in course)
    return Markup(
        '<svg class="curve" viewBox="-2 -3 {} {}" role="img" aria-label="{}"><path d="M0 {}h{}"/>'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="2.5"/></svg>'
    ).format(CURVE_WIDE + 6, CURVE_HIGH + 6, said, CURVE_HIGH, CURVE_WIDE, line, *points[-1])
