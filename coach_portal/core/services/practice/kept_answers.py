"""Answers to requests that carry an `Idempotency-Key`, given again when the same request comes again.

The answer is written in the transaction that did what was asked: both are there, or neither. Two requests at once wait
for each other at the key. `now` is the machine's.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from coach_portal.core import bulk
from coach_portal.core.errors import CoachPortalError, Invalid
from coach_portal.core.models import tables
from coach_portal.core.rules.access import ANSWERS_KEPT

HEADER = "Idempotency-Key"
LONGEST = 255
_kept = tables.kept_answer

_IT = (_kept.c.token_id == bindparam("token"), _kept.c.key_hash == bindparam("its_key"))
_FIND = select(_kept).where(*_IT, _kept.c.created_at > bindparam("since"))
_DROP = delete(_kept).where(*_IT, _kept.c.created_at <= bindparam("since"))
_KEEP = update(_kept).where(*_IT).values(status=bindparam("its_status"), answer=bindparam("its_answer"))


class AlreadyDone(CoachPortalError):
    """What was asked was done before, and its answer is not kept."""

    code = "already_done"


@dataclass(frozen=True, slots=True)
class Request:
    """One request with a key: whose it is, and what it asks. `asked` is its method, address and body."""

    token_id: int
    practice_id: int
    key: str
    asked: bytes

    @property
    def its_key(self) -> str:
        """As it is kept."""
        return hashlib.sha256(self.key.encode()).hexdigest()

    @property
    def fingerprint(self) -> str:
        """What tells it from another request under the same key."""
        return hashlib.sha256(self.asked).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """What it was answered: the status, and the body as it was sent."""

    status: int
    body: str


def check(key: str) -> None:
    """Raises Invalid for a key that is none."""
    if not 0 < len(key) <= LONGEST or not (key.isascii() and key.isprintable()):
        raise Invalid({HEADER: f"Send 1 to {LONGEST} printable characters, such as a random UUID."})


def find(connection: Connection, request: Request, now: datetime) -> Answer | None:
    """What this very request was answered before; None where it is new.

    Raises Invalid where the key stood for another request, AlreadyDone where the answer is not kept.
    """
    values = {"token": request.token_id, "its_key": request.its_key, "since": now - ANSWERS_KEPT}
    row = connection.execute(_FIND, values).one_or_none()
    if row is None:
        return None
    if row.fingerprint != request.fingerprint:
        raise Invalid({HEADER: "This key came with another request. Take a new one for each thing you ask."})
    if row.answer is None:
        raise AlreadyDone("done before")
    return Answer(row.status, row.answer)


def claim(connection: Connection, request: Request, now: datetime) -> bool:
    """Take the key for the transaction that does what is asked; False where it was taken before."""
    values = {"token": request.token_id, "its_key": request.its_key, "since": now - ANSWERS_KEPT}
    connection.execute(_DROP, values)
    row = {
        "token_id": request.token_id,
        "key_hash": request.its_key,
        "practice_id": request.practice_id,
        "fingerprint": request.fingerprint,
        "status": 0,
        "created_at": now,
    }
    return bulk.insert_row(connection, _kept, row, once=True) is not None


def keep(connection: Connection, request: Request, status: int, body: str | None) -> None:
    """Write down the answer; without a body, only that it was given."""
    values = {"token": request.token_id, "its_key": request.its_key, "its_status": status, "its_answer": body}
    connection.execute(_KEEP, values)
