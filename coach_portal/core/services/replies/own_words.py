"""A client's own words for a goal, learnt when their coach says what a text meant, forgotten when it is taken back."""

from collections.abc import Iterable, Mapping
from typing import Any

from coach_portal.core.models import Goal
from coach_portal.core.rules.telling_words import telling_words

MOST_SYNONYMS = 40
_APART = " . "
Reading = Mapping[str, Any]
Learnt = dict[str, Any]
"""What was learnt from one text: {"goal_id", "words"}."""


def learn(body: str, seen: Reading, meant: Reading, goals: Mapping[int, Goal]) -> Learnt | None:
    """The telling words of a text that meant a goal otherwise than we saw become that client's own words for it."""
    seen_in, meant_in = goals_in(seen), goals_in(meant)
    new = meant_in - seen_in or (meant_in if seen_in > meant_in else set())
    if len(new) != 1 or seen.get("risk"):
        return None  # of two goals there is no telling which words meant which
    goal = goals[new.pop()]
    others = [other.title for other in goals.values() if other is not goal]
    misread, unread = _parts(body, seen, meant_in)
    words = telling_words(misread, others) or telling_words(unread, others)
    unknown = [word for word in words if word not in goal.synonyms]
    if not unknown:
        return None
    goal.synonyms = [*goal.synonyms, *unknown][-MOST_SYNONYMS:]
    return {"goal_id": goal.id, "words": unknown}


def forget(reading: Reading, goals: Mapping[int, Goal]) -> None:
    """Unlearn what was learnt when a text was read so."""
    learnt = reading.get("learnt")
    if learnt and (goal := goals.get(learnt["goal_id"])):
        goal.synonyms = [word for word in goal.synonyms if word not in learnt["words"]]


def remember(reading: Reading, goals: Mapping[int, Goal]) -> None:
    """Learn again what was learnt when a text was read so."""
    learnt = reading.get("learnt")
    if learnt and (goal := goals.get(learnt["goal_id"])):
        new = [word for word in learnt["words"] if word not in goal.synonyms]
        goal.synonyms = [*goal.synonyms, *new][-MOST_SYNONYMS:]


def goals_in(reading: Reading) -> set[int]:
    """The goals a reading speaks of."""
    items = [*reading.get("wins", ()), *reading.get("misses", ())]
    return {item["goal_id"] for item in items if item.get("goal_id") is not None}


def _parts(body: str, seen: Reading, meant: set[int]) -> tuple[str, str]:
    """What of a text was read wrongly, as far as that is known, and what is left without what was read rightly."""
    items = [item for item in (*seen.get("wins", ()), *seen.get("misses", ())) if "start" in item]
    wrong = _spans(item for item in items if item.get("goal_id") not in meant)
    rest, at = [], 0
    for start, end in _spans(item for item in items if item.get("goal_id") in meant):
        rest.append(body[at:start])
        at = max(at, end)
    return _APART.join(body[start:end] for start, end in wrong), _APART.join([*rest, body[at:]])


def _spans(items: Iterable[Mapping[str, Any]]) -> list[tuple[int, int]]:
    return sorted({(item["start"], item["end"]) for item in items})
