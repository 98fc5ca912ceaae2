"""Every minute: hand over the emails that are waiting."""

import logging
from typing import Any

from coach_portal.core.services import jobs
from coach_portal.core.services.sending import emails
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Send what is due; answers how many left, and how many wait for another try."""
    wired = runtime()
    began_at = wired.clock.machine_now()
    waiting = emails.due(wired.database, wired.clock.now(), began_at)
    sent = sum(_left(email_id, wired) for email_id in waiting)
    did = {"sent": sent, "waiting": len(waiting) - sent}
    with wired.database.statement() as connection:
        jobs.ran(connection, "send_emails", began_at, wired.clock.machine_now(), **did)
    if waiting:
        log.info("emails sent", extra=did)
    return did


def _left(email_id: int, wired: Runtime) -> bool:
    # One email that we choke on may not hold back the next: it is let go and tried again when its lease is over.
    try:
        now, machine_now = wired.clock.now(), wired.clock.machine_now()
        return emails.send(wired.database, wired.emails, wired.links, email_id, now, machine_now)
    except Exception as error:
        log.exception("email not sent yet", extra={"email": email_id, "error": type(error).__name__})
        return False
