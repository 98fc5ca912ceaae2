"""May this text go to this person now? One pure rule, asked when a text is planned and again in the step that sends it.

Its answer names the rule that says no and, where there is one, the moment at which it would say yes.
Rule numbers are those of docs/messaging-rules.md.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal

from coach_portal.core.rules.schedule import moment_of, wall_time, zone

Rule = Literal[
    "no_consent", "opted_out", "held", "paused", "unreachable", "archived", "outside_hours", "too_late", "already_told"
]

# R13: never outside these hours where the recipient is, whatever a practice chooses.
LAW_FROM, LAW_UNTIL = "08:00", "21:00"
# R15: a text that could not leave in time is dropped and shown, never delivered at night.
LONGEST_WAIT = timedelta(hours=4)
# An answer to the client's own text finds the phone in their hand; a quarter of an hour later it no longer does.
ANSWER_WITHIN = timedelta(minutes=15)
# "Until I say so": a pause without an end.
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Policy:
    """What one kind of text needs: the state of consent, what silences it, and whether it keeps to the hours."""

    consent: str | None
    silenced_by: frozenset[str] = frozenset()
    hours: bool = False
    despite_opt_out: bool = False


_AUTOMATED = frozenset({"held", "paused", "already_told"})
_ANSWER = frozenset({"held"})


# Answers to a person's own text obey consent and opt-out but not the hours; HELP and the one confirmation of a STOP
# go out to someone who opted out (R6, R11); the safety answer is bound by nothing (R20).
POLICIES = {
    "check_in": Policy("granted", silenced_by=_AUTOMATED, hours=True),
    "wins": Policy("granted", silenced_by=_AUTOMATED, hours=True),
    "digest": Policy("granted", silenced_by=_AUTOMATED, hours=True),
    "by_hand": Policy("granted", hours=True),
    "invitation": Policy("invited", hours=True),
    "reply": Policy("granted", silenced_by=_ANSWER),
    "help": Policy(None, despite_opt_out=True),
    "goodbye": Policy(None, despite_opt_out=True),
    "stranger": Policy(None),
    "safety": Policy(None, despite_opt_out=True),
    "coach_alert": Policy(None, despite_opt_out=True),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rule needs to know of one text and the person it is for. Hours are the practice's, local "HH:MM"."""

    kind: str
    consent: str = "none"
    opted_out: bool = False
    held: bool = False
    paused_until: datetime | None = None
    unreachable: bool = False
    archived: bool = False
    already_told: bool = False
    timezone: str = "UTC"
    texts_from: str = LAW_FROM
    texts_until: str = LAW_UNTIL
    deadline_at: datetime | None = None


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
    return _by_hours(facts, now) if policy.hours else YES


def _by_person(facts: Facts, policy: Policy) -> Decision | None:
    if facts.archived:
        return Decision(False, "archived")
    if facts.opted_out and not policy.despite_opt_out:
        return Decision(False, "opted_out")
    if facts.kind == "invitation" and facts.consent == "granted":
        return Decision(False, "already_told")
    if policy.consent is not None and facts.consent != policy.consent:
        return Decision(False, "opted_out" if facts.consent in {"revoked", "declined"} else "no_consent")
    if facts.unreachable:
        return Decision(False, "unreachable")
    return None


def _by_silence(facts: Facts, policy: Policy, now: datetime) -> Decision | None:
    if facts.held and "held" in policy.silenced_by:
        return Decision(False, "held")
    if facts.paused_until is not None and now < facts.paused_until and "paused" in policy.silenced_by:
        return Decision(False, "paused", None if facts.paused_until >= FOREVER else facts.paused_until)
    if facts.already_told and "already_told" in policy.silenced_by:
        return Decision(False, "already_told")
    return None


def _by_hours(facts: Facts, now: datetime) -> Decision:
    # "HH:MM" strings order as the times they say.
    opens, closes = max(facts.texts_from, LAW_FROM), min(facts.texts_until, LAW_UNTIL)
    local = now.astimezone(zone(facts.timezone))
    if wall_time(opens) <= local.time() < wall_time(closes):
        return YES
    today = moment_of(local.date(), opens, facts.timezone)
    opening = today if today > now else moment_of(local.date() + timedelta(days=1), opens, facts.timezone)
    return Decision(False, "outside_hours", opening)


@lru_cache(maxsize=4096)
def deadline(due_at: datetime, timezone: str, texts_until: str) -> datetime:
    """When a text due at this moment has lost its sense: at closing time, or after LONGEST_WAIT if that is sooner."""
    local_date = due_at.astimezone(zone(timezone)).date()
    closing = moment_of(local_date, min(texts_until, LAW_UNTIL), timezone)
    return min(due_at + LONGEST_WAIT, closing)
