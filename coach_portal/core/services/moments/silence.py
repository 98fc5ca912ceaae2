"""Why nothing automatic went out to a client today, and when the next text would go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from coach_portal.core.models import CheckInSchedule, Client, Message
from coach_portal.core.rules.may_send import Decision
from coach_portal.core.rules.policies import POLICIES
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services.moments.schedules import next_of

Reason = Literal["no_schedule", "no_goals", "not_today"]
"""What is no rule's refusal: nothing was to be asked."""
REASONS = get_args(Reason)

LASTING = frozenset({
    "archived", "opted_out", "no_consent", "unreachable", "sender_stopped", "held", "paused", "quiet", "budget_spent",
})  # fmt: skip
"""Refusals that stand until something changes, whatever is due."""
AUTOMATED = frozenset(kind for kind, policy in POLICIES.items() if policy.automated)
A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Silence:
    """Why: a rule's name, a Reason, or what a dropped text's row says; `is_over` where it may hold no more.

    `next_at` is when the next text goes, None while nothing but a person changes it.
    """

    rule: str
    next_at: datetime | None
    is_over: bool = False


def today(
    client: Client,
    schedules: Sequence[CheckInSchedule],
    ours: Sequence[Message],
    has_goal: bool,
    decision: Decision,
    now: datetime,
) -> Silence | None:
    """Why today is silent; None if something automatic went out, or today's question is still to come.

    `ours` are our latest texts to the client, newest first; `decision` is that of a check-in now.
    """
    here = zone(client.timezone)
    date = now.astimezone(here).date()
    automatic = [text for text in ours if text.kind in AUTOMATED]
    todays = [text for text in automatic if (text.handed_at or text.created_at).astimezone(here).date() == date]
    waiting = next((text for text in automatic if text.state == "planned"), None)
    if waiting is not None:
        return Silence(waiting.reason or "paced", waiting.send_after) if _is_later(waiting, now) else None
    if any(text.state != "not_sent" for text in todays):
        return None
    if decision.rule in LASTING:
        return Silence(decision.rule, _next_at(client, schedules, decision.next_at) if decision.next_at else None)
    next_at = _next_at(client, schedules, decision.next_at or now)
    if todays:
        return Silence(todays[0].reason or "too_late", next_at, is_over=True)
    reason = _nothing_due(client, schedules, has_goal, now)
    return Silence(reason, next_at) if reason else None


def _nothing_due(client: Client, schedules: Sequence[CheckInSchedule], has_goal: bool, now: datetime) -> Reason | None:
    asking = [schedule for schedule in schedules if schedule.kind != "reflection"]
    if not asking:
        return "no_schedule"
    if not has_goal and all(schedule.kind == "check_in" for schedule in asking):
        return "no_goals"
    here = zone(client.timezone)
    dues = [schedule.next_due_at for schedule in schedules if schedule.next_due_at]
    is_today = any(due_at.astimezone(here).date() == now.astimezone(here).date() for due_at in dues)
    return None if is_today else "not_today"


def _next_at(client: Client, schedules: Sequence[CheckInSchedule], after: datetime) -> datetime | None:
    """The first time that a schedule is due at or after a moment."""
    dues = []
    for schedule in schedules:
        if schedule.next_due_at is not None and schedule.next_due_at < after:
            dues.append(next_of(schedule, client.timezone, after - A_MOMENT).due_at)
        elif schedule.next_due_at is not None:
            dues.append(schedule.next_due_at)
    return min(dues, default=None)


def _is_later(text: Message, now: datetime) -> bool:
    return text.send_after is not None and text.send_after > now
