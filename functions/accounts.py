"""Whose accounts at the carrier we know, and their tokens: remembered for a minute, so that nobody can make us look."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from coach_portal.core.db import AWAY, Database
from coach_portal.core.ports import SecretStore
from coach_portal.core.services.practice import accounts

log = logging.getLogger(__name__)

REMEMBERED_FOR = 60.0
"""Seconds: how soon an account that was brought, or a token that was changed, is believed everywhere."""


@dataclass
class Accounts:
    """The practices' own accounts. The installation's own is not among them: it is in the settings."""

    database: Database
    secrets: Callable[[], SecretStore]
    clock: Callable[[], float] = time.monotonic
    _numbers: dict[str, frozenset[str]] = field(default_factory=dict)
    _tokens: dict[str, str | None] = field(default_factory=dict)
    _read_at: float | None = None

    def numbers(self, account_sid: str) -> frozenset[str]:
        """The numbers of the practice whose account this is; none for an account we do not know."""
        self._refresh()
        return self._numbers.get(account_sid, frozenset())

    def token(self, account_sid: str) -> str | None:
        """The account's token; None for an account we do not know, or whose token is gone."""
        self._refresh()
        if account_sid not in self._numbers:
            return None
        if account_sid not in self._tokens:
            self._tokens[account_sid] = self.secrets().get(accounts.secret_name(account_sid))
        return self._tokens[account_sid]

    def _refresh(self) -> None:
        now = self.clock()
        if self._read_at is not None and now - self._read_at < REMEMBERED_FOR:
            return
        try:
            with self.database.statement() as connection:
                self._numbers = accounts.known(connection)
        except AWAY as error:
            # What was known a minute ago still is, as far as anybody can tell.
            log.warning("accounts cannot be read", extra={"error": type(error).__name__})
        else:
            self._tokens = {}
        self._read_at = now
