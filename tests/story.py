"""A practice in which time passes and people text: the functions, called as AWS would call them."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Table

from functions import (
    delivery_status,
    place_calls,
    receive_sms,
    schedule_check_ins,
    send_digests,
    send_emails,
    send_messages,
    send_preparations,
    tell_alerts,
    tell_coaches,
)
from tests import factories, webhooks
from tests.cast import ALICES_NUMBER, RUTHS_PHONE, Cast
from tests.fakes import FakeRuntime
from tests.rows import change, row, rows

BOSTON = "America/New_York"


def local(written: str, zone: str = BOSTON) -> datetime:
    """The moment at which a wall clock there shows this."""
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone))


@dataclass
class Story:
    """Everyone acts through the functions; what leaves is on `wired.sender`."""

    wired: FakeRuntime
    cast: Cast
    _sids: Any = field(default_factory=lambda: count(1))

    def it_is(self, written: str, zone: str = BOSTON) -> None:
        """A wall clock there shows this, and all scheduled work is done."""
        self.wired.clock.move_to(local(written, zone))
        self.tick()

    def tick(self) -> None:
        """Do all scheduled work, and send what it planned."""
        schedule_check_ins.handler(webhooks.event("schedule"), None)
        send_digests.handler(webhooks.event("schedule"), None)
        tell_alerts.handler(webhooks.event("schedule"), None)
        tell_coaches.handler(webhooks.event("schedule"), None)
        send_preparations.handler(webhooks.event("schedule"), None)
        send_emails.handler(webhooks.event("schedule"), None)
        self.send()

    def send(self) -> list[str]:
        """Send what is queued; answers the queue's ids of what wants another try."""
        records = [
            {"messageId": str(message_id), "body": json.dumps({"message_id": message_id}), "eventSource": "aws:sqs"}
            for message_id in self.wired.queue.take_all()
        ]
        failed = send_messages.handler({"Records": records}, None)["batchItemFailures"]
        self.place_calls()
        return [failure["itemIdentifier"] for failure in failed]

    def place_calls(self) -> list[str]:
        """Place the calls that are queued; answers the queue's ids of what wants another try."""
        records = [
            {"messageId": str(message_id), "body": json.dumps({"message_id": message_id}), "eventSource": "aws:sqs"}
            for message_id in self.wired.calls.take_all()
        ]
        failed = place_calls.handler({"Records": records}, None)["batchItemFailures"]
        return [failure["itemIdentifier"] for failure in failed]

    def text(
        self, body: str, *, sender: str = RUTHS_PHONE, to: str = ALICES_NUMBER, sid: str | None = None
    ) -> dict[str, Any]:
        """Someone texts (Ruth, unless told otherwise); answers what the webhook answered."""
        sid = sid or f"SMf{next(self._sids):031x}"
        event = webhooks.sms(self.wired.settings, MessageSid=sid, From=sender, To=to, Body=body)
        answer = receive_sms.handler(event, None)
        self.send()
        return answer

    def report(self, sid: str, word: str, **more: Any) -> dict[str, Any]:
        """The carrier reports what became of a text."""
        return delivery_status.handler(webhooks.status(self.wired.settings, sid, word, **more), None)

    def phone(self, number: str = RUTHS_PHONE) -> list[str]:
        """The texts that reached a phone."""
        return self.wired.sender.bodies_to(number)

    def goal(self, title: str = "5 squats", **agreed: Any) -> int:
        """Ruth agrees a goal."""
        return factories.make_goal(self.wired.database, self.cast, title, now=self.wired.clock.now(), **agreed)

    def schedule(self, local_time: str = "09:00", **wanted: Any) -> int:
        """Ruth is asked at this time, every day unless told otherwise."""
        return factories.make_schedule(self.wired.database, self.cast, local_time, now=self.wired.clock.now(), **wanted)

    def message(self, body: str = "How are you?", **more: Any) -> int:
        """A text to Ruth is planned and queued."""
        message_id = factories.make_message(self.wired.database, self.cast, body, now=self.wired.clock.now(), **more)
        self.wired.queue.put([message_id])
        return message_id

    def rows(self, table: Table, **equal: Any) -> list[Row[Any]]:
        """The rows of a table with these values."""
        return rows(self.wired.database, table, **equal)

    def row(self, table: Table, **equal: Any) -> Row[Any]:
        """The only row of a table with these values."""
        return row(self.wired.database, table, **equal)

    def change(self, table: Table, row_id: int, **values: Any) -> None:
        """Set columns of one row behind everyone's back."""
        change(self.wired.database, table, row_id, **values)
