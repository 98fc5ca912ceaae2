"""`coach-portal token`: API tokens made, listed and ended from the command line."""

import argparse
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from coach_portal.core.config import database_url
from coach_portal.core.db import Database
from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach
from coach_portal.core.rules.access import SCOPES
from coach_portal.core.services.practice import tokens


def add_parser(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser("token", help="make, list or end the API tokens of a coach")
    command.add_argument("--email", required=True, help="whose: what they sign in with")
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--make", metavar="NAME", help="make one of this name, and print it as the last line")
    what.add_argument("--list", action="store_true", help="list those that work")
    what.add_argument("--revoke", metavar="ID", type=int, help="end the one with this id")
    command.add_argument("--scopes", nargs="+", choices=SCOPES, default=list(SCOPES), help="what it may do; all of it")
    command.add_argument("--days", type=int, help="how long it works; until it is revoked")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Do what is asked."""
    database, now = Database(database_url()), datetime.now(UTC)
    with database.session() as session:
        coach = session.scalar(select(Coach).where(Coach.email == asked.email.strip().casefold(), Coach.active))
        if coach is None:
            raise Invalid({"email": "Nobody signs in with this address."})
        if asked.make:
            ends = now + timedelta(days=asked.days) if asked.days else None
            token = tokens.make_token(session, coach, asked.make, now, scopes=asked.scopes, expires_at=ends)
            print("API token, shown once:")
            print(token)
        elif asked.revoke:
            tokens.revoke_token(session, coach, asked.revoke, now)
            print("Ended.")
        else:
            for row in tokens.working(session, coach):
                used = f"last used {row.last_used_at:%Y-%m-%d %H:%M} UTC" if row.last_used_at else "not used yet"
                print(f"{row.id}  {row.hint}...  {row.name}  ({row.scopes}; {used})")
