"""`coach-portal backup` and `coach-portal restore`: one machine's data in one file, and back."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coach_portal.core.config import database_url
from coach_portal.core.db import Database
from coach_portal.core.services.sending import restored
from coach_portal.migrations import steps
from infra import backups
from infra.backups import CannotBackUp, Contents


def add_parser(commands: Any) -> None:
    """Describe both commands."""
    backup = commands.add_parser("backup", help="put the database and the files of DATA_DIR into one file")
    backup.add_argument("file", nargs="?", type=Path, help="default: coach-portal-MOMENT.zip in this folder")
    backup.set_defaults(run=back_up)
    restore = commands.add_parser("restore", help="bring a backup back; stop the server first")
    restore.add_argument("file", type=Path)
    restore.add_argument("--overwrite", action="store_true", help="though there is data: it is set aside in DATA_DIR")
    restore.add_argument("--check", action="store_true", help="look whether the backup is whole, and change nothing")
    restore.set_defaults(run=bring_back)


def back_up(asked: argparse.Namespace) -> None:
    """Write the backup, and say what is in it and what is not."""
    database = backups.database_file(database_url())
    into = asked.file or Path(f"coach-portal-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.zip")
    contents = backups.back_up(database, _data_dir(), into)
    print(f"{into}: {_told(contents)}, {into.stat().st_size / 1e6:.1f} MB.")
    print("SECRET_KEY is not in it: without the same key the tokens of practices' own accounts cannot be opened.")


def bring_back(asked: argparse.Namespace) -> None:
    """Check the backup, set aside what is there, put it in place, and say what will not be done twice."""
    database, data_dir = backups.database_file(database_url()), _data_dir()
    with backups.opened(asked.file, None if asked.check else data_dir) as (contents, unpacked):
        if not steps.is_known(contents.revision):
            raise CannotBackUp("The backup was made by a newer version. Install that one first.")
        print(f"{asked.file} is whole: {_told(contents)}.")
        if asked.check:
            return
        there = [path for path in (database, *(data_dir / name for name in backups.FOLDERS)) if path.exists()]
        if there and not asked.overwrite:
            raise CannotBackUp(f"There is data: {', '.join(map(str, there))}. With --overwrite it is set aside.")
        now = datetime.now(UTC)
        settled = _make_fit(unpacked / backups.DATABASE, contents, now)
        aside = backups.set_aside(database, data_dir, now)
        backups.put_in_place(unpacked, database, data_dir)
    print(f"Brought back. The carrier will be asked about {settled.to_ask} texts before any of them is sent.")
    print(f"{settled.left_out} questions that came due since are left out: they may have been asked.")
    print("Whoever was erased since then must be erased again.")
    if aside:
        print(f"What was there lies in {aside}. Remove it when you no longer need it.")


def _make_fit(file: Path, contents: Contents, now: datetime) -> restored.Settled:
    database = Database(f"sqlite:///{file}")
    try:
        steps.upgrade(database.engine)
        with database.transaction() as connection:
            settled = restored.settle(connection, contents.made_at, now)
    finally:
        database.dispose()
    backups.close(file)
    return settled


def _told(contents: Contents) -> str:
    return f"the database and {len(contents.sums) - 1} files, as of {contents.made_at:%Y-%m-%d %H:%M:%S} UTC"


def _data_dir() -> Path:
    return Path(os.environ.get("DATA_DIR") or ".data")
