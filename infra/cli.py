"""The `coach-portal` command."""

import argparse
import sys
from collections.abc import Sequence

from coach_portal.core.errors import CoachPortalError, Invalid
from infra import replies_command
from infra.commands import (
    backup,
    demo,
    deploy,
    doctor,
    ledger,
    migrate,
    owner,
    serve,
    simulate,
    tick,
    token,
    transcript,
)

COMMANDS = (
    serve, demo, tick, migrate, owner, token, doctor, backup, deploy, ledger, transcript, simulate, replies_command
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Problems of ours are told in a line each, with what to do about them."""
    asked = parser().parse_args(argv)
    try:
        return int(asked.run(asked) or 0)
    except Invalid as error:
        for name, what in error.fields.items():
            print(f"--{name}: {what}", file=sys.stderr)
    except CoachPortalError as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        return 0
    return 1


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    made = argparse.ArgumentParser(prog="coach-portal", description="Tiny habits by text, for coaching practices.")
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(commands)
    return made


if __name__ == "__main__":
    sys.exit(main())
