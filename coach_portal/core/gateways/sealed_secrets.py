"""Secrets in our own database, sealed with a key made from SECRET_KEY: a copy of the database alone opens none."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from coach_portal.core.db import Database
from coach_portal.core.gateways.seal import Seal
from coach_portal.core.models import tables

_secret = tables.secret

_PURPOSE = "secrets in the database"
_READ = select(_secret.c.sealed).where(_secret.c.name == bindparam("which"))
_REMOVE = delete(_secret).where(_secret.c.name == bindparam("which"))


class SealedSecrets:
    """Fills `ports.SecretStore`."""

    def __init__(self, database: Database, secret_key: str, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now
        self._seal = Seal(secret_key, _PURPOSE)

    def get(self, name: str) -> str | None:
        """The secret, or None where there is none, or it was sealed with another SECRET_KEY."""
        with self._database.statement() as connection:
            sealed = connection.execute(_READ, {"which": name}).scalar_one_or_none()
        return None if sealed is None else self._seal.unseal(sealed)

    def put(self, name: str, value: str) -> None:
        """Keep a secret, in place of the one of that name."""
        row = {"name": name, "sealed": self._seal.seal(value), "changed_at": self._now()}
        with self._database.transaction() as connection:
            connection.execute(_REMOVE, {"which": name})
            connection.execute(insert(_secret), row)

    def forget(self, name: str) -> None:
        """Keep it no longer."""
        with self._database.transaction() as connection:
            connection.execute(_REMOVE, {"which": name})
