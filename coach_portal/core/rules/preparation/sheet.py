"""The report laid out for paper: labels, lines and what stands beside them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from coach_portal.core.rules.preparation import phrases
from coach_portal.core.rules.preparation.chart import chart
from coach_portal.core.rules.preparation.material import Text
from coach_portal.core.rules.preparation.quotes import Quote
from coach_portal.core.rules.preparation.report import Line, Moved, Report

Where = Callable[[int], str]
"""The address at which a text stands in its conversation."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line on paper. `quote` is theirs, in the larger serif; `number` counts openings; `drawing` is an SVG.

    `rests` says how many texts it rests on; `beside` is one of them, `beside_when` its moment, `link` its address.
    """

    said: str = ""
    lead: str = ""
    sure: str = ""
    rests: str = ""
    quote: str = ""
    number: int = 0
    drawing: str = ""
    beside_when: str = ""
    beside: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A label, and what stands to the right of it."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. `title` is what a reader's window shows."""

    title: str
    who: str
    when: str
    headline: str
    sections: tuple[Section, ...]
    foot: str


def sheet(report: Report, *, name: str, who: str, when: str, written: str, where: Where) -> Sheet:
    """The whole report. `written` says when it was."""
    told = [
        Section("Alerts", tuple(_row(line, where) for line in report.alerts)),
        Section("Agreed last time", _or(_rows(report.agreed, where), "I do not know: nothing was written down.")),
        Section("What moved, and what did not", tuple(_moved(moved, where) for moved in report.moved)),
        Section(f"In {name}’s words", tuple(_quote(quote, where) for quote in report.quotes)),
        Section("What got in the way", _or(_rows(report.in_the_way, where), "No miss was told.")),
        Section("What changed", _rows(report.changed, where)),
        Section("You might open with", tuple(_opening(line, place) for place, line in enumerate(report.openings, 1))),
        Section("Still open", _rows(report.open, where)),
    ]
    foot = (
        f"Written {written} from {phrases.counted(report.rests_on, 'text')} since {phrases.on(report.since)}; "
        "“before” is as many days before that. It infers; where it does not know, it says so."
    )
    kept = tuple(section for section in told if section.rows)
    return Sheet(f"Preparation: {who}", who, when, report.headline, kept, foot)


def _rows(lines: Iterable[Line], where: Where) -> tuple[Row, ...]:
    return tuple(_row(line, where) for line in lines)


def _or(rows: tuple[Row, ...], otherwise: str) -> tuple[Row, ...]:
    return rows or (Row(sure=otherwise),)


def _row(line: Line, where: Where) -> Row:
    lead = f"{line.lead}:" if line.lead and line.said[:1].isupper() else line.lead
    rests = phrases.counted(len(line.texts), "text") if line.texts else ""
    row = Row(line.said, lead, line.sure, rests, link=where(line.texts[-1]) if line.texts else "")
    if line.shown is None:
        return row
    return replace(row, link=where(line.shown.id), beside_when=_when(line.shown), beside=line.shown.body)


def _moved(moved: Moved, where: Where) -> Row:
    return replace(_row(moved.line, where), lead=f"{moved.line.lead}.", drawing=chart(moved.trend.weeks))


def _quote(quote: Quote, where: Where) -> Row:
    source = f"Reflection, {_day(quote.day)}" if quote.question else _day(quote.day)
    link = where(quote.text_id) if quote.text_id else ""
    return Row(sure=quote.question, quote=quote.body, beside_when=source, link=link)


def _opening(line: Line, place: int) -> Row:
    return Row(said=line.said, number=place)


def _when(text: Text) -> str:
    return f"{_day(text.day)}, {phrases.clock(text.at)}"


def _day(day: date) -> str:
    return phrases.on(day)
