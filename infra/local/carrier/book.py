"""The carrier's book in SQLite: every text, every block, and how far its clock runs ahead."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from threading import RLock
from typing import Any

from infra.local.carrier.call import Recording
from infra.local.carrier.texts import Text, new_sid

_SCHEMA = """
pragma journal_mode = wal;
pragma synchronous = normal;
pragma secure_delete = on;
create table if not exists text (
    id integer primary key, sid text not null unique, direction text not null,
    sender text not null, recipient text not null, body text not null,
    status text not null, error_code integer, fate integer,
    created real not null, sent real, updated real not null,
    callback text not null, answered integer, media text not null,
    phone text not null generated always as (case direction when 'inbound' then sender else recipient end) stored
);
create index if not exists text_phone on text (phone, id);
create index if not exists text_unfinished on text (id) where status in ('queued', 'sent');
create table if not exists block (phone text not null, practice text not null, primary key (phone, practice));
create table if not exists recording (
    sid text primary key, call_sid text not null, words text not null, seconds integer not null, at real not null,
    transcript_sid text not null, is_kept integer not null
);
create table if not exists clock (id integer primary key check (id = 1), ahead real not null);
"""
_ADD = """
insert into text (sid, direction, sender, recipient, body, status, error_code, fate, created, updated, callback, media)
values (:sid, :direction, :sender, :recipient, :body, :status, :error_code, :fate, :at, :at, :callback, :media)
returning *
"""
_MOVE = """
update text set status = :status, error_code = :error_code, updated = :at, sent = coalesce(sent, :at)
where sid = :sid returning *
"""
_RECEIVED = "update text set status = 'received', answered = :answered, updated = :at where sid = :sid returning *"
_FITS = """
recipient = ifnull(:recipient, recipient) and sender = ifnull(:sender, sender)
and ifnull(sent, created) between ifnull(:since, 0) and ifnull(:until, 1e12) and id < ifnull(:below, 1e18)
order by id desc limit :limit
"""
_PAGE = f"select * from text where {_FITS}"  # noqa: S608  # nosec B608 # both are written here
_PAGE_OF_A_PHONE = f"select * from text where phone in (:recipient, :sender) and {_FITS}"  # noqa: S608  # nosec B608 # as above
_LAST_OF_EACH_PHONE = """
select * from text where id in (
    select id from (select id, row_number() over (partition by phone order by id desc) as nth from text)
    where nth <= ?
) order by phone, id
"""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which texts a list shows; None leaves it open. `since` and `until` bound the moment sent, `below` the row id."""

    recipient: str | None = None
    sender: str | None = None
    since: float | None = None
    until: float | None = None
    below: int | None = None


class Book:
    """One connection behind one lock; each call is one transaction."""

    def __init__(self, database: str) -> None:
        self._lock = RLock()
        self._db = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def changes(self) -> int:
        """A number that grows with every change since this book was opened."""
        return self._db.total_changes

    def add(
        self,
        *,
        direction: str,
        sender: str,
        recipient: str,
        body: str,
        status: str,
        at: float,
        callback: str = "",
        media: str = "",
        error_code: int | None = None,
        fate: int | None = None,
    ) -> Text:
        """Write a new text."""
        values = {"direction": direction, "sender": sender, "recipient": recipient, "body": body, "status": status}
        sid = new_sid("MM" if media else "SM")
        more = {"sid": sid, "at": at, "callback": callback, "media": media, "error_code": error_code, "fate": fate}
        return self._texts(_ADD, values | more)[0]

    def get(self, sid: str) -> Text | None:
        """The text of this SID."""
        return next(iter(self._texts("select * from text where sid = ?", (sid,))), None)

    def move(self, sid: str, status: str, *, at: float, error_code: int | None = None) -> Text:
        """Set how far an outbound text got; its date sent is the first such moment."""
        return self._texts(_MOVE, {"sid": sid, "status": status, "at": at, "error_code": error_code})[0]

    def received(self, sid: str, answered: int | None, *, at: float) -> Text:
        """Close an inbound text with what the practice's webhook answered."""
        return self._texts(_RECEIVED, {"sid": sid, "answered": answered, "at": at})[0]

    def forget(self, sid: str) -> None:
        """Strike a text out of the book, and its bytes out of the file."""
        self._rows("delete from text where sid = ?", (sid,))
        self._rows("pragma wal_checkpoint(truncate)")

    def page(self, wanted: Filter, limit: int) -> list[Text]:
        """The newest texts that fit."""
        # With both numbers one of them is a phone's; with one alone it may be the practice's.
        query = _PAGE_OF_A_PHONE if wanted.recipient and wanted.sender else _PAGE
        return self._texts(query, asdict(wanted) | {"limit": limit})

    def unfinished(self) -> list[Text]:
        """Texts whose delivery has not ended."""
        return self._texts("select * from text where status in ('queued', 'sent') order by id")

    def last_of_each_phone(self, count: int) -> list[Text]:
        """The last so many texts of every phone, phone by phone, oldest first."""
        return self._texts(_LAST_OF_EACH_PHONE, (count,))

    def phone(self, phone: str) -> list[Text]:
        """All texts of one phone, oldest first."""
        return self._texts("select * from text where phone = ? order by id", (phone,))

    def block(self, phone: str, practice: str) -> None:
        """No text from this practice's number reaches this phone any more."""
        self._rows("insert or ignore into block values (?, ?)", (phone, practice))

    def unblock(self, phone: str, practice: str) -> None:
        """Lift the block."""
        self._rows("delete from block where phone = ? and practice = ?", (phone, practice))

    def blocks(self, phone: str) -> list[str]:
        """The practices' numbers that this phone blocked."""
        return [row[0] for row in self._rows("select practice from block where phone = ? order by 1", (phone,))]

    def all_blocks(self) -> dict[str, list[str]]:
        """The same for every phone that blocked any."""
        blocks: dict[str, list[str]] = {}
        for phone, practice in self._rows("select phone, practice from block order by phone, practice"):
            blocks.setdefault(phone, []).append(practice)
        return blocks

    def record(self, recording: Recording) -> None:
        """Write down what was recorded on a call, or what is left of it."""
        if recording.is_kept or recording.transcript_sid:
            self._rows("insert or replace into recording values (?, ?, ?, ?, ?, ?, ?)", astuple(recording))
            return
        self._rows("delete from recording where sid = ?", (recording.sid,))
        self._rows("pragma wal_checkpoint(truncate)")

    def recordings(self) -> dict[str, Recording]:
        """All of them, by their ids."""
        rows = self._rows("select * from recording order by at")
        return {row[0]: Recording(*row) for row in rows}

    def ahead(self) -> float:
        """Seconds the carrier's clock runs ahead of the machine's."""
        return next((row[0] for row in self._rows("select ahead from clock")), 0.0)

    def set_ahead(self, seconds: float) -> None:
        """Set them."""
        self._rows("insert or replace into clock values (1, ?)", (seconds,))

    def _texts(self, query: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Text]:
        return [Text(*row) for row in self._rows(query, values)]

    def _rows(self, query: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(query, values).fetchall()
