"""What was agreed last time, and whether it happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from coach_portal.core.rules.preparation.material import Agreement, Material, Told
from coach_portal.core.rules.preparation.phrases import counted, spelt
from coach_portal.core.rules.preparation.trend import Trend
from coach_portal.core.rules.replies.text import WORD, tokens_of
from coach_portal.core.rules.texts.language import language

Outcome = Literal["happened", "partly", "did_not", "unknown"]

STEM, SHORTEST = 5, 4
"""Words alike this far are one; shorter ones name nothing."""
AROUND = timedelta(days=3)
"""A goal agreed or changed so soon after a session was agreed in it."""
_AGREEING = frozenset({"added", "grown", "shrunk", "changed"})


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that was agreed, what became of it, and the texts that tell."""

    body: str
    outcome: Outcome
    said: str
    texts: tuple[int, ...] = ()
    goal_id: int | None = None


def kept(material: Material, trends: Mapping[int, Trend]) -> tuple[Kept, ...]:
    """What became of everything that was agreed; where the coach wrote nothing down, of the goals agreed then."""
    agreements = list(material.agreements) or _inferred(material)
    return tuple(_became(material, agreement, trends.get(agreement.goal_id or 0)) for agreement in agreements)


def _became(material: Material, agreement: Agreement, trend: Trend | None) -> Kept:
    return _of_goal(material, agreement, trend) if trend else _of_words(material, agreement)


def _inferred(material: Material) -> list[Agreement]:
    if material.last is None:
        return []
    last, found = material.last, dict[int, Agreement]()
    for change in material.changes:
        if change.kind in _AGREEING and change.goal_id and last <= change.day <= last + AROUND:
            found[change.goal_id] = Agreement(material.title(change.goal_id), change.goal_id)
    return list(found.values())


def _of_goal(material: Material, agreement: Agreement, trend: Trend) -> Kept:
    first = material.last or material.since
    told = [
        told for told in material.told
        if told.goal_id == agreement.goal_id and told.day >= max(first, trend.since)
    ]  # fmt: skip
    days = {told.day for told in told}
    done = {told.day for told in told if told.did != "missed"}
    texts = tuple(sorted({told.text_id for told in told if told.text_id is not None}))
    if not days:
        said: tuple[Outcome, str] = ("unknown", "I do not know: nothing was told of it.")
    elif not done:
        said = ("did_not", f"It did not happen on any of the {counted(len(days), 'day')} told.")
    elif len(done) == len(days):
        said = ("happened", f"It happened every time, on {counted(len(days), 'day')}{_in_part(told)}.")
    else:
        said = ("partly", f"It happened on {len(done)} of the {len(days)} days told{_in_part(told)}.")
    return Kept(agreement.body, *said, texts, agreement.goal_id)


def _in_part(told: Sequence[Told]) -> str:
    days = {each.day for each in told if each.did == "partly"} - {each.day for each in told if each.did == "done"}
    return f", in part on {spelt(len(days))} of them" if days else ""


def _of_words(material: Material, agreement: Agreement) -> Kept:
    titles = " ".join(goal.title for goal in material.goals)
    stems = _stems(agreement.body, material) - _stems(titles, material)
    found = [
        text.id
        for text in material.texts.values()
        if text.is_safe and text.day >= (material.last or material.since) and stems & _stems(text.body, material)
    ]
    if not found:
        return Kept(agreement.body, "unknown", "I do not know: no text speaks of it, so I would ask.")
    told = "one text may speak of it" if len(found) == 1 else f"{counted(len(found), 'text')} may speak of it"
    return Kept(agreement.body, "unknown", f"I cannot tell: {told}, so I would ask.", tuple(sorted(found)))


def _stems(words: str, material: Material) -> set[str]:
    common = language(material.locale).grammar.reporting
    return {
        token.word[:STEM]
        for token in tokens_of(words)
        if token.kind == WORD and len(token.word) >= SHORTEST and token.word not in common
    }
