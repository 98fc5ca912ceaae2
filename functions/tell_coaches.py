"""Every minute: tell coaches what waits for them, in their hours and by their way."""

import logging
from typing import Any

from coach_portal.core.services import jobs
from coach_portal.core.services.reaching import telling
from coach_portal.core.services.sending import outbox
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Tell every coach for whom something waits; answers how many were looked at."""
    wired = runtime()
    began_at = wired.clock.machine_now()
    with wired.database.statement() as connection:
        coaches = telling.coaches_due(connection, wired.clock.now())
    for coach_id in coaches:
        _tell(coach_id, wired)
    with wired.database.statement() as connection:
        jobs.ran(connection, "tell_coaches", began_at, wired.clock.machine_now(), coaches=len(coaches))
    return {"coaches": len(coaches)}


def _tell(coach_id: int, wired: Runtime) -> None:
    # What we choke on for one coach may not keep the next from being told.
    try:
        with wired.database.transaction() as connection:
            texts = telling.tell(connection, coach_id, wired.settings.public_url, wired.clock.now())
    except Exception as error:
        log.exception("coach not told yet", extra={"coach": coach_id, "error": type(error).__name__})
        return
    outbox.queue_now(wired.queue, texts)
