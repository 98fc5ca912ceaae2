"""`coach-portal serve`: the one-machine product with real settings."""

import argparse
import os
from typing import Any

from coach_portal.core.config import Settings
from coach_portal.core.logs import set_up_logs
from coach_portal.migrations import steps
from infra.address import reached_at, try_out


def add_parser(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser("serve", help="run portal, API, webhooks, ticker and queue on this machine")
    command.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
    command.add_argument("--port", type=int, default=int(os.environ.get("PORT", "5000")), help="default: PORT, or 5000")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Bring the schema up to date, then serve until SIGTERM."""
    from infra.local.machine import Machine

    set_up_logs()
    settings = Settings.from_env()
    try_out(asked.host, asked.port)
    machine = Machine(settings, asked.host, asked.port)
    steps.upgrade(machine.runtime.database.engine)
    print(f"Coach Portal is open at {reached_at(asked.host, machine.port)}\nCtrl-C stops it.", flush=True)
    machine.run()
