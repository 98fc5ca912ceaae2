"""Copies outside the database that an erasure left behind, forgotten one by one; no transaction is open meanwhile."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, bindparam, delete, func, select, update

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.ports import CarrierArchive, EmailSender, FileStore

_leftover, _erasure, _practice = tables.leftover, tables.erasure, tables.practice

AT_ONCE = 100
"""Copies forgotten in one pass: some ten seconds at the carrier's usual pace."""
SOON, LATEST = timedelta(minutes=1), timedelta(hours=6)
"""How long to wait before the second try, and at most: Twilio wants a minute after a text before it is deleted."""
LOOK_AGAIN = timedelta(hours=1)
"""A text that was just being sent when its person was erased shows at the carrier a little later."""
OVERDUE = timedelta(days=2)
"""When somebody should look why a copy is still there."""

_DUE = (
    select(_leftover, _practice.c.account_sid)
    .join(_practice, _practice.c.id == _leftover.c.practice_id)
    .where(_leftover.c.try_at <= bindparam("now"))
    .order_by(_leftover.c.try_at, _leftover.c.id)
    .limit(AT_ONCE)
)
_GONE = delete(_leftover).where(_leftover.c.id == bindparam("leftover"))
_LATER = (
    update(_leftover)
    .where(_leftover.c.id == bindparam("leftover"))
    .values(try_at=bindparam("at"), tries=_leftover.c.tries + 1)
)
_REST = select(func.count()).where(_leftover.c.erasure_id == bindparam("erasure"))
_DONE = (
    update(_erasure)
    .where(_erasure.c.id == bindparam("erasure"), _erasure.c.done_at.is_(None))
    .values(done_at=bindparam("at"))
)


def due(connection: Connection, now: datetime) -> Sequence[Any]:
    """The copies to forget now, each with its practice's `account_sid` at the carrier."""
    return bulk.fetch(connection, _DUE, {"now": now})


class Places(Protocol):
    """Where copies lie; each is loaded when it is first asked for."""

    @property
    def sender(self) -> CarrierArchive:
        """The carrier."""

    @property
    def files(self) -> FileStore:
        """Pictures."""

    @property
    def emails(self) -> EmailSender:
        """Emails that were kept as files."""


def forget(copy: Any, places: Places) -> bool:
    """Forget one copy; answers whether that was all. Raises CarrierError or CarrierOutcomeUnknown."""
    match copy.what:
        case "text":
            places.sender.of(copy.account_sid).forget_text(copy.name)
        case "talk":
            return _forget_talk(copy, places.sender.of(copy.account_sid))
        case "file":
            places.files.delete(copy.name)
        case "mail":
            places.emails.forget_email(int(copy.name))
    return True


def note(connection: Connection, copy: Any, gone: bool, now: datetime) -> None:
    """Take in what became of a copy; the last one ends its erasure."""
    if not gone:
        wait = min(SOON * 2 ** min(copy.tries, 12), LATEST)
        connection.execute(_LATER, {"leftover": copy.id, "at": now + wait})
        return
    connection.execute(_GONE, {"leftover": copy.id})
    if not connection.execute(_REST, {"erasure": copy.erasure_id}).scalar_one():
        connection.execute(_DONE, {"erasure": copy.erasure_id, "at": now})


def count_overdue(connection: Connection, now: datetime) -> int:
    """How many copies should long be gone."""
    old = (
        select(func.count())
        .select_from(_leftover.join(_erasure, _erasure.c.id == _leftover.c.erasure_id))
        .where(_erasure.c.asked_at < now - OVERDUE)
    )
    return connection.execute(old).scalar_one()


def _forget_talk(copy: Any, sender: CarrierArchive) -> bool:
    """All texts between two numbers; done when a look an hour later finds none."""
    ours, theirs = copy.name.split()
    found = sender.texts_between(ours, theirs)
    for sid in found:
        sender.forget_text(sid)
    return not found and copy.tries > 0
