"""What `EMAIL_URL` says: how email leaves, and through which server."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from coach_portal.core.errors import SettingMissing

PORTS = {"smtp": 587, "smtps": 465, "ses": 0}


@dataclass(frozen=True, slots=True)
class Way:
    """How email leaves: `ses`, `smtp` (with STARTTLS where the server offers it) or `smtps` (TLS from the start)."""

    scheme: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)


def read(url: str, from_: str) -> Way:
    """Read the two settings. Raises SettingMissing, which says what to put there and never quotes a password."""
    if "@" not in parseaddr(from_)[1]:
        raise SettingMissing("EMAIL_FROM must name the sender: such as Ruiz Coaching <portal@example.com>.")
    try:
        parts = urlsplit(url)
        way = Way(
            parts.scheme,
            parts.hostname or "",
            parts.port or PORTS[parts.scheme],
            unquote(parts.username or ""),
            unquote(parts.password or ""),
        )
    except (KeyError, ValueError):
        way = Way("")
    if not way.scheme or (way.scheme != "ses" and not way.host):
        raise SettingMissing("EMAIL_URL must be ses:, smtp://user:password@host:587 or smtps://user:password@host:465.")
    return way
