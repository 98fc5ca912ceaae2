"""Backups of one machine: a zip with the database, the files of DATA_DIR, and a list of both with their checksums."""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from coach_portal.core.errors import CoachPortalError

DATABASE, LIST = "coach_portal.db", "backup.json"
FOLDERS = ("inbound", "files", "mail")
"""The folders of DATA_DIR that hold what people sent and were sent."""
UNFINISHED = ".part"
ROOM = 1 << 20


class CannotBackUp(CoachPortalError):
    """There is nothing here that can be backed up or restored so; the message says what to do instead."""

    code = "cannot_back_up"


class Damaged(CoachPortalError):
    """The backup is not whole; the message says where."""

    code = "backup_damaged"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: when it was made, the step of its schema, and the SHA-256 of each file in it."""

    made_at: datetime
    revision: str
    sums: dict[str, str]

    def as_json(self) -> str:
        """To be read again by `read`."""
        return json.dumps({**asdict(self), "made_at": self.made_at.isoformat()}, indent=1)

    @classmethod
    def read(cls, told: bytes) -> "Contents":
        """Raises ValueError or KeyError for what `as_json` did not write."""
        found = json.loads(told)
        return cls(datetime.fromisoformat(found["made_at"]), str(found["revision"]), dict(found["sums"]))


def database_file(url: str) -> Path:
    """The file of an SQLite database. Raises CannotBackUp for another kind."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise CannotBackUp(
            "The database is Postgres: back it up with its own tool.\n"
            '  pg_dump --format=custom --file=coach_portal.dump "$DATABASE_URL"\n'
            '  pg_restore --clean --if-exists --dbname="$DATABASE_URL" coach_portal.dump   # with serve stopped\n'
            f"And copy these folders of DATA_DIR after it: {', '.join(FOLDERS)}."
        )
    return Path(parsed.database)


def back_up(database: Path, data_dir: Path, into: Path) -> Contents:
    """Write a backup; it is whole, and readable by its owner alone, when this returns. A server may go on meanwhile.

    Raises CannotBackUp where there is no database, or where `into` exists.
    """
    if not database.exists():
        raise CannotBackUp(f"There is no database at {database}.")
    if into.exists():
        raise CannotBackUp(f"{into} exists: choose another name.")
    part = into.with_name(into.name + UNFINISHED)
    made_at = datetime.now(UTC)
    try:
        with tempfile.TemporaryDirectory(dir=into.parent, prefix=".backup-") as name:
            sums: dict[str, str] = {}
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for inside, file in _in_order(database, data_dir, Path(name)):
                    sums |= _add(archive, inside, file)
                contents = Contents(made_at, _revision(Path(name) / DATABASE), sums)
                archive.writestr(LIST, contents.as_json())
            with part.open("rb") as written:
                os.fsync(written.fileno())
        part.rename(into)
    finally:
        part.unlink(missing_ok=True)
    return contents


def _in_order(database: Path, data_dir: Path, scratch: Path) -> Iterator[tuple[str, Path]]:
    """Texts that wait to be recorded first: one that moves to the database meanwhile is there twice, and never lost.
    Other files last: whatever a row names was written before the row."""
    yield from _files_of(data_dir, FOLDERS[:1])
    copy = scratch / DATABASE
    _copy_database(database, copy)
    yield DATABASE, copy
    yield from _files_of(data_dir, FOLDERS[1:])


