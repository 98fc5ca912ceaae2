"""`coach-portal create-coach`: a practice with its sending number, and its owner."""

import argparse
import secrets
import sys
from datetime import UTC, datetime
from typing import Any

from coach_portal.core.config import database_url
from coach_portal.core.db import Database
from coach_portal.core.errors import Invalid
from coach_portal.core.rules.pacing import CLASSES, SAFEST
from coach_portal.core.rules.phone import NotAPhone, to_e164
from coach_portal.core.services.practice import practices, tokens
from coach_portal.migrations import steps


def add_parser(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser("create-coach", help="open a practice with its sending number and its owner")
    command.add_argument("--email", required=True, help="what the owner signs in with")
    command.add_argument("--name", required=True, help="the owner's name; texts carry the first of it")
    command.add_argument("--practice", required=True, help="the practice's name")
    command.add_argument("--number", required=True, help="the number it texts from, such as +16175550100")
    command.add_argument(
        "--sender-class",
        choices=CLASSES,
        default=SAFEST,
        help="how the number is registered, which says how fast it may text; default: the slowest",
    )
    command.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    command.add_argument("--token", action="store_true", help="print an API token as the last line")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Open the practice; without --password-stdin a password is made up and printed once."""
    number = _number(asked.number)
    password = sys.stdin.readline().rstrip("\n") if asked.password_stdin else secrets.token_urlsafe(12)
    database, now = Database(database_url()), datetime.now(UTC)
    steps.upgrade(database.engine)
    with database.session() as session:
        owner = practices.open_practice(
            session,
            practice=asked.practice,
            number=number,
            name=asked.name,
            email=asked.email,
            password=password,
            now=now,
            sender_class=asked.sender_class,
        )
        token = tokens.make_token(session, owner, "create-coach", now) if asked.token else None
    print(f"{asked.practice} is open; {asked.email} may sign in.")
    if not asked.password_stdin:
        print(f"Password: {password}")
    if token:
        print("API token, shown once:")
        print(token)


def _number(written: str) -> str:
    try:
        return to_e164(written)
    except NotAPhone as error:
        raise Invalid({"number": str(error)}) from None
