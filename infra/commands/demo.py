"""`coach-portal demo`: a furnished practice with clients to play, on this machine alone."""

import argparse
import fcntl
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coach_portal.core.config import Settings
from coach_portal.core.logs import JsonFormatter, set_up_logs
from coach_portal.migrations import steps
from infra.address import CannotStart, reached_at, try_out
from infra.local.demo import carrier_process, keys
from infra.local.demo.colleagues import COLLEAGUES_EMAIL
from infra.local.demo.furnish import ASSISTANTS_EMAIL, OWNERS_EMAIL, WEEKS, furnish, opening

DATABASE, LOG, LOCK = "coach_portal.db", "demo.log", "demo.lock"
HOSTS = ("127.0.0.1", "localhost", "0.0.0.0")  # noqa: S104  # nosec B104 # only when asked for
BAR = 24


def add_parser(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser("demo", help="start a furnished practice on this machine, with phones to play")
    command.add_argument("--host", default=os.environ.get("HOST") or HOSTS[0], help="default: HOST, or 127.0.0.1")
    command.add_argument("--port", type=int, default=int(os.environ.get("PORT") or "5000"), help="default: PORT, 5000")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Furnish on the first start, then serve until SIGTERM or Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # until the machine minds it
    data_dir = Path(os.environ.get("DATA_DIR") or ".data").resolve()
    try:
        with _alone_in(data_dir):
            _check_address(asked.host, asked.port)
            _serve(data_dir, asked.host, asked.port)
    except KeyboardInterrupt:
        return


def _serve(data_dir: Path, host: str, port: int) -> None:
    _log_to(data_dir / LOG)
    kept = keys.keep(data_dir)
    address = reached_at(host, port)
    if not (data_dir / DATABASE).exists():
        _furnish(data_dir, kept, address)
    carrier = carrier_process.find_or_start(data_dir, kept, f"{address}/twilio/sms")
    try:
        _run_machine(_settings(data_dir, kept, address, carrier.url), host, port, kept.password)
    finally:
        carrier_process.stop(carrier, kept)


def _run_machine(settings: Settings, host: str, port: int, password: str) -> None:
    from coach_portal.core.clocks import ShiftedClock
    from infra.local import phones
    from infra.local.machine import Machine

    machine = Machine(settings, host, port, clock=lambda wired: ShiftedClock(wired.database))
    steps.upgrade(machine.runtime.database.engine)
    phones.init_app(machine, ShiftedClock(machine.runtime.database))
    print(_welcome(settings.public_url, password), flush=True)
    machine.run()


def _furnish(data_dir: Path, kept: keys.Keys, address: str) -> None:
    database, book = data_dir / DATABASE, data_dir / carrier_process.BOOK
    furnish(database, book, kept.password, opening(datetime.now(UTC)), _progress, address, kept.account_sid)


def _progress(week: int) -> None:
    bar = "#" * (BAR * week // WEEKS)
    begin, end = ("\r", "\n" if week == WEEKS else "") if sys.stderr.isatty() else ("", "\n")
    print(
        f"{begin}Furnishing the practice: week {week} of {WEEKS} [{bar:<{BAR}}]", end=end, file=sys.stderr, flush=True
    )


def _settings(data_dir: Path, kept: keys.Keys, address: str, carrier_url: str) -> Settings:
    return Settings(
        database_url=f"sqlite:///{data_dir / DATABASE}",
        secret_key=kept.secret_key,
        public_url=address,
        webhook_url=address,
        twilio_account_sid=kept.account_sid,
        twilio_auth_token=kept.auth_token,
        twilio_api_url=carrier_url,
        data_dir=data_dir,
    )


def _welcome(address: str, password: str) -> str:
    return f"""
  Coach Portal is open at  {address}
  Sign in with             {OWNERS_EMAIL}
  Password                 {password}
  Or, to see less, as      {COLLEAGUES_EMAIL} (a coach) or {ASSISTANTS_EMAIL} (an assistant)

  What to try first
    1. Open {address}/phones and move the clock on to the next check-in.
    2. Text back as the client, in any words: the page says what was understood.
    3. Open the client's page: the win is there. Then move on to Sunday evening, when the week comes back to everyone.

  Nothing leaves this machine. Ctrl-C stops it; the next start finds everything as it was.
"""


@contextmanager
def _alone_in(data_dir: Path) -> Iterator[None]:
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data_dir / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"A demo already runs on {data_dir}. Stop it, or start this one with another DATA_DIR."
            ) from None
        yield


def _check_address(host: str, port: int) -> None:
    if host not in HOSTS:
        raise CannotStart(f"HOST must be one of {', '.join(HOSTS)}: the carrier reaches the demo on this machine only.")
    try_out(host, port)


def _log_to(file: Path) -> None:
    """Problems to the terminal, everything to a file beside the data."""
    set_up_logs(logging.INFO)
    logging.getLogger().handlers[0].setLevel(logging.WARNING)
    to_file = logging.FileHandler(file)
    to_file.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(to_file)