def _files_of(data_dir: Path, folders: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    for folder in folders:
        for file in sorted((data_dir / folder).rglob("*")):
            if file.is_file() and file.suffix != UNFINISHED:
                yield file.relative_to(data_dir).as_posix(), file


def _add(archive: zipfile.ZipFile, inside: str, file: Path) -> dict[str, str]:
    """Add one file; answers its checksum, by its name. What was forgotten meanwhile is left out."""
    sum_ = hashlib.sha256()
    try:
        reading = file.open("rb")
    except FileNotFoundError:
        return {}
    with reading, archive.open(inside, "w", force_zip64=True) as writing:
        while piece := reading.read(ROOM):
            sum_.update(piece)
            writing.write(piece)
    return {inside: sum_.hexdigest()}


def _copy_database(database: Path, copy: Path) -> None:
    """As of one moment, by SQLite's own backup: in WAL mode neither waits for the other."""
    with closing(sqlite3.connect(database, timeout=30)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def _revision(database: Path) -> str:
    try:
        with closing(sqlite3.connect(database)) as connection:
            return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except sqlite3.DatabaseError:
        raise CannotBackUp("The database has no schema yet: run `coach-portal migrate`.") from None


@contextmanager
def opened(backup: Path, room: Path | None) -> Iterator[tuple[Contents, Path]]:
    """A backup, whole and checked, unpacked into a folder of `room` that is gone afterwards. `room`: None for the
    machine's own place for such things; DATA_DIR where what was unpacked is to be moved into place.

    Raises Damaged when anything in it is not as it was written.
    """
    if not backup.is_file():
        raise CannotBackUp(f"There is no backup at {backup}.")
    if room:
        room.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=room, prefix=".restore-") as name:
        yield unpack(backup, Path(name)), Path(name)


def unpack(backup: Path, into: Path) -> Contents:
    """Unpack and check everything. Raises Damaged."""
    try:
        with zipfile.ZipFile(backup) as archive:
            contents = Contents.read(archive.read(LIST))
            for inside, sum_ in contents.sums.items():
                if _unpack(archive, inside, into) != sum_:
                    raise Damaged(f"{backup} is damaged: {inside} is not what was written.")
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise Damaged(f"{backup} is no backup of ours, or damaged ({type(error).__name__}).") from None
    _examine(into / DATABASE)
    return contents


def _unpack(archive: zipfile.ZipFile, inside: str, into: Path) -> str:
    target = (into / inside).resolve()
    folders = [(into / folder).resolve() for folder in FOLDERS]
    if inside != DATABASE and not any(folder in target.parents for folder in folders):
        raise Damaged(f"{inside} has no place in a backup.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    sum_ = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with archive.open(inside) as reading, os.fdopen(descriptor, "wb") as writing:
        while piece := reading.read(ROOM):
            sum_.update(piece)
            writing.write(piece)
    return sum_.hexdigest()


def _examine(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        told = connection.execute("PRAGMA integrity_check").fetchone()[0]
        dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    if told != "ok" or dangling:
        raise Damaged(f"The database in the backup is damaged: {told if told != 'ok' else f'a row of {dangling[0]}'}.")


def set_aside(database: Path, data_dir: Path, at: datetime) -> Path | None:
    """Move what is there out of the way; answers where it lies now, None where nothing was.

    Raises CannotBackUp while a server has the database open.
    """
    there = [folder for folder in FOLDERS if (data_dir / folder).exists()]
    if not database.exists() and not there:
        return None
    if database.exists():
        close(database)
    aside = data_dir / f"before-restore-{at:%Y-%m-%dT%H%M%SZ}"
    aside.mkdir(mode=0o700, parents=True)
    for folder in there:
        (data_dir / folder).rename(aside / folder)
    if database.exists():
        shutil.move(database, aside / DATABASE)
    return aside


def close(database: Path) -> None:
    """Fold what lies beside the file into it, which SQLite refuses while anybody else has it open."""
    try:
        with closing(sqlite3.connect(database, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError:
        raise CannotBackUp(f"A server has {database} open: stop it first.") from None
    except sqlite3.DatabaseError:
        pass  # it is damaged, which is why somebody restores


def put_in_place(unpacked: Path, database: Path, data_dir: Path) -> None:
    """Move what was unpacked to where the server looks for it."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in FOLDERS:
        if (unpacked / folder).exists():
            shutil.move(unpacked / folder, data_dir / folder)
    for beside in ("-wal", "-shm", "-journal"):
        database.with_name(database.name + beside).unlink(missing_ok=True)
    shutil.move(unpacked / DATABASE, database)
