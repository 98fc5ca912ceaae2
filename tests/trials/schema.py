"""The API attacked from its own description: whatever it is sent, it answers as it says it does, and never with a 5xx.

    python -m tests.trials.schema [--examples 200] [--seed 1] [--postgres]

Schemathesis makes the requests, right ones and wrong ones, against a practice with one of each thing; half of the ids
in addresses are of rows that are there. Prints each address with what it answered; exit 1 on any breach.
"""

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.database import InMemoryExampleDatabase
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.failures import FailureGroup

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.models import Coach, tables
from coach_portal.core.services.practice import tokens
from coach_portal.web.app import create_app
from tests import cast as people
from tests import databases
from tests.cast import NOW
from tests.fakes import FakeClock, FakeQueue
from tests.rows import change, row
from tests.web.things import things_of

HELD = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
"""What must hold of every answer."""
DANGEROUS = ("/erasure", "/revoke")
"""Ends of addresses that would take away what the others need: attacked with ids of rows that are not there."""


@dataclass
class Outcome:
    """What came of it: how often each address answered what, and each breach."""

    answers: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    breaches: list[str] = field(default_factory=list)

    def note(self, breach: str) -> None:
        """Note a breach, once."""
        if breach not in self.breaches:
            self.breaches.append(breach)

    def __str__(self) -> str:
        asked = sum(sum(counts.values()) for counts in self.answers.values())
        lines = [f"{name:64} {dict(sorted(counts.items()))}" for name, counts in sorted(self.answers.items())]
        told = self.breaches or ["no 5xx and no undocumented answer"]
        return "\n".join([*lines, f"{asked:,} requests to {len(self.answers)} addresses", *told])


def attack(database: Database, folder: Path, *, examples: int, number: int) -> Outcome:
    """Send so many requests to each address; `number` seeds them."""
    app, token, ids = _practice(database, folder)
    schema, outcome = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app), Outcome()
    for result in schema.get_all_operations():
        operation = result.ok()
        _send(operation, {"Authorization": f"Bearer {token}"}, _known(operation, ids), outcome, examples, number)
        # The pace of a token is tried elsewhere.
        change(database, tables.api_token, row(database, tables.api_token, name="trial").id, used=0)
    return outcome


def _practice(database: Database, folder: Path) -> tuple[Flask, str, dict[str, int]]:
    """Alice's practice with one of each thing of Ruth's; a token of hers, and the ids of the things."""
    config = Settings(
        database_url=database.engine.url.render_as_string(hide_password=False),
        secret_key="a secret key for trials only, long enough",
        public_url="https://portal.example.com",
        webhook_url="https://portal.example.com",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="a token for trials only",
        data_dir=folder / "data",
    )
    cast = people.found_in(database)
    with database.session() as session:
        ids = things_of(session, cast.ruth, NOW)
        token = tokens.make_token(session, session.get_one(Coach, cast.alice), "trial", NOW)
    return create_app(config, database, FakeQueue(), FakeClock(NOW)), token, ids


def _known(operation: Any, ids: dict[str, int]) -> dict[str, int]:
    """The ids of rows that are there, for the address of this operation."""
    if operation.path.endswith(DANGEROUS):
        return {}
    return {name: number for name, number in ids.items() if f"{{{name}}}" in operation.path}


def _send(
    operation: Any, headers: dict[str, str], known: dict[str, int], outcome: Outcome, examples: int, number: int
) -> None:
    name = f"{operation.method.upper()} {operation.path}"
    made = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]
    if known:
        made += [operation.as_strategy(generation_mode=mode, path_parameters=known) for mode in GenerationMode] * 2

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=InMemoryExampleDatabase(),
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(made))
    def send(case: Any) -> None:
        answer = case.call(headers=headers)
        outcome.answers[name][answer.status_code] += 1
        try:
            case.validate_response(answer, checks=CHECKS.get_by_names(HELD))
        except FailureGroup as group:
            for failure in group.exceptions:
                outcome.note(f"{name} answered {answer.status_code}: {failure} {answer.text[:200]}")

    send()


def main() -> int:
    """Ask how hard, attack, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.schema", description=__doc__)
    parser.add_argument("--examples", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true", help="on Postgres instead of SQLite")
    asked = parser.parse_args()
    kind = "postgres" if asked.postgres else "sqlite"
    with (
        tempfile.TemporaryDirectory(prefix="trial-schema-") as folder,
        databases.fresh(kind, Path(folder), people.hire) as url,
    ):
        database = Database(url)
        outcome = attack(database, Path(folder), examples=asked.examples, number=asked.seed)
        database.dispose()
    print(outcome)  # noqa: T201
    return 1 if outcome.breaches else 0


if __name__ == "__main__":
    sys.exit(main())
