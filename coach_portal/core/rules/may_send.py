"""May this text go to this person now? One pure rule, asked when a text is planned and again in the step that sends it.

Its answer names the rule that says no and, where there is one, the next moment at which it would say yes.
Rule numbers are those of docs/messaging-rules.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal

from coach_portal.core.rules.hours import (
    LAW_FROM,
    LAW_UNTIL,
    LONGEST_WAIT,
    Window,
    law,
    next_midnight,
    next_month,
    next_open,
    same_month,
    window,
)
from coach_portal.core.rules.policies import POLICIES, Policy
from coach_portal.core.rules.state_hours import MOST_PER_DAY, state_hours

Rule = Literal[
    "archived", "opted_out", "no_consent", "no_call_consent", "call_cap",
    "no_promotion_consent", "unreachable", "sender_stopped", "held", "paused",
    "quiet", "already_told", "budget_spent", "too_late", "touched_today", "daily_cap", "weekly_cap",
    "promotion_cap", "outside_hours", "area_code", "state_hours",
]  # fmt: skip

# An answer to the client's own text finds the phone in their hand; a quarter of an hour later it no longer does.
ANSWER_WITHIN = timedelta(minutes=15)
# "Until I say so": a pause without an end.
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
# R16: automated texts a client gets unless they chose otherwise; the week's is what the invitation promises.
TEXTS_PER_DAY, TEXTS_PER_WEEK = 2, 10
# R16 too: what the question whether somebody may be called promises; whom a call did not reach was called as well.
CALLS_PER_WEEK = 10
# The method: one question a day, unless more were agreed.
TOUCHES_PER_DAY = 1


@dataclass(frozen=True, slots=True)
class Promotion:
    """What more is asked of a text that sells (R2): an agreement of its own, the state's hours, a cap of its own.

    `state` is the two letters of a US state, "" elsewhere, None where the number does not tell it. `recent` are the
    moments of the promotional texts of the last 24 hours.
    """

    agreed: bool = False
    state: str | None = None
    recent: Sequence[datetime] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rule needs to know of one text or call and the person it is for. Hours are local "HH:MM".

    `consent` is where the ledger stands for texts, `calls` where it stands for calls; a call needs both.

    `texts_from`, `texts_until` and `sunday_from` are the practice's; `asked_from` and `asked_until` what the client
    asked for. `own_time` is a time agreed with the client, which the practice's hours do not bind. `phone_zones` are
    other zones that the number's area code lies in. Counts leave this text out; `week_frees_at` is when the oldest of
    the last seven days no longer counts.
    """

    kind: str
    channel: str = "text"
    consent: str = "none"
    calls: str = "none"
    opted_out: bool = False
    held: bool = False
    paused_until: datetime | None = None
    quiet: bool = False
    unreachable: bool = False
    archived: bool = False
    already_told: bool = False
    timezone: str = "UTC"
    phone_zones: str = ""
    texts_from: str = LAW_FROM
    texts_until: str = LAW_UNTIL
    sunday_from: str = LAW_FROM
    asked_from: str | None = None
    asked_until: str | None = None
    own_time: bool = False
    deadline_at: datetime | None = None
    texts_per_day: int = TEXTS_PER_DAY
    texts_per_week: int = TEXTS_PER_WEEK
    touches_per_day: int = TOUCHES_PER_DAY
    texts_today: int = 0
    texts_this_week: int = 0
    calls_this_week: int = 0
    touches_today: int = 0
    week_frees_at: datetime | None = None
    sender_stopped: bool = False
    budget_spent_at: datetime | None = None
    promotion: Promotion | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the text may go; if not, which rule says no, and when it would say yes (None: not by waiting)."""

    allowed: bool
    rule: Rule | None = None
    next_at: datetime | None = None


YES = Decision(True)


def decide(facts: Facts, now: datetime) -> Decision:
    """May this text go now?"""
    if facts.kind == "safety":
        return YES
    policy = POLICIES[facts.kind]
    refused = _by_person(facts, policy) or _by_silence(facts, policy, now)
    if refused:
        return refused
    if facts.deadline_at is not None and now >= facts.deadline_at:
        return Decision(False, "too_late")
    if policy.automated:
        refused = _by_budget(facts, now) or _by_caps(facts, policy, now)
        if refused:
            return refused
    if facts.promotion is not None:
        refused = _by_promotion(facts, facts.promotion, now)
        if refused:
            return refused
    return _by_hours(facts, now) if policy.hours else YES


def seconds_left(facts: Facts, now: datetime) -> int | None:
    """How long the carrier may keep trying (R15): until the deadline, the hours' end or LONGEST_WAIT, whichever first.

    None for a text that is bound by none of them.
    """
    policy = POLICIES[facts.kind]
    ends = [facts.deadline_at] if facts.deadline_at is not None else []
    if policy.hours:
        ends += [now + LONGEST_WAIT, *(each.closes(now) for each in _windows(facts) if each.is_open(now))]
    return max(int((min(ends) - now).total_seconds()), 1) if ends else None


def last_hour(texts_until: str, asked_until: str | None, own_time: bool) -> str:
    """Until when today's texts may go: what the law, the client and, but for an agreed time, the practice allow."""
    return min(LAW_UNTIL, asked_until or LAW_UNTIL, LAW_UNTIL if own_time else texts_until)


