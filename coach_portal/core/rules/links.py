"""Links that carry their own proof, for people who do not sign in: one alert for one person, one client's opt-out.

A link is signed with SECRET_KEY and says what it opens, for whom and until when; nothing else can be read from it, and
nothing is stored for it. 96 bits of HMAC-SHA256 (RFC 2104, truncated) keep it short enough for a text.

What it opens is a row by its number and by the moment it was written: the moment is signed and not told. So a link to
someone who was erased never opens somebody who was given their number, as SQLite does, or a restore.

A link to an offer works once: its row holds a nonce of 128 random bits, and the link that nonce, signed. A stored email
holds the mark of a link, which is signed when it is sent: whoever reads the database can take up none.
"""

import base64
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

SECOND: Final = "s"
"""Who a link is for when it is the second contact; a coach is "c" and their id."""

ALERT_GOOD_FOR: Final = timedelta(days=3)
"""How long an alert's link opens it. Until someone has it in hand, every round of telling brings a new one."""

Written = Callable[[int], datetime | None]
"""When the row with this number was written; None where there is none."""

_HOUR, _MICROSECOND = timedelta(hours=1), timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALERT = re.compile(r"([0-9a-f]{1,15})\.(s|c[0-9]{1,18})\.([0-9a-f]{1,8})")
_OFFER = re.compile(r"([0-9a-f]{1,15})\.([A-Za-z0-9_-]{22})")
_MARK = re.compile(r"\[\[(join|reset) ([0-9a-f]{1,15}\.[A-Za-z0-9_-]{22})\]\]")
_STOP = re.compile(r"([0-9a-f]{1,15})")


Offer = Literal["join", "reset"]
"""What a one-time link opens: joining a practice, or a new password."""


def new_nonce() -> str:
    """What makes a one-time link that one: 128 random bits."""
    return secrets.token_urlsafe(16)


def link_mark(offer: Offer, row_id: int, nonce: str) -> str:
    """What stands for a one-time link in an email until `Links.written_out` puts the link there."""
    return f"[[{offer} {row_id:x}.{nonce}]]"


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

    def alert(self, alert_id: int, written: datetime, who: str, now: datetime) -> str:
        """The address at which this person can say that they have this alert. `now` is the machine's."""
        until = (now + ALERT_GOOD_FOR - _EPOCH) // _HOUR + 1
        return f"{self.public_url}/a/{self._signed('alert', f'{alert_id:x}.{who}.{until:x}', written)}"

    def stop(self, client_id: int, written: datetime) -> str:
        """The address at which a client can stop all texts. It never ends: an opt-out may not come too late."""
        return f"{self.public_url}/stop/{self._signed('stop', f'{client_id:x}', written)}"

    def written_out(self, body: str) -> str:
        """An email with its links where their marks are."""

        def link(mark: re.Match[str]) -> str:
            return f"{self.public_url}/{mark[1]}/{mark[2]}.{self._sign(f'{mark[1]}:{mark[2]}')}"

        return _MARK.sub(link, body)

    def read_one_time(self, offer: Offer, token: str) -> tuple[int, str] | None:
        """The row and the nonce that a one-time link names; None when it is not ours."""
        told, _, signature = token.rpartition(".")
        found = _OFFER.fullmatch(told)
        holds = hmac.compare_digest(self._sign(f"{offer}:{told}").encode(), signature.encode())
        return (int(found[1], 16), found[2]) if found and holds else None

    def read_alert(self, token: str, now: datetime, written: Written) -> AlertPass | None:
        """What an alert's token is good for; None when it is not ours or too old."""
        told = self._checked("alert", _ALERT, token, written)
        if told is None or int(told[3], 16) * _HOUR <= now - _EPOCH:
            return None
        return AlertPass(int(told[1], 16), told[2])

    def read_stop(self, token: str, written: Written) -> int | None:
        """Whose texts this token stops; None when it is not ours."""
        told = self._checked("stop", _STOP, token, written)
        return None if told is None else int(told[1], 16)

    def _signed(self, purpose: str, told: str, written: datetime) -> str:
        return f"{told}.{self._signature(purpose, told, written)}"

    def _checked(self, purpose: str, form: re.Pattern[str], token: str, written: Written) -> re.Match[str] | None:
        """What the token says, if the signature holds."""
        told, _, signature = token.rpartition(".")
        found = form.fullmatch(told)
        since = written(int(found[1], 16)) if found else None
        if since is None or not hmac.compare_digest(self._signature(purpose, told, since).encode(), signature.encode()):
            return None
        return found

    def _signature(self, purpose: str, told: str, written: datetime) -> str:
        return self._sign(f"{purpose}:{told}:{(written - _EPOCH) // _MICROSECOND}")

    def _sign(self, words: str) -> str:
        return base64.urlsafe_b64encode(hmac.digest(self.secret.encode(), words.encode(), "sha256")[:12]).decode()
