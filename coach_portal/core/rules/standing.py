"""How a client stands, in one word: first what a human must see, then why it is quiet, then how it goes."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, NamedTuple, get_args

from coach_portal.core.rules.marks import NO_DAYS, Days

Standing = Literal[
    "safety", "wants_you", "number_broken", "held", "silent", "slipping", "on_track", "no_goal", "paused",
    "not_confirmed", "declined", "opted_out",
]  # fmt: skip
ORDER: tuple[Standing, ...] = get_args(Standing)
"""Who needs the coach first."""

SILENT_CLIENT = "silent_client"
"""The alert about someone who did not say either whether to go on asking."""
SILENT_AFTER = 3
"""Asked so many days in a row without a word: silent."""

_BY_CONSENT: dict[str, Standing] = {
    "none": "not_confirmed",
    "invited": "not_confirmed",
    "declined": "declined",
    "revoked": "opted_out",
}


class Situation(NamedTuple):
    """What a client's standing rests on. `alerts` are the kinds of the open ones."""

    consent: str
    alerts: Collection[str] = ()
    held: bool = False
    paused_until: datetime | None = None
    unreachable: bool = False
    has_goal: bool = True
    days: Days = NO_DAYS


def standing(situation: Situation, now: datetime) -> Standing:
    """How this client stands."""
    if "risk" in situation.alerts:
        return "safety"
    if situation.consent != "granted":
        return _BY_CONSENT[situation.consent]
    if set(situation.alerts) - {"bad_number", SILENT_CLIENT}:
        return "wants_you"
    return _by_silence(situation, now) or _by_days(situation)


def _by_silence(situation: Situation, now: datetime) -> Standing | None:
    if situation.unreachable or "bad_number" in situation.alerts:
        return "number_broken"
    if situation.held:
        return "held"
    return "paused" if situation.paused_until is not None and situation.paused_until > now else None


def _by_days(situation: Situation) -> Standing:
    if not situation.has_goal:
        return "no_goal"
    if SILENT_CLIENT in situation.alerts or situation.days.silent_in_a_row >= SILENT_AFTER:
        return "silent"
    return "slipping" if situation.days.is_slipping else "on_track"
