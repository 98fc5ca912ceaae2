"""The report: what the coach reads, line by line, each with the texts it rests on."""

from collections.abc import Iterable, Sequence
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

UNSURE_SHOWN = 3


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
    return Report(
        headline=headline(material, trends),
        since=material.since,
        agreed=tuple(_line(material, each.said, each.texts, lead=each.body) for each in promises),
        moved=tuple(_moved(material, goal, trends[goal.id]) for goal in material.active),
        quotes=said,
        way=way,
        in_the_way=tuple(_in_the_way(material, way)),
        changed=tuple(_changed(material)),
        openings=tuple(_line(material, each.said, each.texts) for each in opened),
        open=tuple(_open(material)),
        alerts=tuple(_alerts(material)),
        rests_on=sum(text.day >= material.since for text in material.texts.values()),
    )


def _line(material: Material, said: str, texts: Iterable[int], *, lead: str = "", sure: str = "") -> Line:
    ids = tuple(texts)
    return Line(said, ids, lead, sure, best(material, ids))


def _moved(material: Material, goal: Goal, found: Trend) -> Moved:
    told = {
        told.text_id for told in material.told
        if told.goal_id == goal.id and told.day >= found.since and told.text_id is not None
    }  # fmt: skip
    said = _line(material, phrases.moved(found), sorted(told), lead=goal.title, sure=phrases.sureness(found))
    return Moved(goal.id, said, found)


def _in_the_way(material: Material, way: InTheWay) -> Iterable[Line]:
    for obstacle in way.named:
        said = (
            f"named with {phrases.spelt(len(obstacle.misses))} of the {phrases.counted(way.misses, 'miss', 'misses')}."
        )
        yield _line(material, said, obstacle.texts, lead=phrases.OBSTACLES[obstacle.kind])
    if way.unexplained:
        told = phrases.counted(len(way.unexplained), "miss", "misses")
        ids = sorted({each.text_id for each in way.unexplained if each.text_id is not None})
        yield Line(f"No reason was given for {told}.", tuple(ids))


def _changed(material: Material) -> Iterable[Line]:
    for change in sorted(material.changes, key=lambda change: change.day):
        if change.day >= material.since:
            yield Line(phrases.CHANGES[change.kind].format(**change.words), lead=phrases.on(change.day))


def _open(material: Material) -> Iterable[Line]:
    for alert in material.alerts:
        if alert.is_open and alert.kind == "wants_answer":
            told = f"A text of {phrases.on(alert.day)} waits for your answer."
            yield _line(material, told, [alert.text_id] if alert.text_id else ())
    unsure = [text for text in material.texts.values() if text.is_unsure and text.day >= material.since]
    if unsure:
        told = f"We are not sure what {phrases.counted(len(unsure), 'text')} meant; the figures may change with it."
        yield _line(material, told, _ids(unsure))


def _alerts(material: Material) -> Iterable[Line]:
    for alert in material.alerts:
        if alert.kind != "wants_answer" and (alert.is_open or alert.day >= material.since):
            told = phrases.ALERTS.get(alert.kind, "Something wanted you")
            state = "still open" if alert.is_open else "looked after"
            yield Line(f"{told} on {phrases.on(alert.day)}: {state}.", (alert.text_id,) if alert.text_id else ())


def _ids(texts: Sequence[Text]) -> tuple[int, ...]:
    return tuple(text.id for text in texts)
