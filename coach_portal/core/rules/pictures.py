"""The week as a picture: our own SVG, of the client's own marks and words, legible on a phone held at arm's length.

Marks are those of every page (`web/templates/marks.svg`), drawn larger. The fonts are Source Sans and Source Serif,
which whoever renders it must have; what they cannot show is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from coach_portal.core.rules.marks import Mark, Tally
from coach_portal.core.rules.texts.fitting import shorten
from coach_portal.core.rules.texts.language import Language, Picturing, language

WIDTH, LEAST_HEIGHT, EDGE = 1080, 1080, 88
INNER = WIDTH - 2 * EDGE
PAPER, INK, SOFT, ACCENT, RULE = "#faf6ee", "#211e19", "#5d564a", "#0c5652", "#cdc2ae"
SANS, SERIF = "Source Sans Pro", "Source Serif Pro"

TALL = 3
"""Up to so many goals have the marks under their title, across the whole width; more stand in rows."""
MOST_GOALS, MOST_WINS, MOST_LINES = 8, 4, 4

_MARKS: dict[Mark, str] = {
    "done": '<circle r="5.5" fill="{ink}"/>',
    "partly": '<circle r="4.75" fill="none" stroke="{ink}" stroke-width="1.2"/>'
    '<path d="M-4.75 0a4.75 4.75 0 0 0 9.5 0z" fill="{ink}"/>',
    "missed": '<circle r="4.75" fill="none" stroke="{ink}" stroke-width="1"/>',
    "silent": '<circle r="2.25" fill="none" stroke="{ink}" stroke-width="1"/>',
    "not_asked": '<circle r="1.1" fill="{ink}"/>',
    "paused": '<path d="M-3.75 0h7.5" stroke="{ink}" stroke-width="1.4" stroke-linecap="round"/>',
    "ahead": "",
}
# Widths in ems, near enough to break a line by; the true ones are the fonts' own.
_NARROW, _WIDE = frozenset("ijltfr.,:;'!|()[] "), frozenset("mwMWÑ@%—")


def kept_as(digest_id: int, token: str | None) -> str:
    """The name under which a week's picture lies in the file store."""
    return f"weeks/{digest_id}-{token or 'unsent'}.png"


@dataclass(frozen=True, slots=True)
class GoalStrip:
    """One goal's seven days."""

    title: str
    marks: Sequence[Mark]
    tally: Tally


