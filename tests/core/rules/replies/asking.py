"""A short way to ask what a text means."""

from collections.abc import Sequence
from datetime import datetime

from coach_portal.core.rules.replies import Prompt, Situation, Understanding, understand

EVENING = datetime.fromisoformat("2026-03-04T19:20")  # a Wednesday


def heard(
    text: str,
    *goals: str,
    prompt: Prompt = "check_in",
    asked: Sequence[int] | None = None,
    at: datetime = EVENING,
    locale: str = "en",
) -> Understanding:
    """What is understood of a text; all goals are asked about unless told otherwise."""
    meant = range(len(goals)) if asked is None and prompt == "check_in" else asked or ()
    return understand(text, Situation(prompt, goals, tuple(meant), at, locale))


def won(found: Understanding) -> list[tuple[int | None, float | None]]:
    """The goals won and how much of each, in their order."""
    return sorted(((win.goal, win.amount) for win in found.wins), key=str)


def missed(found: Understanding) -> list[int]:
    """The goals missed, in their order."""
    return sorted(miss.goal for miss in found.misses)
