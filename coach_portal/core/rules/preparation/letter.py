"""The email that a preparation waits. It quotes nobody and names no goal: what they are is told in the portal only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coach_portal.core.rules.preparation.phrases import capital, clock, counted, listed, spelt
from coach_portal.core.rules.preparation.report import Report

_WORDS = {"up": "went up", "down": "went down", "same": "went as before", "new": "began", "paused": "was paused"}
_UNKNOWN = "cannot be judged yet"


@dataclass(frozen=True, slots=True)
class Session:
    """One session as the email tells of it: its local time, whom with, and the address of its page."""

    at: datetime
    client: str
    report: Report
    url: str


def summary(report: Report) -> str:
    """What the report comes to, in counts."""
    told = ["Something about safety is open: read it first."] if _is_grave(report) else []
    told.append(_goals(report))
    waiting = sum(line.said.startswith("A text of") for line in report.open)
    if waiting:
        told.append(f"{capital(counted(waiting, 'text'))} {'waits' if waiting == 1 else 'wait'} for your answer.")
    told.append(f"{capital(counted(len(report.openings), 'question'))} you might open with.")
    return " ".join(told)


def subject(sessions: Sequence[Session]) -> str:
    """Whom the coach meets."""
    names = [session.client for session in sessions]
    return f"Before you meet {listed(names)}"


def body(sessions: Sequence[Session]) -> str:
    """A paragraph for each session, and the address of its page."""
    told = [f"{clock(each.at)}  {each.client}\n{summary(each.report)}\n{each.url}\n" for each in sessions]
    foot = "What they wrote is in the portal only, never in an email. Choose the hour, or none, under Practice.\n"
    return "\n".join([*told, foot])


def _is_grave(report: Report) -> bool:
    return any("danger" in line.said and line.said.endswith("still open.") for line in report.alerts)


def _goals(report: Report) -> str:
    if not report.moved:
        return "No goal is agreed."
    counts: dict[str, int] = {}
    for moved in report.moved:
        words = _WORDS.get(moved.trend.verdict, _UNKNOWN)
        counts[words] = counts.get(words, 0) + 1
    if len(report.moved) == 1:
        return f"The goal {next(iter(counts))}."
    told = listed(f"{spelt(count)} {words}" for words, count in counts.items())
    return f"Of {counted(len(report.moved), 'goal')}, {told}."
