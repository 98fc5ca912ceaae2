"""Which addresses a stranger may have us post to: those of the open internet, and nothing inside.

What is refused: OWASP's cheat sheet on server-side request forgery, and IANA's registries of special addresses as
Python's `ipaddress` knows them.
"""

import ipaddress
from typing import Final
from urllib.parse import SplitResult, urlsplit

LONGEST: Final = 500
LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_WRAPPED: Final = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""Networks whose addresses stand for other ones."""

HTTPS = "Write an address that begins with https://, such as https://example.com/events."
INSIDE = "This address is not on the open internet. Write one that everybody can reach."
PLAIN = "Leave out the name and password: each delivery is signed instead."


def is_own_machine(public_url: str) -> bool:
    """Whether the portal itself is opened on this machine alone, as in the demo: then other software is here too."""
    return (urlsplit(public_url).hostname or "") in LOCAL


def trouble(url: str, *, may_be_local: bool) -> str | None:
    """What is wrong with an address that events are to be posted to; None where nothing is."""
    parts = _split(url)
    if parts is None or not parts.hostname or len(url) > LONGEST or not url.isascii() or not url.isprintable():
        return HTTPS
    if may_be_local and parts.hostname in LOCAL and parts.scheme in {"http", "https"}:
        return None
    if parts.scheme != "https" or parts.fragment or " " in url:
        return HTTPS
    if parts.username is not None or parts.password is not None:
        return PLAIN
    if "." not in parts.hostname.strip(".") and ":" not in parts.hostname:
        return INSIDE
    literal = _literal(parts.hostname)
    return INSIDE if literal is not None and not is_outside(literal) else None


def is_outside(address: str) -> bool:
    """Whether this IP address is on the open internet."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return is_outside(str(parsed.ipv4_mapped))
        if any(parsed in network for network in _WRAPPED):
            return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def _literal(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts
