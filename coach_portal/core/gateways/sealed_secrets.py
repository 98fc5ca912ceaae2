"""Secrets in our own database, sealed with a key made from SECRET_KEY: a copy of the database alone opens none."""

import base64
from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import bindparam, delete, insert, select

from coach_portal.core.db import Database
from coach_portal.core.models import tables

_secret = tables.secret

_PURPOSE = b"coach-portal: secrets in the database, 1"
_READ = select(_secret.c.sealed).where(_secret.c.name == bindparam("which"))
_REMOVE = delete(_secret).where(_secret.c.name == bindparam("which"))


class SealedSecrets:
    """Fills `ports.SecretStore`. Fernet (AES-128-CBC and HMAC-SHA256), its key by HKDF from `secret_key`."""

    def __init__(self, database: Database, secret_key: str, now: Callable[[], datetime]) -> None:
        self._database, self._secret_key, self._now = database, secret_key, now

    def get(self, name: str) -> str | None:
        """The secret, or None where there is none, or it was sealed with another SECRET_KEY."""
        with self._database.statement() as connection:
            sealed = connection.execute(_READ, {"which": name}).scalar_one_or_none()
        try:
            return None if sealed is None else self._box.decrypt(sealed).decode()
        except InvalidToken:
            return None

    def put(self, name: str, value: str) -> None:
        """Keep a secret, in place of the one of that name."""
        row = {"name": name, "sealed": self._box.encrypt(value.encode()).decode(), "changed_at": self._now()}
        with self._database.transaction() as connection:
            connection.execute(_REMOVE, {"which": name})
            connection.execute(insert(_secret), row)

    def forget(self, name: str) -> None:
        """Keep it no longer."""
        with self._database.transaction() as connection:
            connection.execute(_REMOVE, {"which": name})

    @cached_property
    def _box(self) -> Fernet:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(self._secret_key.encode())
        return Fernet(base64.urlsafe_b64encode(key))
