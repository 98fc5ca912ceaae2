"""Every five minutes: forget the copies that erasures left elsewhere; once a day, what was kept long enough."""

import logging
from typing import Any

from coach_portal.core.db import AWAY
from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.services import jobs
from coach_portal.core.services.records import leftovers, retention
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Tidy if it is time, forget what is due; answers how many rows and copies went."""
    wired = runtime()
    began_at = wired.clock.machine_now()
    tidied = _tidy(wired)
    forgotten = _forget(wired)
    if forgotten:
        _scrub(wired)
    with wired.database.statement() as connection:
        jobs.ran(connection, "keep_records", began_at, wired.clock.machine_now(), forgotten=forgotten)
    if tidied or forgotten:
        log.info("records kept", extra={"tidied": tidied, "forgotten": forgotten})
    return {"tidied": tidied, "forgotten": forgotten}


def _tidy(wired: Runtime) -> int:
    """Retention is watched by itself: a run that breaks off is noted, and the copies are forgotten all the same."""
    now, began_at = wired.clock.now(), wired.clock.machine_now()
    with wired.database.statement() as connection:
        if not retention.is_due(connection, began_at):
            return 0
    try:
        with wired.database.session() as session:
            former = retention.forget_former(session, now)
            did = retention.tidy(session.connection(), now) | ({"former": former} if former else {})
            if former < retention.ERASED_AT_ONCE:
                jobs.ran(session.connection(), retention.JOB, began_at, wired.clock.machine_now(), **did)
    except Exception as error:
        with wired.database.statement() as connection:
            jobs.broke_off(connection, retention.JOB, began_at, type(error).__name__)
        log.exception("retention broke off", extra={"error": type(error).__name__})
        return 0
    with wired.database.reading() as session:
        pictures = retention.expired_pictures(session.connection(), now)
    for name in pictures:
        wired.files.delete(name)
    return sum(did.values())


def _scrub(wired: Runtime) -> None:
    try:
        wired.database.scrub()
    except AWAY as error:  # busy: the look an hour later, which every erasure ends with, does it again
        log.warning("file not rewritten yet", extra={"error": type(error).__name__})


def _forget(wired: Runtime) -> int:
    now, forgotten = wired.clock.now(), 0
    with wired.database.statement() as connection:
        copies = leftovers.due(connection, now)
    for copy in copies:
        try:
            gone = leftovers.forget(copy, wired)
        except (CarrierError, CarrierOutcomeUnknown) as error:
            log.warning("copy not forgotten yet", extra={"leftover": copy.id, "code": error.code})
            gone = False
        with wired.database.transaction() as connection:
            leftovers.note(connection, copy, gone, now)
        forgotten += gone
    return forgotten
