"""`python -m tests.lambdas.boot`: every zip of `build/`, unpacked into an empty folder and run on recorded events.

Then the cold start of the inbound function, beside that of an empty handler which imports only SQLAlchemy, the driver
and the signature check, in turns.
"""

import argparse
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.models import tables
from infra.aws.functions import BASE, FUNCTIONS, Consumes, Every, Function
from infra.aws.packages.build import find_python
from infra.aws.packages.portal import NEEDS, STAGE
from infra.aws.runtimes import RUNTIME, RUNTIMES, LambdaRuntime
from tests import databases, webhooks
from tests.cast import hire
from tests.lambdas import visitor
from tests.lambdas.runtime_api import Environment, runtime_client
from tests.rows import count

ROUNDS = 9
GOAL = 1.5
EMPTY = """
import sqlalchemy, sqlalchemy.orm, psycopg
from twilio.request_validator import RequestValidator

def handler(event, context):
    return {}
"""
IMPORT = """
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ImportError as error:
        print(f"{name}:{error.name}")
"""
MODULES = {
    "argon2-cffi": "argon2", "argon2-cffi-bindings": "_argon2_cffi_bindings", "bootstrap-flask": "flask_bootstrap",
    "cffi": "_cffi_backend", "fonttools": "fontTools.subset", "fpdf2": "fpdf", "pillow": "PIL.Image",
    "pyjwt": "jwt", "pyyaml": "yaml",
    "twilio": "twilio.request_validator", "zappa": "zappa.handler",
}  # fmt: skip
PORTAL = (*NEEDS, "phonenumbers.timezone", "coach_portal.core.gateways.fpdf_papers")
CALL = "CA" + "0" * 32
SECRET = "a secret key for trials only, long enough"


