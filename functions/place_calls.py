"""The call queue's worker: each record carries the id of one message row that is a call."""

import json
import logging
from datetime import timedelta
from typing import Any

from coach_portal.core.services.calls import placing
from coach_portal.core.services.sending import outbox
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Place each call; answers the records that want another try (SQS's ReportBatchItemFailures)."""
    wired, failed = runtime(), []
    for record in event["Records"]:
        # One bad record may not hold back the others, as with texts.
        try:
            _place(int(json.loads(record["body"])["message_id"]), wired)
        except Exception as error:
            log.warning("call not placed yet", extra={"record": record["messageId"], "error": type(error).__name__})
            failed.append(record["messageId"])
    return {"batchItemFailures": [{"itemIdentifier": record_id} for record_id in failed]}


def _place(message_id: int, wired: Runtime) -> None:
    now = wired.clock.now()
    placed = placing.place(
        wired.database, wired.caller, message_id, now, wired.clock.machine_now, wired.settings.calls_per_second
    )
    if placed.turn is not None:
        wired.calls.put([message_id], max(placed.turn - now, timedelta()))
    outbox.queue_now(wired.queue, placed.texts)
