"""Every minute: step on with programmes, plan the check-ins that are due, and pick up what fell."""

import logging
from datetime import datetime, timedelta
from typing import Any

from coach_portal.core.services import jobs
from coach_portal.core.services.moments import check_ins, tick
from coach_portal.core.services.moments.due import BATCH
from coach_portal.core.services.preparing import appointments
from coach_portal.core.services.programmes import stepping
from coach_portal.core.services.replies import inbound
from coach_portal.core.services.replies.arrival import InboundSms
from coach_portal.core.services.sending import outbox, recovery
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)

JOB = "schedule_check_ins"
NOTHING = {"planned": 0, "reminded": 0, "stepped": 0, "requeued": 0, "remembered": 0}
# A text that was written down but not acted on within a minute was dropped by a crash; a day later it is history.
FORGOTTEN_AFTER, FORGOTTEN_FOR_GOOD = timedelta(minutes=1), timedelta(days=1)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Sweep until nothing is due; answers how much was done."""
    wired = runtime()
    now, began_at = wired.clock.now(), wired.clock.machine_now()
    forgotten = (now - FORGOTTEN_FOR_GOOD, now - FORGOTTEN_AFTER)
    with wired.database.statement() as connection:
        found = tick.look(connection, now, began_at, forgotten)
        if not any(found):
            jobs.ran(connection, JOB, began_at, wired.clock.machine_now(), **NOTHING)
            return dict(NOTHING)
        fallen = recovery.pick_up(connection, now, began_at) if found.fallen else []
        texts = inbound.forgotten(connection, *forgotten) if found.texts else []
    outbox.queue_now(wired.queue, fallen)
    remembered = sum(_act_on(text, wired, now) for text in texts)
    # Steps first: their texts have the day's touch before its check-ins.
    stepped = step_on(wired) if found.steps else 0
    did = {"planned": sweep(wired) if found.check_ins else 0, "reminded": remind(wired) if found.reminders else 0}
    did |= {"stepped": stepped, "requeued": len(fallen), "remembered": remembered}
    with wired.database.statement() as connection:
        jobs.ran(connection, JOB, began_at, wired.clock.machine_now(), **did)
    if any(did.values()):
        log.info("check-ins swept", extra=did)
    return did


def sweep(wired: Runtime) -> int:
    """Plan everything that is due, a transaction a batch; answers how many schedules were due."""
    total, claimed = 0, BATCH
    while claimed == BATCH:
        with wired.database.transaction() as connection:
            swept = check_ins.plan_check_ins(connection, wired.clock.now(), BATCH)
        outbox.queue_now(wired.queue, swept.message_ids)
        claimed = swept.claimed
        total += claimed
    return total


def step_on(wired: Runtime) -> int:
    """Step on with every programme that is due, a transaction a batch; answers how many enrolments were looked at."""
    total, claimed = 0, stepping.BATCH
    while claimed == stepping.BATCH:
        with wired.database.transaction() as connection:
            swept = stepping.plan_steps(connection, wired.clock.now())
        outbox.queue_now(wired.queue, swept.message_ids)
        claimed = swept.claimed
        total += claimed
    return total


def remind(wired: Runtime) -> int:
    """Plan the reminders of sessions that are due; answers how many may leave at once."""
    with wired.database.transaction() as connection:
        message_ids = appointments.plan_reminders(connection, wired.clock.now())
    outbox.queue_now(wired.queue, message_ids)
    return len(message_ids)


def _act_on(text: InboundSms, wired: Runtime, now: datetime) -> bool:
    # One text that we choke on may not hold back the others: the next may be a STOP.
    try:
        received = inbound.receive(
            wired.database,
            text,
            now,
            machine_now=wired.clock.machine_now(),
            links=wired.links,
        )
    except Exception as error:
        log.exception("text not acted on yet", extra={"sid": text.sid, "error": type(error).__name__})
        return False
    outbox.queue_now(wired.queue, received.to_queue)
    return True
