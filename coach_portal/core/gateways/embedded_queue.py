"""The message queue inside our own database, for one machine. Like SQS: at least once, hidden while somebody works."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update

from coach_portal.core import bulk
from coach_portal.core.db import Database
from coach_portal.core.models import tables

_item = tables.queue_item

HIDDEN_FOR = timedelta(minutes=2)
"""How long a taken item stays hidden from other workers: twice the send step's lease."""

_VISIBLE = (
    select(_item.c.id, _item.c.message_id, _item.c.attempts)
    .where(_item.c.queue == bindparam("queue"), _item.c.visible_at <= bindparam("now"))
    .order_by(_item.c.visible_at, _item.c.id)
    .limit(bindparam("batch"))
    .with_for_update(skip_locked=True)
)
_VISIBLE_ID = (
    select(_item.c.id).where(_item.c.queue == bindparam("queue"), _item.c.visible_at <= bindparam("now")).limit(1)
)
_HIDE = (
    update(_item)
    .where(_item.c.id.in_(bindparam("items", expanding=True)))
    .values(visible_at=bindparam("until"), attempts=_item.c.attempts + 1)
)
_DELETE = delete(_item).where(_item.c.id.in_(bindparam("items", expanding=True)))
_SHOW_AT = update(_item).where(_item.c.id == bindparam("item")).values(visible_at=bindparam("at"))


@dataclass(frozen=True, slots=True)
class Item:
    """A queued message id in a worker's hands; `attempts` counts this one too."""

    id: int
    message_id: int
    attempts: int


class EmbeddedQueue:
    """Fills `ports.MessageQueue`, and hands items to the local worker. `now` is the machine's own time.

    There are two, by `name`: messages and calls."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        on_put: Callable[[], None] = lambda: None,
        name: str = "messages",
    ):
        self._database, self._now, self._on_put, self.name = database, now, on_put, name

    def put(self, message_ids: Sequence[int], delay: timedelta = timedelta()) -> None:
        """Queue these ids, to be seen after `delay`; an empty sequence does nothing."""
        if not message_ids:
            return
        visible_at = self._now() + delay
        with self._database.transaction() as connection:
            ids = bulk.reserve_ids(connection, _item, len(message_ids))
            rows = [
                {"id": item_id, "queue": self.name, "message_id": message_id, "visible_at": visible_at, "attempts": 0}
                for item_id, message_id in zip(ids, message_ids, strict=True)
            ]
            bulk.insert_rows(connection, _item, rows)
        if not delay:
            self._on_put()

    def take(self, batch: int) -> list[Item]:
        """Up to `batch` items, hidden from other workers until they are done, put back or forgotten."""
        now = self._now()
        with self._database.reading() as session:
            # Looking first spares an idle worker the write lock.
            if session.execute(_VISIBLE_ID, {"queue": self.name, "now": now}).first() is None:
                return []
        with self._database.transaction() as connection:
            rows = connection.execute(_VISIBLE, {"queue": self.name, "now": now, "batch": batch}).all()
            if rows:
                connection.execute(_HIDE, {"items": [row.id for row in rows], "until": now + HIDDEN_FOR})
        return [Item(row.id, row.message_id, row.attempts + 1) for row in rows]

    def done(self, items: Sequence[Item]) -> None:
        """These need no more work."""
        if items:
            with self._database.transaction() as connection:
                connection.execute(_DELETE, {"items": [item.id for item in items]})

    def put_back(self, item: Item, delay: timedelta) -> None:
        """Try this one again after a while."""
        with self._database.transaction() as connection:
            connection.execute(_SHOW_AT, {"item": item.id, "at": self._now() + delay})
