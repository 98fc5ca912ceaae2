"""The send queue's worker: each record carries the id of one message row."""

import json
import logging
from datetime import timedelta
from typing import Any

from coach_portal.core.services import figures
from coach_portal.core.services.calls import placing
from coach_portal.core.services.practice import money
from coach_portal.core.services.sending import outbox
from coach_portal.core.services.sending.outbound import deliver
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Send each message; answers the records that want another try (SQS's ReportBatchItemFailures)."""
    wired, failed, worked_on = runtime(), [], []
    for record in _texts_among(event["Records"], wired):
        # One bad record may not hold back the others: whatever goes wrong with it, the queue tries it again and, in
        # the end, sets it aside.
        try:
            message_id = int(json.loads(record["body"])["message_id"])
            worked_on.append(message_id)
            _send(message_id, wired)
        except Exception as error:
            log.warning("message not sent yet", extra={"record": record["messageId"], "error": type(error).__name__})
            failed.append(record["messageId"])
    _charge(worked_on, wired)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _texts_among(records: list[dict[str, Any]], wired: Runtime) -> list[dict[str, Any]]:
    """The records that are texts; calls go over to their own queue, where they wait for their turn."""
    numbers = {record["messageId"]: _message_id(record) for record in records}
    calls = placing.among(wired.database, [number for number in numbers.values() if number is not None])
    outbox.queue_now(wired.calls, sorted(calls))
    return [record for record in records if numbers[record["messageId"]] not in calls]


def _message_id(record: dict[str, Any]) -> int | None:
    try:
        return int(json.loads(record["body"])["message_id"])
    except (ValueError, TypeError, KeyError):
        return None  # whoever works on it says what is wrong with it


def _send(message_id: int, wired: Runtime) -> None:
    now = wired.clock.now()
    turn = deliver(wired.database, wired.sender, message_id, now, wired.clock.machine_now)
    if turn is not None:
        wired.queue.put([message_id], max(turn - now, timedelta()))


def _charge(message_ids: list[int], wired: Runtime) -> None:
    """Enter what has left in the books, a batch at a time; whatever this misses is entered with its price."""
    try:
        with wired.database.transaction() as connection:
            money.charge(connection, message_ids, wired.clock.now())
            if wired.metrics.are_read:
                wired.metrics.write(wired.clock.machine_now(), **figures.of_texts(connection, message_ids))
    except Exception as error:
        log.warning("not charged yet", extra={"error": type(error).__name__})
