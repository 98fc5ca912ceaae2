"""When each scheduled job last ran, so that a silent one can be noticed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from coach_portal.core import bulk
from coach_portal.core.models import tables

_job_run = tables.job_run


def _upsert(dialect: Any) -> Any:
    statement = dialect.insert(_job_run)
    given = statement.excluded
    changed = {"began_at": given.began_at, "ended_at": given.ended_at, "did": given.did, "error": given.error}
    return statement.on_conflict_do_update(index_elements=["job"], set_=changed)


def _note(dialect: Any) -> Any:
    statement = dialect.insert(_job_run)
    changed = {"began_at": statement.excluded.began_at, "error": statement.excluded.error}
    return statement.on_conflict_do_update(index_elements=["job"], set_=changed)


_UPSERT = {"postgresql": _upsert(postgresql), "sqlite": _upsert(sqlite)}
# When it last came to its end stays, so that it shows how long it has not.
_BROKE_OFF = {"postgresql": _note(postgresql), "sqlite": _note(sqlite)}


def ran(connection: Connection, job: str, began_at: datetime, ended_at: datetime, **did: int) -> None:
    """A job ran to its end; `did` counts what it did."""
    row = {"job": job, "began_at": began_at, "ended_at": ended_at, "did": did, "error": None}
    bulk.change(connection, _UPSERT[connection.dialect.name], row)


def broke_off(connection: Connection, job: str, began_at: datetime, error: str) -> None:
    """A job did not come to its end; `error` names the kind of error and nothing else."""
    row = {"job": job, "began_at": began_at, "ended_at": None, "did": {}, "error": error}
    connection.execute(_BROKE_OFF[connection.dialect.name], row)
