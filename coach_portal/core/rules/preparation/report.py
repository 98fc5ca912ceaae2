"""The report: what the coach reads, line by line, each with the texts it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coach_portal.core.rules.preparation import phrases
from coach_portal.core.rules.preparation.agreed import kept
from coach_portal.core.rules.preparation.headline import headline
from coach_portal.core.rules.preparation.material import Goal, Material, Text
from coach_portal.core.rules.preparation.obstacles import InTheWay, in_the_way
from coach_portal.core.rules.preparation.openings import openings
from coach_portal.core.rules.preparation.quotes import Quote, best, quotes
from coach_portal.core.rules.preparation.trend import Trend, trend


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `lead` is what it is about, `sure` how sure one can be, `texts` the ids of the texts it rests on, and
    `shown` the one of them that says most, where one may be quoted."""

    said: str
    texts: tuple[int, ...] = ()
    lead: str = ""
    sure: str = ""
    shown: Text | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """One goal: its line, and the trend it states."""

    goal_id: int
    line: Line
    trend: Trend


@dataclass(frozen=True, slots=True)
class Report:
    """All of it, in the order a coach thinks. `way` holds the figures behind `in_the_way`."""

    headline: str
    since: date
    agreed: tuple[Line, ...]
    moved: tuple[Moved, ...]
    quotes: tuple[Quote, ...]
    way: InTheWay
    in_the_way: tuple[Line, ...]
    changed: tuple[Line, ...]
    openings: tuple[Line, ...]
    open: tuple[Line, ...]
    alerts: tuple[Line, ...]
    rests_on: int
    """How many texts were read for it."""


def report(material: Material) -> Report:
    """Infer it from what is known."""
    trends = {goal.id: trend(goal.record, material.since, material.today) for goal in material.active}
    way, said, promises = in_the_way(material), quotes(material), kept(material, trends)
    opened = openings(material, trends, way, said, promises)
    tell = _Teller(material, {quote.body for quote in said})
    return Report(
        headline=headline(material, trends),
        since=material.since,
        agreed=tuple(tell.line(each.said, each.texts, lead=each.body) for each in promises),
        moved=tuple(tell.moved(goal, trends[goal.id]) for goal in material.active),
        quotes=said,
        way=way,
        in_the_way=tuple(tell.in_the_way(way)),
        changed=tuple(_changed(material)),
        openings=tuple(Line(each.said, each.texts) for each in opened),
        open=tuple(tell.open()),
        alerts=tuple(_alerts(material)),
        rests_on=sum(text.day >= material.since for text in material.texts.values()),
    )


class _Teller:
    """Makes lines; words shown beside one of them are not shown again."""

    def __init__(self, material: Material, shown: set[str]) -> None:
        self._material, self._shown = material, shown

    def line(self, said: str, texts: Iterable[int], *, lead: str = "", sure: str = "") -> Line:
        """A line, with the text that says most."""
        ids, known = tuple(texts), self._material.texts
        shown = best(self._material, [each for each in ids if each in known and known[each].body not in self._shown])
        if shown:
            self._shown.add(shown.body)
        return Line(said, ids, lead, sure, shown)

    def moved(self, goal: Goal, found: Trend) -> Moved:
        """How one goal went."""
        told = {
            told.text_id
            for told in self._material.told
            if told.goal_id == goal.id and told.day >= found.since and told.text_id is not None
        }
        said = self.line(phrases.moved(found), sorted(told), lead=goal.title, sure=phrases.sureness(found))
        return Moved(goal.id, said, found)

    def in_the_way(self, way: InTheWay) -> Iterable[Line]:
        """What was named with the misses, and how many had no reason."""
        of_all = phrases.counted(way.misses, "miss", "misses")
        for obstacle in way.named:
            said = f"named with {phrases.spelt(len(obstacle.misses))} of the {of_all}."
            yield self.line(said, obstacle.texts, lead=phrases.OBSTACLES[obstacle.kind])
        if way.unexplained:
            told = phrases.counted(len(way.unexplained), "miss", "misses")
            ids = sorted({each.text_id for each in way.unexplained if each.text_id is not None})
            yield Line(f"No reason was given for {told}.", tuple(ids))

    def open(self) -> Iterable[Line]:
        """What waits for the coach."""
        for alert in self._material.alerts:
            if alert.is_open and alert.kind == "wants_answer":
                told = f"A text of {phrases.on(alert.day)} waits for your answer."
                yield self.line(told, [alert.text_id] if alert.text_id else ())
        unsure = [text for text in self._material.texts.values() if text.is_unsure]
        if unsure:
            told = f"We are not sure what {phrases.counted(len(unsure), 'text')} meant; the figures may change with it."
            yield self.line(told, [text.id for text in unsure])


def _changed(material: Material) -> Iterable[Line]:
    for change in sorted(material.changes, key=lambda change: change.day):
        if change.day >= material.since:
            yield Line(phrases.CHANGES[change.kind].format(**change.words), lead=phrases.on(change.day))


def _alerts(material: Material) -> Iterable[Line]:
    for alert in material.alerts:
        if alert.kind != "wants_answer" and (alert.is_open or alert.day >= material.since):
            told = phrases.ALERTS.get(alert.kind, "An alert")
            state = "still open" if alert.is_open else "looked after"
            yield Line(f"{told} on {phrases.on(alert.day)}: {state}.", (alert.text_id,) if alert.text_id else ())
