"""How the coach might open: open questions, inferred from what was told. They never diagnose and never advise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from coach_portal.core.rules.preparation.agreed import Kept
from coach_portal.core.rules.preparation.headline import quiet_since
from coach_portal.core.rules.preparation.material import Goal, Material, Text, Told
from coach_portal.core.rules.preparation.obstacles import InTheWay, named
from coach_portal.core.rules.preparation.phrases import OBSTACLES, counted, on
from coach_portal.core.rules.preparation.quotes import Quote
from coach_portal.core.rules.preparation.trend import Trend
from coach_portal.core.rules.texts.fitting import shorten

MOST, LEAST = 3, 2
QUOTED = 90
"""Letters of theirs that a question may carry."""
NEARLY_ALWAYS, OVER = 0.85, timedelta(days=21)
"""What counts as nearly every time, and how long it must have been told."""
_BURDENS = frozenset({"time", "tired", "ill", "away", "mood", "weather"})
"""Of what gets in the way, that which is never told of as company."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A question to open with, and the texts it comes from."""

    said: str
    texts: tuple[int, ...] = ()


def openings(
    material: Material, trends: Mapping[int, Trend], way: InTheWay, said: Sequence[Quote], promises: Sequence[Kept]
) -> tuple[Opening, ...]:
    """Two or three, what presses first."""
    found: list[Opening] = []
    for opening in _candidates(material, trends, way, said, promises):
        if not any(opening.texts and set(opening.texts) & set(other.texts) for other in found):
            found.append(opening)
    found += [Opening(words) for words in _usual(material)][: max(0, LEAST - len(found))]
    return tuple(found[:MOST])


def _candidates(
    material: Material, trends: Mapping[int, Trend], way: InTheWay, said: Sequence[Quote], promises: Sequence[Kept]
) -> Iterator[Opening]:
    yield from _danger(material)
    yield from _waiting(material)
    if since := quiet_since(material):
        yield Opening(f"It has been quiet since {since}. Which texts help you, and which would you rather do without?")
    yield from _down(material, trends, way)
    yield from _despite(material)
    yield from _unknown(promises)
    yield from _up(material, trends)
    yield from _reflected(said)
    yield from _automatic(material, trends)


def _danger(material: Material) -> Iterator[Opening]:
    told = [alert for alert in material.alerts if alert.kind in {"risk", "possible_risk"}]
    recent = [alert for alert in told if alert.is_open or alert.day >= material.since]
    if recent:
        ids = tuple(alert.text_id for alert in recent if alert.text_id)
        yield Opening("Before anything else: how are you today?", ids)


def _waiting(material: Material) -> Iterator[Opening]:
    for alert in material.alerts:
        text = material.texts.get(alert.text_id or 0)
        if alert.is_open and alert.kind == "wants_answer" and text and text.is_safe:
            yield Opening(
                f"You wrote {_quoted(text.body)}, and I have not answered yet. Shall we begin there?", (text.id,)
            )
            return


def _down(material: Material, trends: Mapping[int, Trend], way: InTheWay) -> Iterator[Opening]:
    for goal in _with(material, trends, "down"):
        for obstacle in way.named:
            misses = [miss for miss in obstacle.misses if miss.goal_id == goal.id]
            ids = tuple(sorted({miss.text_id for miss in misses if miss.text_id is not None}))
            if len(ids) >= 2:
                told = f"{OBSTACLES[obstacle.kind]} came up {counted(len(ids), 'time')} around “{goal.title}”."
                yield Opening(f"{told} What would still be small enough on such a day?", ids)
                break
        else:
            yield Opening(f"“{goal.title}” has become harder. What is different now from when it went well?")


def _despite(material: Material) -> Iterator[Opening]:
    """Something was in the way, named in the same text, and it was done all the same."""
    done = [told for told in material.lately() if told.did != "missed" and told.text_id in material.texts]
    missed = {told.text_id for told in material.lately() if told.did == "missed"}
    for told in reversed(done):
        text = material.texts[told.text_id or 0]
        if text.id not in missed and text.is_safe and _has_obstacle(text, material):
            yield Opening(
                f"On {on(text.day)} you wrote {_quoted(text.body)}. What made it possible that day?", (text.id,)
            )
            return


def _has_obstacle(text: Text, material: Material) -> bool:
    return not _BURDENS.isdisjoint(named(text.body, material.locale))


def _unknown(promises: Sequence[Kept]) -> Iterator[Opening]:
    for promise in promises:
        if promise.outcome == "unknown":
            yield Opening(f"Last time we spoke of “{promise.body.rstrip('.')}”. Where does that stand?", promise.texts)
            return


def _up(material: Material, trends: Mapping[int, Trend]) -> Iterator[Opening]:
    for goal in _with(material, trends, "up"):
        now, before = trends[goal.id].now, trends[goal.id].before
        unit = "weeks" if trends[goal.id].in_weeks else "days"
        told = f"“{goal.title}” went from {before.done} of {before.told} {unit} to {now.done} of {now.told}."
        yield Opening(f"{told} What did you do differently?")


def _reflected(said: Sequence[Quote]) -> Iterator[Opening]:
    for quote in reversed(said):
        if quote.question:
            ids = (quote.text_id,) if quote.text_id else ()
            told = f"Asked “{quote.question}” you wrote {_quoted(quote.body)}."
            yield Opening(f"{told} What would you add today?", ids)
            return


def _automatic(material: Material, trends: Mapping[int, Trend]) -> Iterator[Opening]:
    for goal in material.active:
        told = [told for told in material.told if told.goal_id == goal.id]
        if _is_nearly_always(told, material) and trends[goal.id].verdict in {"same", "up"}:
            yield Opening(f"“{goal.title}” happens nearly every time. Leave it, add to it, or let it go with thanks?")
            return


def _is_nearly_always(told: Sequence[Told], material: Material) -> bool:
    days = {each.day for each in told}
    done = {each.day for each in told if each.did != "missed"}
    return bool(days) and material.today - min(days) >= OVER and len(done) >= NEARLY_ALWAYS * len(days) >= 10


def _with(material: Material, trends: Mapping[int, Trend], verdict: str) -> Iterator[Goal]:
    return (goal for goal in material.active if trends[goal.id].verdict == verdict)


def _usual(material: Material) -> tuple[str, ...]:
    if material.last is None and not material.told:
        return (
            "What would a good week look like, and what is the smallest piece of it?",
            "What do you do every day without thinking, to which something tiny could be tied?",
        )
    return ("What went better than you expected since we last spoke?", "What would make this hour worth it for you?")


def _quoted(body: str) -> str:
    return f"“{shorten(' '.join(body.split()).rstrip('.'), QUOTED)}”"
