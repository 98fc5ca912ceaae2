"""Every minute: tell whoever is to be told that someone may be in danger, until somebody has it in hand."""

import logging
from typing import Any

from coach_portal.core.services import jobs
from coach_portal.core.services.alerting import escalation
from coach_portal.core.services.sending import outbox
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Do every round that is due; answers how many were."""
    wired = runtime()
    began_at = wired.clock.machine_now()
    with wired.database.statement() as connection:
        waiting = escalation.due(connection, wired.clock.now())
    told = sum(_told(alert_id, wired) for alert_id in waiting)
    with wired.database.transaction() as connection:
        told += escalation.tell_soon(connection, wired.settings.public_url, wired.clock.now())
        jobs.ran(connection, "tell_alerts", began_at, wired.clock.machine_now(), told=told)
    if waiting:
        log.info("alerts told", extra={"alerts": waiting, "told": told})
    return {"told": told}


def _told(alert_id: int, wired: Runtime) -> bool:
    # One alert that we choke on may not keep the next from being told.
    clock = wired.clock
    try:
        with wired.database.transaction() as connection:
            message_ids = escalation.tell(connection, alert_id, wired.links, clock.now(), clock.machine_now())
    except Exception as error:
        log.exception("alert not told yet", extra={"alert": alert_id, "error": type(error).__name__})
        return False
    outbox.queue_now(wired.queue, message_ids)
    return True
