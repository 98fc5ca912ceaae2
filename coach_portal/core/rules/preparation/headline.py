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
    "new": "began",
    "few": "cannot be judged yet",
    "nothing": "went untold",
    "paused": "was paused",
}


def headline(material: Material, trends: Mapping[int, Trend]) -> str:
    """What moved, what did not, and what waits."""
    told = [_danger(material), _goals(material, trends), _quiet(material), _waiting(material)]
    return " ".join(part for part in told if part)


def quiet_since(material: Material) -> str | None:
    """The day of the last text, where that is long ago."""
    last = material.last_text
    return on(last) if last and material.today - last >= QUIET_FOR else None


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
        by_verb.setdefault(_verb(trends[goal.id]), []).append(goal)
    if len(material.active) > NAMED:
        return capital(listed(f"{spelt(len(goals))} {verb}" for verb, goals in by_verb.items())) + "."
    clauses = [f"{listed(goal.title for goal in goals)} {verb}" for verb, goals in by_verb.items()]
    return capital(listed(clauses)) + "."


def _verb(trend: Trend) -> str:
    if trend.verdict != "same":
        return _VERBS[trend.verdict]
    return "held" if trend.now.done * 3 >= trend.now.told * 2 else "went much as before"


def _quiet(material: Material) -> str:
    since = quiet_since(material)
    return f"No word since {since}." if since else ""


def _waiting(material: Material) -> str:
    waiting = sum(alert.is_open and alert.kind == "wants_answer" for alert in material.alerts)
    if not waiting:
        return ""
    return f"{capital(counted(waiting, 'text'))} {'waits' if waiting == 1 else 'wait'} for your answer."
