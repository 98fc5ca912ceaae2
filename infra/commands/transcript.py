"""`coach-portal transcript`: three clients over eight simulated weeks, as a text to be read aloud."""

import argparse
from pathlib import Path
from typing import Any

WHERE = Path("docs/transcript.md")


def add_parser(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser("transcript", help="live through eight weeks of three clients and write them down")
    command.add_argument("file", nargs="?", type=Path, default=WHERE, help=f"where to; default: {WHERE}")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Write the transcript."""
    from infra.local.demo.eight_weeks import write

    asked.file.write_text(write())
    print(f"Written to {asked.file}.")
