"""Every minute: post the events that befell to the practices' other software.

A function of its own, since it alone waits for hosts of strangers: a slow one may hold up neither check-ins nor alerts,
and it is trusted with no queue, no bucket and no account.
"""

import logging
from typing import Any

from coach_portal.core.services import jobs
from coach_portal.core.services.events import deliveries, stream
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Number what is new and post what is due; answers how many were taken, and how many were not."""
    wired = runtime()
    began_at = wired.clock.machine_now()
    _number(wired)
    did = _deliver(wired)
    with wired.database.statement() as connection:
        jobs.ran(connection, "send_events", began_at, wired.clock.machine_now(), **did)
    if any(did.values()):
        log.info("events sent", extra=did)
    return did


def _number(wired: Runtime) -> None:
    with wired.database.statement() as connection:
        practices = stream.practices_with_new(connection)
    for practice_id in practices:
        with wired.database.transaction() as connection:
            stream.number_new(connection, practice_id, wired.clock.machine_now())


def _deliver(wired: Runtime) -> dict[str, int]:
    clock, failing, did = wired.clock.machine_now, set(), {"posted": 0, "failed": 0}
    until = clock() + deliveries.TAKES
    with wired.database.statement() as connection:
        waiting = deliveries.due(connection, clock())
    for one in waiting:
        if one.endpoint_id in failing or clock() > until:
            continue  # an endpoint that is away is asked once a pass
        taken = deliveries.deliver(wired.database, wired.posts, one, wired.settings.secret_key, clock)
        if taken is False:
            failing.add(one.endpoint_id)
        did["posted"] += taken is True
        did["failed"] += taken is False
    return did
