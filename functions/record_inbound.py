"""The inbound queue's worker: records the texts that arrived while the database was away, each phone's in order."""

import json
import logging
from typing import Any

from coach_portal.core.ports import KeptText
from coach_portal.core.services.replies.arrival import InboundSms
from coach_portal.core.services.replies.inbound import receive
from coach_portal.core.services.sending import outbox
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Record each text; answers the records that want another try (SQS's ReportBatchItemFailures).

    A text that cannot be recorded yet holds back those of the same phone that came after it, and no others.
    """
    wired, failed, held_back = runtime(), [], set()
    for record in event["Records"]:
        group = record["attributes"]["MessageGroupId"]
        if group in held_back or not _is_recorded(record, wired):
            held_back.add(group)
            failed.append(record["messageId"])
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _is_recorded(record: dict[str, Any], wired: Runtime) -> bool:
    try:
        kept = KeptText.read(json.loads(record["body"]))
        outbox.queue_now(wired.queue, record_text(kept, wired))
    except Exception as error:
        log.warning("text not recorded yet", extra={"record": record["messageId"], "error": type(error).__name__})
        return False
    log.info("kept text recorded", extra={"sid": kept.sid})
    return True


def record_text(kept: KeptText, wired: Runtime) -> list[int]:
    """As of the moment it came: "did it", texted before midnight, counts for that day. Answers the ids to queue."""
    form, at = kept.params, kept.arrived_at
    text = InboundSms(kept.sid, form["From"], form["To"], form.get("Body", ""), form, kept.spoken)
    received = receive(wired.database, text, at, machine_now=at, links=wired.links)
    return received.to_queue