@dataclass(frozen=True)
class Place:
    """Where zips are tried."""

    out: Path
    folder: Path
    python: Path
    client: Path
    settings: Settings

    def unpack(self, name: str) -> Path:
        """A package in an empty folder of its own."""
        task = self.folder / name
        with zipfile.ZipFile(self.out / f"{name}.zip") as packed:
            packed.extractall(task)
        return task

    @contextmanager
    def running(self, task: Path, handler: str) -> Iterator[Environment]:
        """An environment that has begun."""
        settings = environment_of(self.settings) | {"DATA_DIR": str(self.folder / "data")}
        environment = Environment(task, handler, settings, python=self.python, client=self.client)
        try:
            yield environment
        finally:
            environment.close()


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings as Lambda would be given them."""
    return {
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "PUBLIC_URL": settings.public_url,
        "WEBHOOK_URL": settings.webhook_url,
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token,
        "TWILIO_API_URL": "http://127.0.0.1:9",
    }


def boot_all(place: Place, say: Callable[[str], None], only: str = "") -> bool:
    """Every function's zip and the portal's, on the events they get in AWS; answers whether all went well."""
    database, all_ok = Database(place.settings.database_url), True
    for function in (each for each in FUNCTIONS if only in {"", each.name}):
        task = place.unpack(function.name)
        with place.running(task, function.handler) as environment:
            answer = environment.invoke(_event(function, place.settings))
            ok = _is_well(function, answer, database) and not missing(place, task, [*BASE, *function.needs])
            say(_line(function.name, environment, ok))
            all_ok &= ok
    if only in {"", STAGE}:
        all_ok &= _boot_portal(place, database, say)
    database.dispose()
    return all_ok


def missing(place: Place, task: Path, names: Sequence[str]) -> list[str]:
    """Which of these distributions cannot be imported in a package: many are, only when something is asked of them."""
    modules = [MODULES.get(name, name.replace("-", "_")) for name in names]
    environment = {"PYTHONPATH": f"{task}:{place.client}", "PYTHONDONTWRITEBYTECODE": "1"}
    asked = [str(place.python), "-c", IMPORT, *modules]
    ran = subprocess.run(asked, cwd=task, env=environment, capture_output=True, text=True, check=True)
    return ran.stdout.split()


def _line(name: str, environment: Environment, ok: bool) -> str:
    figures = f"init {environment.init_seconds * 1000:5.0f} ms   {environment.peak_memory:4.0f} MB"
    return f"{name:20} {figures}   {'ok' if ok else 'NOT WELL'}"


def _event(function: Function, settings: Settings) -> dict[str, Any]:
    if function.name == "delivery_status":
        return webhooks.status(settings, "SM" + "0" * 32, "delivered")
    if function.name == "call_status":
        return webhooks.call(settings, CALL, "/twilio/voice/status", "", CallStatus="completed", CallDuration="31")
    if function.name == "voice":
        return webhooks.call(settings, CALL, "/twilio/voice/call", "", inbound=True)
    if isinstance(function.wakes, Every):
        return webhooks.event("schedule")
    if isinstance(function.wakes, Consumes):
        return webhooks.event("inbound" if function.wakes.queue == "inbound" else "queue")
    return webhooks.sms(settings)


def _is_well(function: Function, answer: Any, database: Database) -> bool:
    if function.name == "receive_sms":
        return answer["statusCode"] == 200 and count(database, tables.inbound_text) == 1
    if function.name in {"delivery_status", "call_status"}:
        return answer["statusCode"] == 204
    if function.name == "voice":
        return answer["statusCode"] == 200 and "<Say" in answer["body"]
    if isinstance(function.wakes, Consumes):
        # One record of each recorded batch is poison, and that one alone is handed back.
        return [each["itemIdentifier"][-4:] for each in answer["batchItemFailures"]] == ["0002"]
    return isinstance(answer, dict)


def _boot_portal(place: Place, database: Database, say: Callable[[str], None]) -> bool:
    task = place.unpack(STAGE)
    with place.running(task, "handler.lambda_handler") as environment:
        wrong = visitor.walk(environment, database) + missing(place, task, PORTAL)
        say(_line("portal", environment, not wrong) + ", ".join(wrong and ["", *wrong]))
    return not wrong


def cold_start(place: Place, rounds: int = ROUNDS) -> tuple[float, float]:
    """Medians, in seconds, until the inbound function and the empty one ask for their first event."""
    ours = place.unpack("receive_sms")
    empty = place.folder / "empty"
    with zipfile.ZipFile(place.out / "receive_sms.zip") as packed:
        packed.extractall(empty)
    (empty / "empty.py").write_text(EMPTY)
    took: dict[str, list[float]] = {"functions.receive_sms.handler": [], "empty.handler": []}
    for _ in range(rounds + 1):
        for task, handler in ((ours, "functions.receive_sms.handler"), (empty, "empty.handler")):
            with place.running(task, handler) as environment:
                took[handler].append(environment.init_seconds)
    inbound, nothing = (median(each[1:]) for each in took.values())
    return inbound, nothing


@contextmanager
def place_of(runtime: LambdaRuntime, out: Path) -> Iterator[Place]:
    """A database, settings and an empty folder."""
    with (
        tempfile.TemporaryDirectory(prefix="lambdas-") as folder,
        databases.fresh("postgres", Path(folder), hire) as url,
    ):
        settings = Settings(
            database_url=url,
            secret_key=SECRET,
            public_url="https://portal.example.com",
            webhook_url="https://hooks.example.com",
            twilio_account_sid="AC" + "0" * 32,
            twilio_auth_token="a token for trials only",
        )
        yield Place(out, Path(folder), find_python(runtime), runtime_client(runtime, out), settings)


def main() -> int:
    """Try them all."""
    parser = argparse.ArgumentParser(prog="python -m tests.lambdas.boot", description=__doc__)
    parser.add_argument("--runtime", choices=RUNTIMES, default=RUNTIME.name)
    parser.add_argument("--out", type=Path, default=Path("build"))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", default="", help="one function, or portal")
    asked = parser.parse_args()
    with place_of(RUNTIMES[asked.runtime], asked.out) as place:
        all_ok = boot_all(place, _say, asked.only)
        if asked.only in {"", "receive_sms"}:
            inbound, nothing = cold_start(place, asked.rounds)
            ratio = inbound / nothing
            _say(f"cold start {inbound * 1000:.0f} ms, empty {nothing * 1000:.0f} ms: {ratio:.2f} (goal {GOAL})")
            all_ok &= ratio <= GOAL
    return 0 if all_ok else 1


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
