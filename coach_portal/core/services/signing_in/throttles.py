"""How often something may be tried before it waits: wrong passwords and codes, emails asked for by strangers.

A try counts before it is judged, so that a burst of parallel guesses does too, and is taken back when it was right.
`now` is always the machine's own clock.
"""

import hashlib
import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from coach_portal.core.errors import CoachPortalError
from coach_portal.core.models import SignInAttempt

Kind = Literal["address", "account", "stop", "factor", "reset_address", "reset_account", "join", "invite"]
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Throttle:
    """At most so many tries in such a time."""

    most: int
    window: timedelta


THROTTLES: Final[dict[Kind, Throttle]] = {
    # Ten wrong passwords from one address: that address waits, nobody else does, so that no one can be locked out from
    # afar. A hundred an hour on one account is what ASVS 6.3.1 allows a guesser with many addresses.
    "address": Throttle(10, timedelta(minutes=15)),
    "account": Throttle(100, HOUR),
    # Nobody has more phones than this; a household's address may have some.
    "stop": Throttle(10, HOUR),
    # Three codes of a million are good at any moment, and whoever tries knows the password already (ASVS 6.6.3).
    "factor": Throttle(10, HOUR),
    # A forgetful evening has three; more would fill somebody's mailbox from afar.
    "reset_address": Throttle(10, HOUR),
    "reset_account": Throttle(3, HOUR),
    "join": Throttle(20, HOUR),
    # A practice of forty moves in within a day; an owner's stolen session sends no spam by the thousand.
    "invite": Throttle(50, timedelta(hours=24)),
}
_LONGEST: Final = max(throttle.window for throttle in THROTTLES.values())


class TooManyTries(CoachPortalError):
    """Too many tries; `wait` is how long until the next is looked at."""

    code = "too_many_tries"
    permanent = False

    def __init__(self, wait: timedelta):
        super().__init__("too many tries")
        self.wait = wait


def count(session: Session, tries: Mapping[Kind, str], now: datetime) -> tuple[int, ...]:
    """Count one try of each kind for whom it is about; answers what `take_back` wants. Raises TooManyTries."""
    for kind, value in tries.items():
        _refuse(session, kind, value, now)
    rows = [SignInAttempt(key=_key(kind, value), at=now) for kind, value in tries.items()]
    session.add_all(rows)
    session.flush()
    return tuple(row.id for row in rows)


def take_back(session: Session, tries: Sequence[int]) -> None:
    """These were right, and do not count."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(tries)))


def forget_old(session: Session, now: datetime) -> None:
    """Tries that count no longer go."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - _LONGEST))


def network(address: str) -> str:
    """The network whose tries are counted together."""
    # One household holds a whole /64 of IPv6, so a single address there says nothing.
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def _refuse(session: Session, kind: Kind, value: str, now: datetime) -> None:
    throttle = THROTTLES[kind]
    recent = (SignInAttempt.key == _key(kind, value), SignInAttempt.at > now - throttle.window)
    tried, first = session.execute(select(func.count(), func.min(SignInAttempt.at)).where(*recent)).one()
    if tried >= throttle.most:
        raise TooManyTries(first + throttle.window - now)


def _key(kind: Kind, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
