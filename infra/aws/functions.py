"""What runs on Lambda: one entry for each file of `functions/`. Stack, packages and their tests derive from this table.

To add a function, add its entry: what wakes it, and what it needs beyond the rest.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Route:
    """Woken by a POST to this path of the HTTP API."""

    path: str


@dataclass(frozen=True, slots=True)
class Every:
    """Woken by a schedule, every so many minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Consumes:
    """Woken by what lies in a queue: so many records at a time, by at most so many workers at once."""

    queue: str
    batch: int
    at_once: int


@dataclass(frozen=True, slots=True)
class Function:
    """One Lambda. `memory` is in MB, `timeout` in seconds.

    `puts_on` names the queues it may write to, `stores_in` the buckets it may write to and read from; `emails` says
    whether it may send any, `knows_accounts` whether it reads the tokens of practices' own accounts; `needs` are the
    distributions its package holds beyond `BASE`.
    """

    name: str
    wakes: Route | Every | Consumes
    memory: int = 512
    timeout: int = 15
    puts_on: tuple[str, ...] = ()
    stores_in: tuple[str, ...] = ()
    emails: bool = False
    knows_accounts: bool = False
    needs: tuple[str, ...] = ()

    @property
    def handler(self) -> str:
        """What Lambda calls."""
        return f"functions.{self.name}.handler"

    @property
    def in_hyphens(self) -> str:
        """Its name where AWS shows it."""
        return self.name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue, with a dead-letter queue beside it. Durations are in seconds."""

    name: str
    setting: str
    in_order: bool
    kept_for: int
    tries: int
    oldest: int
    """How old a record may grow before somebody is woken."""


DAY: Final = 86_400

QUEUES: Final = (
    # No order is needed and sending twice is harmless, so a standard queue: no limit, and no text waits for another.
    Queue("messages", "MESSAGE_QUEUE_URL", in_order=False, kept_for=DAY, tries=10, oldest=300),
    # Apart from the texts: a call waits for its turn at one a second, and a text must not wait behind it.
    Queue("calls", "CALL_QUEUE_URL", in_order=False, kept_for=DAY, tries=10, oldest=900),
    # Only while the database is away. "did 3" and then "undo" must stay in that order, so groups by phone. A day and
    # a half of tries: a database that is gone for a night is no reason to lose what people wrote.
    Queue("inbound", "INBOUND_QUEUE_URL", in_order=True, kept_for=14 * DAY, tries=1000, oldest=900),
)
BUCKETS: Final = ("pictures", "reports")

ACCOUNTS: Final = "/accounts/"
"""Behind the site's name: where the tokens of practices' own accounts lie among its secrets."""

SIGNATURES: Final = ("twilio",)
SENDING: Final = ("twilio", "requests", "urllib3", "idna", "certifi", "charset-normalizer", "pyjwt")
BASE: Final = ("phonenumbers", "psycopg", "psycopg-binary", "sqlalchemy", "typing-extensions", "tzdata")

MESSAGES: Final = ("messages",)
FUNCTIONS: Final = (
    Function(
        "receive_sms",
        Route("/twilio/sms"),
        puts_on=("messages", "inbound"),
        knows_accounts=True,
        needs=SIGNATURES,
    ),
    Function("delivery_status", Route("/twilio/status"), knows_accounts=True, needs=SIGNATURES),
    Function("record_inbound", Consumes("inbound", batch=10, at_once=2), timeout=20, puts_on=MESSAGES),
    Function(
        "send_messages",
        Consumes("messages", batch=10, at_once=10),
        timeout=120,
        puts_on=("messages", "calls"),
        knows_accounts=True,
        needs=SENDING,
    ),
    Function(
        "place_calls",
        Consumes("calls", batch=5, at_once=2),
        timeout=60,
        puts_on=("calls", "messages"),
        knows_accounts=True,
        needs=SENDING,
    ),
    Function(
        "voice",
        Route("/twilio/voice/call"),
        puts_on=("messages", "inbound"),
        knows_accounts=True,
        needs=SIGNATURES,
    ),
    Function("call_status", Route("/twilio/voice/status"), puts_on=MESSAGES, knows_accounts=True, needs=SIGNATURES),
    Function("schedule_check_ins", Every(1), timeout=55, puts_on=MESSAGES),
    Function("send_digests", Every(5), timeout=290, puts_on=MESSAGES),
    Function("tell_alerts", Every(1), timeout=55, puts_on=MESSAGES),
    Function("ask_carrier", Every(1), timeout=55, puts_on=MESSAGES, knows_accounts=True, needs=SENDING),
    Function("tell_coaches", Every(1), timeout=55, puts_on=MESSAGES),
    Function("measure", Every(1), timeout=30),
    Function("canary", Every(1), timeout=55, needs=SIGNATURES),
    Function("send_preparations", Every(5), timeout=290),
    Function(
        "keep_records",
        Every(5),
        timeout=290,
        stores_in=("pictures",),
        knows_accounts=True,
        needs=SENDING,
    ),
    Function(
        "fetch_photos",
        Every(1),
        memory=1024,
        timeout=290,
        stores_in=("pictures",),
        knows_accounts=True,
        needs=("urllib3", "pillow"),
    ),
    # Apart from the others: it waits for hosts of strangers, and is trusted with no queue, bucket or account.
    Function("send_events", Every(1), timeout=55),
    Function("send_emails", Every(1), timeout=55, emails=True),
)


def queue(name: str) -> Queue:
    """The queue of this name."""
    return next(each for each in QUEUES if each.name == name)


def consumer_of(queue_name: str) -> Function:
    """The function that works on this queue."""
    found = (each for each in FUNCTIONS if isinstance(each.wakes, Consumes) and each.wakes.queue == queue_name)
    return next(found)
