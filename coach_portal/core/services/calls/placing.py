"""The one step that places calls: claim, ask once more whether it may be, have it placed, record what became of it.

As the step that sends texts, and by the same rule: two transactions with the request between them, and none open during
it. A request that broke off leaves the call `unknown`, and the carrier is asked before another: 0 or 1 calls.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from coach_portal.core.db import Database
from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.models import tables
from coach_portal.core.ports import CallPlacer
from coach_portal.core.rules.may_send import Decision, decide
from coach_portal.core.services.calls import line, receipts
from coach_portal.core.services.calls.instead import text_instead
from coach_portal.core.services.sending import broken_off, outbound

_message, _practice, _check_in = tables.message, tables.practice, tables.check_in
_schedule = tables.schedule

_CLAIM = outbound.claiming("call")
_AMONG = select(_message.c.id).where(
    _message.c.id.in_(bindparam("messages", expanding=True)), _message.c.channel == "call"
)
_HOW = (
    select(_practice.c.account_sid, _schedule.c.on_machine)
    .select_from(_practice)
    .outerjoin(_check_in, _check_in.c.id == bindparam("check_in"))
    .outerjoin(_schedule, _schedule.c.id == _check_in.c.schedule_id)
    .where(_practice.c.id == bindparam("practice"))
)
_OTHERS = select(_message.c.sid).where(
    _message.c.client_id == bindparam("client"), _message.c.channel == "call", _message.c.sid.is_not(None)
)
_WHOSE = select(_message.c.client_id).where(_message.c.id == bindparam("message"))


@dataclass(frozen=True, slots=True)
class Claimed:
    """A call that is ours to have placed now, from which account, and whether it waits for a machine's tone."""

    row: Any
    account_sid: str | None
    await_beep: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """What is left to do: queue the call for its `turn`, and queue the texts that go in its stead."""

    turn: datetime | None = None
    texts: Sequence[int] = ()


def among(database: Database, message_ids: Sequence[int]) -> set[int]:
    """Which of these messages are calls."""
    with database.statement() as connection:
        return set(connection.execute(_AMONG, {"messages": list(message_ids)}).scalars())


def place(
    database: Database,
    placer: CallPlacer,
    message_id: int,
    now: datetime,
    machine_now: Callable[[], datetime],
    per_second: float,
) -> Placed:
    """Have one call placed, 0 or 1 times. Calling it again, late or twice at once does no harm.

    Raises CarrierError (temporary) or CarrierOutcomeUnknown when it should be called again later.
    """
    claim = _claim(database, message_id, now, machine_now(), per_second)
    if claim is None:
        left = broken_off.unfinished(database, message_id)
        if left is None:
            return Placed()
        if left.state == "planned":
            return Placed(left.send_after)
        if not _may_be_placed_again(database, placer, left, now, machine_now()):
            return Placed()
        claim = _claim(database, message_id, now, machine_now(), per_second)
    if not isinstance(claim, Claimed):
        return claim or Placed()
    if machine_now() - claim.row.claimed_at > broken_off.LEASE / 2:
        # This process was asleep, and somebody may already be asking the carrier about this claim.
        raise CarrierOutcomeUnknown("the claim grew old before the call")
    return _hand_over(database, placer, claim, now)


def _claim(
    database: Database, message_id: int, now: datetime, machine_now: datetime, per_second: float
) -> Claimed | Placed | None:
    with database.transaction() as connection:
        row = connection.execute(_CLAIM, {"message": message_id, "now": now, "machine_now": machine_now}).one_or_none()
        if row is None:
            return None
        decision = decide(outbound.gather(connection, row, now), now)
        if not decision.allowed:
            return _refuse(connection, row, decision, now)
        how = connection.execute(_HOW, {"practice": row.practice_id, "check_in": row.check_in_id}).one()
        waiting = line.enter(
            connection,
            how.account_sid,
            now,
            per_second=per_second,
            deadline_at=row.deadline_at,
            turn_has_come=row.send_after is not None and row.queued_at == row.send_after,
        )
        if waiting is not None:
            return Placed(outbound.wait(connection, row, waiting))
        return Claimed(row, how.account_sid, how.on_machine == "message")


def _refuse(connection: Connection, row: Any, decision: Decision, now: datetime) -> Placed:
    if decision.rule in {"no_call_consent", "call_cap"}:
        # They ended the calls since it was planned, or were called as often as was agreed; texts go on.
        text = text_instead(connection, row, now)
        outbound.settle(connection, row, decision.rule)
        return Placed(texts=text)
    outbound.refuse(connection, row, decision, now)
    return Placed()


def _hand_over(database: Database, placer: CallPlacer, claimed: Claimed, now: datetime) -> Placed:
    claim = claimed.row
    try:
        taken = placer.of(claimed.account_sid).place_call(
            to=claim.to_phone, from_=claim.from_phone, message_id=claim.id, await_beep=claimed.await_beep
        )
    except CarrierOutcomeUnknown:
        broken_off.let_go(database, claim, "sending", "unknown")
        raise
    except CarrierError as error:
        if not error.permanent:
            broken_off.let_go(database, claim, "sending", "planned")
            raise
        with database.transaction() as connection:
            return Placed(texts=receipts.record_failure(connection, claim.id, error.code, now))
    with database.transaction() as connection:
        return Placed(texts=receipts.record_report(connection, claim.id, taken, now))


def _may_be_placed_again(
    database: Database, placer: CallPlacer, broken: Any, now: datetime, machine_now: datetime
) -> bool:
    """Ask the carrier about a call whose request broke off: either it is calling, or the call is planned anew."""
    if machine_now - broken.claimed_at < broken_off.LEASE:
        raise CarrierOutcomeUnknown("too early to ask the carrier")
    with database.statement() as connection:
        client = connection.execute(_WHOSE, {"message": broken.id}).scalar_one()
        others = list(connection.execute(_OTHERS, {"client": client}).scalars())
    found = placer.of(broken.account_sid).find_call(
        to=broken.to_phone,
        from_=broken.from_phone,
        since=broken.claimed_at - broken_off.CLOCKS_DIFFER,
        not_among=others,
    )
    if found is None:
        return broken_off.let_go(database, broken, "unknown", "planned")
    with database.transaction() as connection:
        receipts.record_report(connection, broken.id, found, now)
    return False
