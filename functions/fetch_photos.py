"""Every minute: fetch the photos that clients sent."""

import logging
from typing import Any

from coach_portal.core.services import jobs
from coach_portal.core.services.photos import keeping
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Fetch those that are due; answers how many are kept now."""
    wired = runtime()
    began_at = wired.clock.machine_now()
    with wired.database.statement() as connection:
        waiting = keeping.due(connection, wired.clock.now())
    kept = sum(_fetched(photo_id, wired) for photo_id in waiting)
    with wired.database.statement() as connection:
        jobs.ran(connection, "fetch_photos", began_at, wired.clock.machine_now(), kept=kept)
    if waiting:
        log.info("photos fetched", extra={"photos": waiting, "kept": kept})
    return {"kept": kept}


def _fetched(photo_id: int, wired: Runtime) -> bool:
    # One that we choke on may not keep the next from being fetched; it is tried again.
    try:
        return keeping.fetch(wired.database, wired.media, wired.photo_maker, wired.files, photo_id, wired.clock.now())
    except Exception as error:
        log.exception("photo not fetched yet", extra={"photo": photo_id, "error": type(error).__name__})
        return False
