"""Every five minutes: plan the weekly digests that are due."""

import logging
from typing import Any

from coach_portal.core.services import jobs
from coach_portal.core.services.moments.due import is_any_due
from coach_portal.core.services.sending import outbox
from coach_portal.core.services.week import digests
from coach_portal.core.services.week.digests import BATCH
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Plan digests until none is due; answers how many were."""
    wired = runtime()
    began_at = wired.clock.machine_now()
    planned = _plan_all(wired)
    with wired.database.statement() as connection:
        jobs.ran(connection, "send_digests", began_at, wired.clock.machine_now(), planned=planned)
    if planned:
        log.info("digests planned", extra={"planned": planned})
    return {"planned": planned}


def _plan_all(wired: Runtime) -> int:
    with wired.database.statement() as connection:
        total, claimed = 0, BATCH if is_any_due(connection, digests.KINDS, wired.clock.now()) else 0
    while claimed == BATCH:
        with wired.database.transaction() as connection:
            swept = digests.plan_digests(connection, wired.clock.now(), wired.settings.public_url, BATCH)
        outbox.queue_now(wired.queue, swept.message_ids)
        claimed = swept.claimed
        total += claimed
    return total
