"""What the carrier does with a phone's text: a signed webhook, and the delivery of whatever its answer holds."""

import time
from dataclasses import dataclass

from infra.local.carrier.inbound import messages_in
from infra.local.carrier.postman import Postman
from tests.trials.people import PRACTICE_PHONE
from tests.trials.processes import ACCOUNT, TOKEN
from tests.trials.situations import Person


@dataclass(frozen=True)
class Posted:
    """One delivery of a text: the webhook's status, the texts in its answer, and how long it took."""

    person: Person
    status: int | None
    answers: tuple[str, ...]
    seconds: float


class Deliverer:
    """Delivers texts to one server, from many threads."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._postman = Postman(TOKEN)

    def deliver(self, person: Person) -> Posted:
        """Deliver a person's text; what comes back reaches them, and is reported as delivered."""
        began = time.perf_counter()
        reply = self._postman.post(f"{self._url}/twilio/sms", _form(person))
        took = time.perf_counter() - began
        messages = messages_in(reply)
        for place, (_, callback) in enumerate(messages):
            sid = f"SMa{person.number:030x}{place}"
            for status in ("sent", "delivered"):
                report = {"AccountSid": ACCOUNT, "MessageSid": sid, "MessageStatus": status}
                self._postman.post(callback, report)
        return Posted(person, reply.status, tuple(body for body, _ in messages), took)

    def close(self) -> None:
        """Let go of open connections."""
        self._postman.close()


def _form(person: Person) -> dict[str, str]:
    return {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "Body": person.record["text"],
        "From": person.phone,
        "FromCity": "",
        "MessageSid": person.sid,
        "NumMedia": "0",
        "SmsStatus": "received",
        "To": PRACTICE_PHONE,
    }
