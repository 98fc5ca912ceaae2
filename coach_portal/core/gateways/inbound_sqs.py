"""Inbound texts on an SQS FIFO queue while the database is away: in order for each pair of numbers, and each once."""

import hashlib
import json

from coach_portal.core.gateways.sqs_api import NotTaken, SqsApi
from coach_portal.core.ports import KeptText


class SqsBuffer:
    """Fills `ports.InboundBuffer`."""

    def __init__(self, queue_url: str) -> None:
        self._sqs = SqsApi(queue_url)

    def keep(self, text: KeptText) -> None:
        """Keep one text. Raises NotTaken."""
        entry = {
            "Id": "1",
            "MessageBody": json.dumps(text.as_json()),
            # Shown in logs and consoles, so no number may be read from it.
            "MessageGroupId": hashlib.sha256(" ".join(text.group).encode()).hexdigest(),
            "MessageDeduplicationId": text.sid,
        }
        if self._sqs.send_message_batch([entry]):
            raise NotTaken
