"""Events for other software: which there are, how one is signed, and how long its delivery is tried.

Signing follows Standard Webhooks 1.0 (standardwebhooks.com), so that whoever gets one can check it with a library
they may have already: HMAC-SHA256 over "id.timestamp.body".
"""

import base64
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

KINDS: Final = {
    "win.logged": "A win was told, or one that was taken back stands again",
    "win.changed": "A win was put right",
    "win.undone": "A win was taken back",
    "miss.logged": "A goal was said not to be done",
    "miss.undone": "A miss was taken back",
    "reflection.written": "A client answered a reflective question",
    "reply.needs_human": "A client wants an answer from a human",
    "alert.raised": "Something else needs a human",
    "alert.closed": "Someone took care of it",
    "consent.invited": "A client was asked whether they agree",
    "consent.granted": "A client agreed",
    "consent.declined": "A client said no",
    "consent.revoked": "A client opted out",
    "client.added": "A client was taken on",
    "client.erased": "A client was erased: forget them too",
}
"""Each kind, and what befell."""

ABOUT: Final = {"reply": "alert"}
"""What an event is about is the first word of its kind, except for these."""

ROTATING_FOR: Final = timedelta(hours=24)
"""How long the secret before still signs beside the new one."""
LOST_AFTER: Final = timedelta(days=3)
"""After so long without any success an endpoint gets nothing more, and the owner is told."""
_PAUSES: Final = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""Ten tries in just under three days."""


def about(kind: str) -> str:
    """What an event of this kind is about: win, miss, reflection, alert, consent or client."""
    word = kind.partition(".")[0]
    return ABOUT.get(word, word)


def event_id(practice_id: int, number: int) -> str:
    """The name of an event, the same however often it is delivered."""
    return f"evt_{practice_id}_{number}"


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many attempts; None when it is given up."""
    return now + _PAUSES[attempts - 1] if attempts <= len(_PAUSES) else None


def new_salt() -> str:
    """What a new secret is made from."""
    return secrets.token_urlsafe(32)


def secret_of(secret_key: str, salt: str) -> str:
    """An endpoint's secret, as its owner is told it. Made from SECRET_KEY, so that no copy of the database has it."""
    return "whsec_" + base64.b64encode(hmac.digest(secret_key.encode(), f"webhook:{salt}".encode(), "sha256")).decode()


def signed(secrets_: Sequence[str], name: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers of a delivery. `name` is the event's; one signature for each secret, the newest first."""
    at = str(int(now.timestamp()))
    told = f"{name}.{at}.".encode() + body
    return {
        "webhook-id": name,
        "webhook-timestamp": at,
        "webhook-signature": " ".join(f"v1,{_signature(secret, told)}" for secret in secrets_),
    }


def _signature(secret: str, told: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.digest(key, told, "sha256")).decode()
