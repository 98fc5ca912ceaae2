"""The report's one sentence: what a coach must know if they read nothing else."""

from collections.abc import Mapping
from datetime import timedelta

from coach_portal.core.rules.preparation.material import Goal, Material
from coach_portal.core.rules.preparation.phrases import capital, counted, listed, on, spelt
from coach_portal.core.rules.preparation.trend import Trend

NAMED = 3
"""So many goals are named; of more, it says how many moved."""
QUIET_FOR = timedelta(days=7)

_VERBS = {
    "up": "went up",
    "down": "went down",
    "same": "held",
    "new": "has begun",
    "few": "cannot be judged yet",
    "nothing": "went untold",
    "paused": "rests",
}


def headline(material: Material, trends: Mapping[int, Trend]) -> str:
    """What moved, what did not, and what waits."""
    told = [_danger(material), _goals(material, trends), _quiet(material), _waiting(material)]
    return " ".join(part for part in told if part)


def quiet_since(material: Material) -> "str | None":
    """The day of the last text, where that is long ago."""
    days = [text.day for text in material.texts.values()]
    if days and material.today - max(days) >= QUIET_FOR:
        return on(max(days))
    return None


def _danger(material: Material) -> str:
    if any(alert.is_open and alert.kind in {"risk", "possible_risk"} for alert in material.alerts):
        return "A text about danger is still open: read it first."
    return ""


def _goals(material: Material, trends: Mapping[int, Trend]) -> str:
    if not material.has_agreed:
        return f"{material.name} has not agreed to texts, so nothing is known but what you know yourself."
    if not material.active:
        return f"{material.name} has no goal yet."
    if all(trends[goal.id].verdict == "nothing" for goal in material.active):
        return f"{material.name} has told nothing yet." if material.last is None else "Nothing was told of any goal."
    by_verb: dict[str, list[Goal]] = {}
    for goal in material.active:
        by_verb.setdefault(_VERBS[trends[goal.id].verdict], []).append(goal)
    if len(material.active) > NAMED:
        return capital(listed(f"{spelt(len(goals))} {verb}" for verb, goals in by_verb.items())) + "."
    clauses = [f"{listed(goal.title for goal in goals)} {_agreeing(verb, goals)}" for verb, goals in by_verb.items()]
    return capital(listed(clauses)) + "."


def _agreeing(verb: str, goals: list[Goal]) -> str:
    plural = {"has begun": "have begun", "rests": "rest"}
    return plural.get(verb, verb) if len(goals) > 1 else verb


def _quiet(material: Material) -> str:
    since = quiet_since(material)
    return f"No word since {since}." if since else ""


def _waiting(material: Material) -> str:
    waiting = sum(alert.is_open and alert.kind == "wants_answer" for alert in material.alerts)
    if not waiting:
        return ""
    return f"{capital(counted(waiting, 'text'))} {'waits' if waiting == 1 else 'wait'} for your answer."
