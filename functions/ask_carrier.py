"""Every minute: ask the carrier about receipts and prices that did not come, and for texts to us that never arrived."""

import logging
from datetime import datetime
from typing import Any

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown, CoachPortalError
from coach_portal.core.ports import CarrierCall, CarrierText
from coach_portal.core.services import jobs
from coach_portal.core.services.calls import receipts
from coach_portal.core.services.practice import money
from coach_portal.core.services.sending import asking, outbox
from functions.record_inbound import record_text
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Ask, listen, and keep the books; answers how many texts were asked about and how many had been missed."""
    wired = runtime()
    began_at = wired.clock.machine_now()
    did = {"asked": _ask(wired), "missed": _listen(wired)}
    now = wired.clock.now()
    with wired.database.transaction() as connection:
        charged = money.catch_up(connection, now, now - asking.LEFT_TO_THE_WEBHOOK)
        jobs.ran(connection, money.JOB, began_at, wired.clock.machine_now(), message_id=charged)
    with wired.database.statement() as connection:
        jobs.ran(connection, "ask_carrier", began_at, wired.clock.machine_now(), **did)
    if any(did.values()):
        log.info("carrier asked", extra=did)
    return did


def _ask(wired: Runtime) -> int:
    now = wired.clock.now()
    with wired.database.statement() as connection:
        texts = asking.due(connection, now)
    for asked, text in enumerate(texts):
        try:
            told = _look_up(text, wired)
        except CoachPortalError as error:
            if not _knows_no_such_text(error):
                # A carrier that is away is not asked a hundred times; the next pass begins where this one ends.
                log.warning("carrier cannot be asked", extra={"message_id": text.id, "code": error.code})
                return asked
            told = None
        _note(text, told, wired, now)
    return len(texts)


def _look_up(text: Any, wired: Runtime) -> CarrierText | CarrierCall | None:
    if text.channel == "call":
        return wired.caller.of(text.account_sid).look_up(text.sid)
    return wired.sender.of(text.account_sid).look_up(text.sid)


def _note(text: Any, told: CarrierText | CarrierCall | None, wired: Runtime, now: datetime) -> None:
    texts: list[int] = []
    with wired.database.transaction() as connection:
        if text.channel == "call":
            texts = receipts.note(connection, text, told if isinstance(told, CarrierCall) else None, now)
        else:
            asking.note(connection, text, told if isinstance(told, CarrierText) else None, now)
    outbox.queue_now(wired.queue, texts)


def _knows_no_such_text(error: CoachPortalError) -> bool:
    return isinstance(error, CarrierError) and error.permanent and error.code == "20404"


def _listen(wired: Runtime) -> int:
    now = wired.clock.now()
    with wired.database.statement() as connection:
        numbers = asking.numbers(connection, now)
    return sum(_listen_to(number, wired) for number in numbers)


def _listen_to(number: Any, wired: Runtime) -> int:
    """Record the texts to one number that no webhook brought, each as of the moment it came."""
    now, missed = wired.clock.now(), 0
    if number.polled_until is not None:
        try:
            since = number.polled_until - asking.OVERLAP
            texts = wired.sender.of(number.account_sid).texts_to(number.phone, since)
        except (CarrierError, CarrierOutcomeUnknown) as error:
            log.warning("missed texts cannot be looked for", extra={"number": number.id, "code": error.code})
            return 0
        old_enough = [text for text in texts if text.arrived_at <= now - asking.LEFT_TO_THE_WEBHOOK]
        with wired.database.statement() as connection:
            unheard = asking.unheard(connection, [text.sid for text in old_enough])
        for text in sorted(old_enough, key=lambda text: text.arrived_at):
            if text.sid in unheard:
                outbox.queue_now(wired.queue, record_text(text, wired))
                log.warning("missed text recorded", extra={"sid": text.sid})
                missed += 1
    with wired.database.statement() as connection:
        asking.listened(connection, number.id, now)
    return missed
