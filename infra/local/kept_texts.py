"""Hands the texts that were kept as files, while the database was away, to the function that records them."""

import json
from collections.abc import Sequence
from pathlib import Path

from coach_portal.core.gateways.inbound_folder import FolderBuffer
from coach_portal.core.ports import KeptText
from functions import record_inbound

BATCH = 10


def record_kept(buffer: FolderBuffer) -> int:
    """Record what can be recorded now; answers how many texts were. What fails stays for the next time."""
    recorded = 0
    while files := buffer.take(BATCH):
        answer = record_inbound.handler(event_of(files), None)
        failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
        done = [file for file in files if file.name not in failed]
        buffer.done(done)
        recorded += len(done)
        if failed:
            break
    return recorded


def event_of(files: Sequence[Path]) -> dict[str, object]:
    """The files as the event that SQS would deliver."""
    return {"Records": [_record(file) for file in files]}


def _record(file: Path) -> dict[str, object]:
    body = file.read_text()
    group = " ".join(KeptText.read(json.loads(body)).group)
    return {"messageId": file.name, "body": body, "attributes": {"MessageGroupId": group}, "eventSource": "aws:sqs"}
