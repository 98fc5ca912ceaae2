"""What the tests of sending share: a Wednesday in Boston, and facts that nothing speaks against."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from coach_portal.core.rules.may_send import Facts
from coach_portal.core.rules.policies import POLICIES
from coach_portal.core.rules.schedule import zone

BOSTON = "America/New_York"
KINDS = sorted(POLICIES)
AUTOMATED = ["check_in", "wins", "digest"]
UNBOUND = ["help", "goodbye", "safety", "coach_alert"]


def at(written, where=BOSTON):
    """The moment at which a clock there shows this on that Wednesday."""
    return datetime.fromisoformat(f"2026-11-18 {written}").replace(tzinfo=zone(where)).astimezone(UTC)


NOON = at("12:00")
TOMORROW = at("09:00") + timedelta(days=1)
CAPPED = [kind for kind in KINDS if POLICIES[kind].automated]


def fine(kind="check_in", **more):
    """Facts that nothing speaks against."""
    consent = POLICIES[kind].consent or "none"
    return replace(Facts(kind, consent=consent, timezone=BOSTON, texts_from="09:00", texts_until="20:00"), **more)
