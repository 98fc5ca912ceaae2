"""The send queue's worker: each record carries the id of one message row."""

import json
import logging
from datetime import timedelta
from typing import Any

from coach_portal.core.services.outbound import deliver
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Send each message; answers the records that want another try (SQS's ReportBatchItemFailures)."""
    wired = runtime()
    failed = [record["messageId"] for record in event["Records"] if not _is_done(record, wired)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _is_done(record: dict[str, Any], wired: Runtime) -> bool:
    # One bad record may not hold back the others: whatever goes wrong with it, the queue tries it again and, in the
    # end, sets it aside.
    try:
        message_id = int(json.loads(record["body"])["message_id"])
        now = wired.clock.now()
        turn = deliver(wired.database, wired.sender, message_id, now, wired.clock.machine_now)
        if turn is not None:
            wired.queue.put([message_id], max(turn - now, timedelta()))
    except Exception as error:
        log.warning("message not sent yet", extra={"record": record["messageId"], "error": type(error).__name__})
        return False
    return True