def _by_person(facts: Facts, policy: Policy) -> Decision | None:
    if facts.archived:
        return Decision(False, "archived")
    if facts.opted_out and not policy.despite_opt_out:
        return Decision(False, "opted_out")
    if facts.kind == "invitation" and facts.consent == "granted":
        return Decision(False, "already_told")
    if policy.consent is not None and facts.consent != policy.consent:
        return Decision(False, "opted_out" if facts.consent in {"revoked", "declined"} else "no_consent")
    return _as_a_call(facts) or _by_sale(facts) or _by_number(facts)


def _as_a_call(facts: Facts) -> Decision | None:
    if facts.channel != "call":
        return None
    if facts.calls != "granted":
        return Decision(False, "no_call_consent")
    return Decision(False, "call_cap") if facts.calls_this_week >= CALLS_PER_WEEK else None


def _by_sale(facts: Facts) -> Decision | None:
    agreed = facts.promotion is None or facts.promotion.agreed
    return None if agreed else Decision(False, "no_promotion_consent")


def _by_number(facts: Facts) -> Decision | None:
    if facts.unreachable:
        return Decision(False, "unreachable")
    # A coach must hear of danger whatever the carrier did to the number, and what filters texts stops no call.
    bound = facts.kind != "coach_alert" and facts.channel == "text"
    return Decision(False, "sender_stopped") if facts.sender_stopped and bound else None


def _by_silence(facts: Facts, policy: Policy, now: datetime) -> Decision | None:
    if facts.held and "held" in policy.silenced_by:
        return Decision(False, "held")
    if facts.paused_until is not None and now < facts.paused_until and "paused" in policy.silenced_by:
        back = None if facts.paused_until >= FOREVER else facts.paused_until
        return Decision(False, "paused", _opening(facts, back))
    if facts.quiet and "quiet" in policy.silenced_by:
        return Decision(False, "quiet")
    if facts.already_told and "already_told" in policy.silenced_by:
        return Decision(False, "already_told")
    return None


def _by_budget(facts: Facts, now: datetime) -> Decision | None:
    # Money is counted by months of UTC.
    if facts.budget_spent_at is None or not same_month(facts.budget_spent_at, now):
        return None
    return Decision(False, "budget_spent", _opening(facts, next_month(now)))


def _by_caps(facts: Facts, policy: Policy, now: datetime) -> Decision | None:
    rule: Rule | None = None
    if policy.touch and facts.touches_today >= facts.touches_per_day:
        rule = "touched_today"
    elif facts.texts_today >= facts.texts_per_day:
        rule = "daily_cap"
    if rule:
        return Decision(False, rule, _opening(facts, next_midnight(facts.timezone, now)))
    if facts.texts_this_week >= facts.texts_per_week:
        return Decision(False, "weekly_cap", _opening(facts, facts.week_frees_at))
    return None


def _by_promotion(facts: Facts, promotion: Promotion, now: datetime) -> Decision | None:
    recent = sorted(at for at in promotion.recent if at > now - timedelta(hours=24))
    if len(recent) >= MOST_PER_DAY:
        frees_at = recent[-MOST_PER_DAY] + timedelta(hours=24)
        return Decision(False, "promotion_cap", _opening(facts, frees_at))
    if promotion.state == "" or state_hours(promotion.state).window(facts.timezone).is_open(now):
        return None
    return Decision(False, "state_hours", _opening(facts, now))


def _by_hours(facts: Facts, now: datetime) -> Decision:
    windows = _windows(facts)
    if all(each.is_open(now) for each in windows):
        return YES
    rule: Rule = "area_code" if windows[0].is_open(now) else "outside_hours"
    return Decision(False, rule, next_open(windows, now))


def _opening(facts: Facts, after: datetime | None) -> datetime | None:
    """The first moment from then on that the hours allow."""
    return None if after is None else next_open(_windows(facts), after)


def _windows(facts: Facts) -> list[Window]:
    """The client's own hours first, then the law's where else the number may be (R14), then the state's."""
    own = facts.own_time
    found = list(
        _hours_kept(
            facts.timezone,
            max(facts.asked_from or LAW_FROM, LAW_FROM if own else facts.texts_from),
            last_hour(facts.texts_until, facts.asked_until, own),
            LAW_FROM if own else facts.sunday_from,
            facts.phone_zones,
        )
    )
    if facts.promotion is not None and facts.promotion.state != "":
        found.append(state_hours(facts.promotion.state).window(facts.timezone))
    return found


@lru_cache(maxsize=4096)
def _hours_kept(timezone: str, opens: str, closes: str, sunday_opens: str, phone_zones: str) -> tuple[Window, ...]:
    return (window(timezone, opens, closes, sunday_opens), *map(law, phone_zones.split()))
