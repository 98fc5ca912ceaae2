"""`coach-portal migrate`: the schema to the newest."""

import argparse
from typing import Any

from coach_portal.core.config import database_url
from coach_portal.core.db import make_engine
from coach_portal.migrations import steps


def add_parser(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser("migrate", help="bring the database's schema to the newest")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Upgrade, and say so."""
    engine = make_engine(database_url())
    steps.upgrade(engine)
    print(f"The schema of {engine.url.render_as_string(hide_password=True)} is the newest.")
