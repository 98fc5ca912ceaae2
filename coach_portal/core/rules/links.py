"""Links that carry their own proof, for people who do not sign in: one alert for one person, one client's opt-out.

A link is signed with SECRET_KEY and says what it opens, for whom and until when; nothing else can be read from it, and
nothing is stored for it. 96 bits of HMAC-SHA256 (RFC 2104, truncated) keep it short enough for a text.
"""

import base64
import hmac
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

SECOND: Final = "s"
"""Who a link is for when it is the second contact; a coach is "c" and their id."""

ALERT_GOOD_FOR: Final = timedelta(days=3)
"""How long an alert's link opens it. Until someone has it in hand, every round of telling brings a new one."""

_HOUR = timedelta(hours=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALERT = re.compile(r"([0-9a-f]{1,15})\.(s|c[0-9]{1,18})\.([0-9a-f]{1,8})")
_STOP = re.compile(r"[0-9a-f]{1,15}")


@dataclass(frozen=True, slots=True)
class AlertPass:
    """What an alert's link lets its holder see, and who they are: SECOND, or "c" and a coach's id."""

    alert_id: int
    who: str

    @property
    def coach_id(self) -> int | None:
        """The coach it was made for; None for the second contact."""
        return None if self.who == SECOND else int(self.who[1:])


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links and reads them. `public_url` is where people open the portal, `secret` is SECRET_KEY."""

    public_url: str
    secret: str = field(repr=False)

    def alert(self, alert_id: int, who: str, now: datetime) -> str:
        """The address at which this person can say that they have this alert. `now` is the machine's."""
        until = (now + ALERT_GOOD_FOR - _EPOCH) // _HOUR + 1
        return f"{self.public_url}/a/{self._signed('alert', f'{alert_id:x}.{who}.{until:x}')}"

    def stop(self, client_id: int) -> str:
        """The address at which a client can stop all texts. It never ends: an opt-out may not come too late."""
        return f"{self.public_url}/stop/{self._signed('stop', f'{client_id:x}')}"

    def read_alert(self, token: str, now: datetime) -> AlertPass | None:
        """What an alert's token is good for; None when it is not ours or too old."""
        told = _ALERT.fullmatch(self._checked("alert", token))
        if told is None or int(told[3], 16) * _HOUR <= now - _EPOCH:
            return None
        return AlertPass(int(told[1], 16), told[2])

    def read_stop(self, token: str) -> int | None:
        """Whose texts this token stops; None when it is not ours."""
        told = _STOP.fullmatch(self._checked("stop", token))
        return None if told is None else int(told[0], 16)

    def _signed(self, purpose: str, told: str) -> str:
        return f"{told}.{self._signature(purpose, told)}"

    def _checked(self, purpose: str, token: str) -> str:
        """What the token says, "" when the signature does not hold."""
        told, _, signature = token.rpartition(".")
        holds = hmac.compare_digest(self._signature(purpose, told).encode(), signature.encode())
        return told if holds else ""

    def _signature(self, purpose: str, told: str) -> str:
        digest = hmac.digest(self.secret.encode(), f"{purpose}:{told}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest[:12]).decode()
