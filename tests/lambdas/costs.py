"""`python -m tests.lambdas.costs`: what a month costs on AWS beside what Twilio charges, for so many clients.

Durations are those that `tests.trials.lambda_loop` printed (MEASURED); prices are us-east-1's as published in 2026,
from secondary pages: check them before you quote them. Free tiers are left out.
"""

from dataclasses import dataclass

from infra.aws.functions import FUNCTIONS, QUEUES, Every
from infra.aws.stack.alarms import OURS, alarms

# Seconds of one call, on a machine of two cores that did ten things besides: AWS's own will differ.
MEASURED = {"receive_sms": 0.151, "delivery_status": 0.043, "send_messages": 0.677, "scheduled": 0.3}
MEMORY_GB = 0.5

CHECK_INS, ANSWERED, DIGESTS, DIGEST_SEGMENTS = 30, 0.6, 4.35, 2
REPORTS = 2
BATCH = 9
"""Messages of a batch, as the trial had them."""

LAMBDA_SECOND, LAMBDA_CALL = 0.0000166667, 0.20e-6
HTTP_CALL, QUEUE_CALL = 1.0e-6, 0.40e-6
LOG_GB, ALARM, METRIC, SECRET = 0.50, 0.10, 0.30, 0.40
LOG_BYTES = 500
POLLS = 15 * 43_200
"""Of one mapping's pollers in a month, with nothing to do: five of them, each waiting up to 20 s."""
SEGMENT_OUT, SEGMENT_IN = 0.0083 + 0.0035, 0.0083
DATABASES = {"a small Postgres by URL": 18.0, "Aurora at 0.5 units, and NAT": 77.0, "Aurora at 8 units, and NAT": 734.0}


@dataclass(frozen=True)
class Month:
    """One month with so many clients; dollars."""

    clients: int

    @property
    def sent(self) -> float:
        """Texts out."""
        return self.clients * (CHECK_INS + CHECK_INS * ANSWERED + DIGESTS)

    @property
    def received(self) -> float:
        """Texts in."""
        return self.clients * CHECK_INS * ANSWERED

    @property
    def twilio(self) -> float:
        """What the texts cost."""
        segments = self.sent + self.clients * DIGESTS * (DIGEST_SEGMENTS - 1)
        return segments * SEGMENT_OUT + self.received * SEGMENT_IN

    @property
    def serverless(self) -> float:
        """All of AWS but the database."""
        scheduled = sum(43_200 / f.wakes.minutes for f in FUNCTIONS if isinstance(f.wakes, Every))
        calls = {
            "receive_sms": self.received,
            "delivery_status": self.sent * REPORTS,
            "send_messages": self.sent / BATCH,
            "scheduled": scheduled,
        }
        seconds = sum(MEASURED[name] * many for name, many in calls.items())
        lambdas = seconds * MEMORY_GB * LAMBDA_SECOND + sum(calls.values()) * LAMBDA_CALL
        webhooks = (calls["receive_sms"] + calls["delivery_status"]) * HTTP_CALL
        queues = (len(QUEUES) * POLLS + 3 * self.sent) * QUEUE_CALL
        logs = sum(calls.values()) * LOG_BYTES * 3 / 1e9 * LOG_GB
        watching = len(alarms()) * ALARM + len(OURS) * METRIC + SECRET
        return lambdas + webhooks + queues + logs + watching


def main() -> None:
    """Print the table."""
    for clients in (0, 1_000, 100_000):
        month = Month(clients)
        for name, database in DATABASES.items():
            whole = month.serverless + database
            share = f"{whole / month.twilio:6.1%}" if clients else "     -"
            print(f"| {clients:,} | {name} | {month.serverless:,.0f} | {whole:,.0f} | {month.twilio:,.0f} | {share} |")  # noqa: T201


if __name__ == "__main__":
    main()
