"""`coach-portal ledger`: goes through every practice's ledger of consent, link by link."""

import argparse
import os
from typing import Any

from coach_portal.core.config import database_url
from coach_portal.core.db import Database
from coach_portal.core.services.people import ledger


def add_parser(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser("ledger", help="check that no line of the ledger of consent was changed or removed")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print each practice's chain and the hash it ends with; exit 1 when one is broken."""
    database = Database(database_url(os.environ))
    with database.reading() as session:
        chains = ledger.chains(session)
    for chain in chains:
        told = f"practice {chain.practice_id}: {chain.lines} lines"
        print(f"MEND  {told}, then {chain.broken}" if chain.broken else f"ok    {told}, ends with {chain.ends_with}")
    database.dispose()
    return int(any(chain.broken for chain in chains))
