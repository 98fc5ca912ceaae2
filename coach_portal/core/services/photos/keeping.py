"""Fetching what clients attach: noted with the text, fetched by a pass of its own, made anew, kept."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from coach_portal.core.db import Database
from coach_portal.core.errors import PhotoError
from coach_portal.core.models import tables
from coach_portal.core.ports import FileStore, MediaSource, PhotoMaker
from coach_portal.core.rules.photos import attachments, next_try

_photo, _message, _practice = tables.photo, tables.message, tables.practice

BATCH = 20
"""Photos a pass at most, so that one pass ends in time."""
LEASE = timedelta(minutes=5)
"""How long a photo that is being fetched is left alone: a process that died over it gives it back."""

_NOTE = insert(_photo)
_DUE = select(_photo.c.id).where(_photo.c.try_at <= bindparam("now")).order_by(_photo.c.try_at).limit(BATCH)
_CLAIM = (
    update(_photo)
    .where(_photo.c.id == bindparam("photo"), _photo.c.try_at <= bindparam("now"))
    .values(tries=_photo.c.tries + 1, try_at=bindparam("lease"))
    .returning(_photo.c.id, _photo.c.client_id, _photo.c.message_id, _photo.c.media_sid, _photo.c.tries)
)
_WHERE = (
    select(_message.c.sid, _practice.c.account_sid)
    .join(_practice, _practice.c.id == _message.c.practice_id)
    .where(_message.c.id == bindparam("message"))
)
_SETTLE = update(_photo).where(_photo.c.id == bindparam("photo"), _photo.c.state == "waiting")
_KEPT = _SETTLE.values(
    state="kept", try_at=None, name=bindparam("new_name"), width=bindparam("wide"), height=bindparam("high")
)
_REFUSED = _SETTLE.values(state="refused", try_at=None, reason=bindparam("why"))
_LATER = _SETTLE.values(try_at=bindparam("at"))


def note(
    connection: Connection,
    practice_id: int,
    client_id: int,
    message_id: int,
    params: Mapping[str, str],
    now: datetime,
) -> None:
    """Write down what a client attached to a text; most attach nothing. `params` is the carrier's form."""
    rows = [
        {
            "practice_id": practice_id,
            "client_id": client_id,
            "message_id": message_id,
            "place": place,
            "media_sid": media_sid,
            "state": "waiting" if media_sid else "refused",
            "reason": None if media_sid else "no_address",
            "try_at": now if media_sid else None,
            "created_at": now,
        }
        for place, media_sid in enumerate(attachments(params))
    ]
    if rows:
        connection.execute(_NOTE, rows)


def due(connection: Connection, now: datetime) -> list[int]:
    """The photos to fetch now."""
    return list(connection.execute(_DUE, {"now": now}).scalars())


def fetch(
    database: Database, source: MediaSource, maker: PhotoMaker, files: FileStore, photo_id: int, now: datetime
) -> bool:
    """Fetch one photo, make it anew and keep it; answers whether it is kept now. No transaction is open meanwhile.

    A photo is kept twice at worst, under two names, if a process dies between the file and its row.
    """
    with database.transaction() as connection:
        claim = connection.execute(_CLAIM, {"photo": photo_id, "now": now, "lease": now + LEASE}).one_or_none()
        where = connection.execute(_WHERE, {"message": claim.message_id}).one() if claim else None
    if claim is None or where is None:
        return False
    try:
        made = maker.anew(source.fetch(where.account_sid, where.sid, claim.media_sid))
    except PhotoError as error:
        _failed(database, claim, error, now)
        return False
    name = f"photos/{claim.client_id}/{claim.id}-{secrets.token_urlsafe(12)}"
    files.put(full(name), made.full, "image/jpeg")
    files.put(small(name), made.small, "image/jpeg")
    with database.transaction() as connection:
        sizes = {"wide": made.width, "high": made.height}
        is_kept = connection.execute(_KEPT, {"photo": claim.id, "new_name": name, **sizes}).rowcount == 1
    if not is_kept:  # whose it was has been forgotten meanwhile, or another process was faster
        forget(files, name)
    return is_kept


def full(name: str) -> str:
    """The name of the file in full."""
    return f"{name}.jpg"


def small(name: str) -> str:
    """The name of the small one."""
    return f"{name}-small.jpg"


def names_of(name: str) -> tuple[str, str]:
    """Both files of a kept photo."""
    return full(name), small(name)


def forget(files: FileStore, name: str) -> None:
    """Forget the files of a photo."""
    for each in names_of(name):
        files.delete(each)


def _failed(database: Database, claim: Any, error: PhotoError, now: datetime) -> None:
    later = None if error.permanent else next_try(claim.tries, now)
    with database.transaction() as connection:
        if later is None:
            connection.execute(_REFUSED, {"photo": claim.id, "why": error.code})
        else:
            connection.execute(_LATER, {"photo": claim.id, "at": later})
