"""Processes: how long the webhook takes to load, and how much memory 100,000 weeks take.

Each start is a process of its own with its bytecode written, as in a package. The floor of loading is a process that
loads SQLAlchemy's ORM, the driver and the signature check, and nothing else.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests import databases
from tests.bench import digests
from tests.bench.measure import Count, Row

INBOUND, NOTHING_ELSE = "functions.receive_sms", "sqlalchemy.orm, psycopg, twilio.request_validator"
AS_ON_LAMBDA = {"AWS_LAMBDA_FUNCTION_NAME": "receive-sms"}
MOST_MB = 200


def rows(rounds: int) -> Iterator[Row]:
    """Loading the webhook."""
    took: dict[str, list[float]] = {INBOUND: [], NOTHING_ELSE: []}
    for number in range(rounds + 1):
        for what in Random(number).sample(list(took), len(took)):
            began = time.perf_counter()
            environment = os.environ | (AS_ON_LAMBDA if what == INBOUND else {})
            subprocess.run([sys.executable, "-c", f"import {what}"], check=True, env=environment)
            if number:
                took[what].append(time.perf_counter() - began)
    ours, floor = (statistics.median(each) for each in took.values())
    yield Row("loading the webhook", "-", ours, floor, 1.5, "loading SQLAlchemy's ORM, the driver, the signature check")


def memory(kind: str, clients: int) -> Count:
    """How many MB a process grows by while it gives back so many weeks."""
    furnished = digests.furnish(clients)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, databases.fresh(kind, Path(folder), furnished) as url:
        command = [sys.executable, "-m", "tests.bench.weeks", url]
        grown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Count(f"MB for {clients:,} weeks", kind, int(grown), MOST_MB)