@dataclass(frozen=True, slots=True)
class PicturedWeek:
    """What a picture shows. `days` are the seven; `own_wins` are wins outside the goals in their words."""

    client: str
    days: Sequence[date]
    goals: Sequence[GoalStrip]
    own_wins: Sequence[str] = ()
    quote: str | None = None
    practice: str = ""

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was logged."""
        return not self.own_wins and not any(goal.tally.done for goal in self.goals)


def picture(week: PicturedWeek, locale: str) -> str:
    """The SVG of a week, 1080 wide and as high as it needs."""
    sheet = _Sheet(language(locale))
    sheet.head(week)
    if not any(goal.tally.done for goal in week.goals):
        sheet.own_wins(week.own_wins)  # what was done comes first
        sheet.goals(week)
    else:
        sheet.goals(week)
        sheet.own_wins(week.own_wins)
    if week.is_quiet:
        sheet.saying(sheet.words.quiet, quoted=False)
    if week.quote:
        sheet.saying(week.quote, quoted=True)
    return sheet.finish(week.practice)


def told(week: PicturedWeek, locale: str) -> str:
    """The same in words, for who cannot see it."""
    words = language(locale).picturing
    rows = [f"{goal.title} {_tally(goal, words)}" for goal in week.goals] + list(week.own_wins)
    return ", ".join([_title(week, words), *rows])


class _Sheet:
    """Draws from the top down; `y` is where the next thing begins."""

    def __init__(self, spoken: Language) -> None:
        self.language, self.words = spoken, spoken.picturing
        self.y = 96.0
        self._parts: list[str] = []

    def head(self, week: PicturedWeek) -> None:
        """The dates, whose week it is, and a line under it."""
        first, last = week.days[0], week.days[-1]
        months = self.language.grammar.months
        names = {"month": months[first.month - 1], "last_month": months[last.month - 1]}
        template = self.words.within_month if first.month == last.month else self.words.across_months
        self._text(EDGE, self.y + 34, template.format(first=first.day, last=last.day, **names), 36, SOFT)
        title = _title(week, self.words)
        size = min(84.0, 84 * INNER / _width(title, 84))
        self._text(EDGE, self.y + 130, title, size, INK, SERIF)
        self.y += 178
        self._parts.append(f'<path d="M{EDGE} {self.y:.0f}h{INNER}" stroke="{RULE}" stroke-width="2"/>')
        self.y += 40

    def goals(self, week: PicturedWeek) -> None:
        """The marks: large under each title while there are few goals, else a row each."""
        if not week.goals:
            return
        tall = len(week.goals) <= TALL
        columns = _columns(EDGE + 34, WIDTH - EDGE - 34) if tall else _columns(560, WIDTH - EDGE - 24)
        self.y += 34
        for x, day in zip(columns, week.days, strict=True):
            letter = self.words.day_letters[day.weekday()]
            self._text(x, self.y, letter, 32, SOFT, anchor="middle")
        self.y += 26
        for goal in week.goals[:MOST_GOALS]:
            (self._tall if tall else self._row)(goal, columns)
        left_out = len(week.goals) - MOST_GOALS
        if left_out > 0:
            self._text(EDGE, self.y + 40, f"+ {left_out}", 34, SOFT)
            self.y += 64
        self.y += 20

    def own_wins(self, wins: Sequence[str]) -> None:
        """What they did besides, each with the mark of a thing done."""
        if not wins:
            return
        self._text(EDGE, self.y + 44, self.words.own_wins, 38, INK, weight=600)
        self.y += 66
        for said in list(wins)[:MOST_WINS]:
            self._mark("done", EDGE + 14, self.y + 30, 2.4)
            self._text(EDGE + 50, self.y + 44, _cut(said, 42, INNER - 60), 42, INK, SERIF)
            self.y += 64
        if len(wins) > MOST_WINS:
            self._text(EDGE + 50, self.y + 40, f"+ {len(wins) - MOST_WINS}", 34, SOFT)
            self.y += 56
        self.y += 30

    def saying(self, said: str, *, quoted: bool) -> None:
        """Words in the serif, as large as they may be."""
        lines = list(_lines(_clean(said), 52, INNER - 20))
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], _cut(" ".join(lines[MOST_LINES - 1 :]), 52, INNER - 40)]
        self.y += 40
        if quoted and lines:
            self._text(EDGE - 24, self.y + 52, "“", 52, INK, SERIF)
            lines[-1] += "”"
        for line in lines:
            self._text(EDGE, self.y + 52, line, 52, INK, SERIF)
            self.y += 70
        self.y += 10

    def finish(self, practice: str) -> str:
        """The whole, with who it comes from at its foot."""
        height = max(LEAST_HEIGHT, self.y + 40 + 80)
        if practice:
            self._text(EDGE, height - 64, _cut(practice, 32, INNER), 32, SOFT)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}" '
            f'viewBox="0 0 {WIDTH} {height:.0f}"><rect width="100%" height="100%" fill="{PAPER}"/>'
            f"{''.join(self._parts)}</svg>"
        )

    def _tall(self, goal: GoalStrip, columns: Sequence[float]) -> None:
        tally = _tally(goal, self.words)
        self._text(EDGE, self.y + 52, _cut(goal.title, 44, INNER - 170), 44, INK, weight=600)
        if goal.tally.done:  # what was not done is not held up to them in numbers
            self._text(WIDTH - EDGE, self.y + 52, tally, 40, SOFT, anchor="end")
        for x, kind in zip(columns, goal.marks, strict=True):
            self._mark(kind, x, self.y + 122, 6.2)
        self.y += 196

    def _row(self, goal: GoalStrip, columns: Sequence[float]) -> None:
        self._text(EDGE, self.y + 46, _cut(goal.title, 36, 450), 36, INK, weight=600)
        for x, kind in zip(columns, goal.marks, strict=True):
            self._mark(kind, x, self.y + 34, 3.9)
        self.y += 78

    def _mark(self, kind: Mark, x: float, y: float, scale: float) -> None:
        ink = ACCENT if kind in {"done", "partly"} else SOFT
        shape = _MARKS[kind].format(ink=ink)
        self._parts.append(f'<g transform="translate({x:.1f} {y:.1f}) scale({scale})">{shape}</g>')

    def _text(
        self,
        x: float,
        y: float,
        said: str,
        size: float,
        fill: str,
        family: str = SANS,
        *,
        weight: int = 400,
        anchor: str = "start",
    ) -> None:
        self._parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-family="{family}" font-size="{size:.1f}" font-weight="{weight}" '
            f'text-anchor="{anchor}" fill="{fill}">{escape(_clean(said))}</text>'
        )


def _title(week: PicturedWeek, words: Picturing) -> str:
    name = _clean(week.client)
    return words.title.format(client=name) if name else words.title_alone


def _tally(goal: GoalStrip, words: Picturing) -> str:
    return words.tally.format(done=goal.tally.done, days=goal.tally.days)


def _columns(left: float, right: float) -> list[float]:
    return [left + (right - left) * place / 6 for place in range(7)]


def _clean(said: str) -> str:
    """What the fonts can show: Latin, Greek and Cyrillic letters and their marks, on one line."""
    shown = "".join(each for each in said if " " <= each < "\u0530" or "\u1e00" <= each < "\u2027" or each == "€")
    return " ".join(shown.split())


def _width(said: str, size: float) -> float:
    ems = sum(0.3 if each in _NARROW else 0.86 if each in _WIDE else 0.64 if each.isupper() else 0.53 for each in said)
    return max(ems * size, 1)


def _cut(said: str, size: float, room: float) -> str:
    words = _clean(said)
    if _width(words, size) <= room:
        return words
    fits = next((limit for limit in range(len(words), 4, -1) if _width(words[:limit], size) <= room), 4)
    return shorten(words, fits)


def _lines(said: str, size: float, room: float) -> Iterator[str]:
    line = ""
    for word in said.split():
        longer = f"{line} {word}".strip()
        if line and _width(longer, size) > room:
            yield line
            longer = word
        line = longer if _width(longer, size) <= room else _cut(longer, size, room)
    if line:
        yield line
