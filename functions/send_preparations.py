"""Every five minutes: write to coaches what to read before their sessions."""

import logging
from typing import Any

from coach_portal.core.services import jobs
from coach_portal.core.services.preparing import preparation_emails
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Plan the emails that are due; answers for how many sessions."""
    wired = runtime()
    began_at = wired.clock.machine_now()
    with wired.database.statement() as connection:
        coaches = preparation_emails.coaches_due(connection, wired.clock.now())
    prepared = sum(_planned(coach_id, wired) for coach_id in coaches)
    with wired.database.statement() as connection:
        jobs.ran(connection, "send_preparations", began_at, wired.clock.machine_now(), prepared=prepared)
    if prepared:
        log.info("preparations planned", extra={"prepared": prepared})
    return {"prepared": prepared}


def _planned(coach_id: int, wired: Runtime) -> int:
    # One coach's report that we choke on may not hold back the others'; it is tried again until the session begins.
    try:
        with wired.database.session() as session:
            return preparation_emails.plan(session, coach_id, wired.settings.public_url, wired.clock.now())
    except Exception as error:
        log.exception("preparation not planned", extra={"coach": coach_id, "error": type(error).__name__})
        return 0
