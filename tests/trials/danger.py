"""`python -m tests.trials.danger`: from a text that tells of danger to its answer, and to the alert in the queue.

Each text goes through the whole webhook handler on a real database: signature, record, understanding, answer, alert.
What is measured ends where our part does: the answer lies in the webhook's response, the alert's text in the queue.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.models import Coach
from functions import receive_sms, runtime
from tests import databases, fakes, webhooks
from tests.cast import ALICES_NUMBER, NOW, RUTHS_PHONE, found_in, hire

WORDS = ("I want to kill myself", "i dont want to be here anymore", "took all my pills", "quiero matarme")
GOAL = 1.0
"""Seconds within which every answer must be ready: the carrier waits 15, a person in danger should wait none."""


@dataclass(frozen=True)
class Outcome:
    """How long each answer took, in seconds; how many were given, and how many alerts were queued."""

    took: Sequence[float]
    answered: int
    alerted: int

    def __str__(self) -> str:
        ordered = sorted(self.took)
        p99 = ordered[max(0, round(len(ordered) * 0.99) - 1)]
        return (
            f"{len(ordered)} texts, {self.answered} answered, {self.alerted} alerts queued; "
            f"median {statistics.median(ordered) * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, "
            f"slowest {ordered[-1] * 1000:.1f} ms"
        )


def trial(database: Database, folder: Path, texts: int) -> Outcome:
    """So many texts of danger, hours apart, so that each gets an answer of its own."""
    settings = Settings(
        database_url="",
        secret_key="a secret key for trials only, long enough",
        public_url="https://portal.example.com",
        webhook_url="https://hooks.example.com",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="an auth token for trials only",
        data_dir=folder,
    )
    queue, clock = fakes.FakeQueue(), fakes.FakeClock(NOW)
    with database.session() as session:
        session.get_one(Coach, found_in(database).alice).phone = "+16175550199"
    runtime.use(fakes.FakeRuntime(settings, database, queue, clock))
    took, answered = [], 0
    for place in range(texts):
        clock.at += timedelta(hours=7)
        fields = {"MessageSid": f"SM{place:032x}", "From": RUTHS_PHONE, "To": ALICES_NUMBER}
        event = webhooks.sms(settings, **fields, Body=WORDS[place % len(WORDS)])
        began = time.perf_counter()
        answer = receive_sms.handler(event, None)
        took.append(time.perf_counter() - began)
        answered += "988" in answer["body"] or "911" in answer["body"]
    runtime.use(None)
    return Outcome(took, answered, len(queue.take_all()))


def main() -> int:
    """Print a line for each kind of database; 1 when an answer was missing or late."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.danger", description=__doc__)
    parser.add_argument("--texts", type=int, default=500)
    asked, is_well = parser.parse_args(), True
    databases.POSTGRES_SETTINGS |= {"fsync": "on"}
    for kind in ("sqlite", "postgres"):
        with tempfile.TemporaryDirectory() as folder, databases.fresh(kind, Path(folder), hire) as url:
            database = Database(url)
            outcome = trial(database, Path(folder), asked.texts)
            database.dispose()
        sys.stdout.write(f"{kind:9} {outcome}\n")
        is_well &= outcome.answered == outcome.alerted == asked.texts and max(outcome.took) < GOAL
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
