"""`coach-portal replies`: predicts and scores what text-backs mean."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coach_portal.core.errors import CoachPortalError
from coach_portal.core.rules.replies import records

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


class Unreadable(CoachPortalError):
    """A file that cannot be opened; the message says which and why."""

    code = "unreadable"


def add_parser(subparsers: "Subparsers") -> None:
    """Adds `replies predict FILE` and `replies score FILE` to the command line."""
    parser = subparsers.add_parser("replies", help="predict or score what text-backs mean")
    actions = parser.add_subparsers(dest="action", required=True)
    for name, run, what in (
        ("predict", run_predict, "situations in (JSON lines), predictions out on stdout"),
        ("score", run_score, "the accuracy table for a labelled file"),
    ):
        action = actions.add_parser(name, help=what)
        action.add_argument("file", type=Path, metavar="FILE")
        action.set_defaults(run=run)


def run_predict(args: argparse.Namespace) -> int:
    """Writes one prediction per situation, as JSON lines."""
    for record in _records(args.file):
        sys.stdout.write(json.dumps(records.predict(record), ensure_ascii=False) + "\n")
    return 0


def run_score(args: argparse.Namespace) -> int:
    """Prints how well our own predictions agree with the labels."""
    print("\n".join(records.table(records.score(_records(args.file)))))
    return 0


def _records(path: Path) -> list[records.Record]:
    try:
        with path.open(encoding="utf-8") as lines:
            return list(records.read_records(lines))
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {(error.strerror or 'no reason given').lower()}.") from None
