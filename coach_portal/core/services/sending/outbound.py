"""The one send step: claim a message, ask once more whether it may go, hand it over, record what became of it.

Two transactions with the call between them, and none open during it. A crash before the call leaves a claim that grows
stale, a crash after it leaves the same: both become `unknown`, and the carrier is asked before anything is sent again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, update
from sqlalchemy.sql.dml import ReturningUpdate

from coach_portal.core import bulk
from coach_portal.core.db import Database
from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.models import tables
from coach_portal.core.ports import TextSender
from coach_portal.core.rules.may_send import Decision, Facts, decide, seconds_left
from coach_portal.core.rules.pacing import Waiting, moment_of_micros
from coach_portal.core.services.moments.facts import facts_about
from coach_portal.core.services.people import consent, supporter_texts
from coach_portal.core.services.sending import broken_off, delivery, lanes
from coach_portal.core.services.sending.lanes import Go

_message, _check_in = tables.message, tables.check_in

TO_COACHES = frozenset({"coach_note", "coach_answer"})
"""Texts to a coach's own phone about their work: not after it said STOP. Those about danger are another kind."""
STOPPED_FOR = timedelta(minutes=5)
"""How often a text looks whether the number it is to leave from, which the carrier stopped, was started again."""

_OF_A_CLAIM = (
    _message.c.id,
    _message.c.claimed_at,
    _message.c.kind,
    _message.c.practice_id,
    _message.c.client_id,
    _message.c.check_in_id,
    _message.c.from_phone,
    _message.c.to_phone,
    _message.c.body,
    _message.c.media_url,
    _message.c.segments,
    _message.c.send_after,
    _message.c.deadline_at,
    _message.c.answers_id,
    _message.c.purpose,
    _message.c.created_at,
    _message.c.channel,
    _message.c.retries,
    _message.c.queued_at,
)


def claiming(channel: str) -> ReturningUpdate[Any]:
    """The statement that makes one planned message ours; parameters `message`, `now` and `machine_now`."""
    return (
        update(_message)
        .where(_message.c.id == bindparam("message"), _message.c.state == "planned", _message.c.channel == channel)
        .where(_message.c.send_after.is_(None) | (_message.c.send_after <= bindparam("now")))
        .values(state="sending", claimed_at=bindparam("machine_now"), reason=None)
        .returning(*_OF_A_CLAIM)
    )


_CLAIM = claiming("text")
_DROP = (
    update(_message)
    .where(_message.c.id == bindparam("message"))
    .values(state="not_sent", reason=bindparam("why"), claimed_at=None)
)
_POSTPONE = (
    update(_message)
    .where(_message.c.id == bindparam("message"))
    .values(state="planned", send_after=bindparam("later"), reason=bindparam("why"), claimed_at=None)
)
# Whoever puts a text in line queues it for its turn; the tick looks after it only if it is lost there.
_PUT_IN_LINE = (
    update(_message)
    .where(_message.c.id == bindparam("message"))
    .values(state="planned", send_after=bindparam("turn"), queued_at=bindparam("turn"), reason="paced", claimed_at=None)
)
# A question that left once was asked, even where asking it again is dropped.
_CHECK_IN_NOT_SENT = (
    update(_check_in)
    .where(_check_in.c.id == bindparam("check_in"), _check_in.c.state == "asked")
    .where(~exists().where(_message.c.check_in_id == _check_in.c.id, _message.c.handed_at.is_not(None)))
    .values(state="not_sent")
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ours to send now, the account at the carrier it leaves from (None: the installation's), and
    how many seconds the carrier may keep trying (None: as long as it likes)."""

    row: Any
    account_sid: str | None
    valid_for: int | None


def deliver(
    database: Database, sender: TextSender, message_id: int, now: datetime, machine_now: Callable[[], datetime]
) -> datetime | None:
    """Send one message, 0 or 1 times; answers when it has its turn if it is to be queued for that.

    Calling it again, late or twice at once does no harm. Raises CarrierError (temporary) or CarrierOutcomeUnknown when
    it should be called again later.
    """
    claim = _claim(database, message_id, now, machine_now())
    if claim is None:
        left = broken_off.unfinished(database, message_id)
        if left is None:
            return None
        if left.state == "planned":
            turn: datetime = left.send_after
            return turn
        if not broken_off.may_be_sent_again(database, sender, left, now, machine_now()):
            return None
        claim = _claim(database, message_id, now, machine_now())
    if not isinstance(claim, Claimed):
        return claim
    if machine_now() - claim.row.claimed_at > broken_off.LEASE / 2:
        # This process was asleep. Somebody may already be asking the carrier about this claim: do not act on it.
        raise CarrierOutcomeUnknown("the claim grew old before the call")
    _hand_over(database, sender, claim, now)
    return None


def _claim(database: Database, message_id: int, now: datetime, machine_now: datetime) -> Claimed | datetime | None:
    """The message, if it is ours to send now. When it may not go, it is settled or put off here."""
    with database.transaction() as connection:
        values = {"message": message_id, "now": now, "machine_now": machine_now}
        row = bulk.first(connection, _CLAIM, values)
        if row is None:
            return None
        facts = gather(connection, row, now)
        decision = decide(facts, now)
        if not decision.allowed:
            refuse(connection, row, decision, now)
            return None
        return _enter_lane(connection, row, facts, now)


def _enter_lane(connection: Connection, row: Any, facts: Facts, now: datetime) -> Claimed | datetime | None:
    entered = lanes.enter(
        connection,
        row.from_phone,
        row.kind,
        row.segments or 1,
        now,
        deadline_at=row.deadline_at,
        turn_has_come=row.send_after is not None,
    )
    if isinstance(entered, Go):
        return Claimed(row, entered.account_sid, seconds_left(facts, now))
    if entered is None:
        _postpone_or_drop(connection, row, now + STOPPED_FOR, "sender_stopped")
        return None
    return wait(connection, row, entered)


def wait(connection: Connection, row: Any, waiting: Waiting) -> datetime | None:
    """Put a message off until its number is free, or drop it when that is too late; answers what to queue it for."""
    turn = moment_of_micros(waiting.until)
    if waiting.why == "day_full":
        _postpone_or_drop(connection, row, turn, "day_full")
        return None
    if not _is_in_time(row, turn):
        drop(connection, row, "too_late")
        return None
    bulk.change(connection, _PUT_IN_LINE, {"message": row.id, "turn": turn})
    return turn


def gather(connection: Connection, row: Any, now: datetime) -> Facts:
    """What the rule needs to know of a claimed message."""
    if row.kind in supporter_texts.KINDS:
        return supporter_texts.facts_about(connection, row, now)
    if row.client_id is None:
        opted_out = row.kind in TO_COACHES and consent.is_suppressed(connection, row.practice_id, row.to_phone)
        return Facts(kind=row.kind, deadline_at=row.deadline_at, opted_out=opted_out)
    return facts_about(connection, row.client_id, row.kind, now, row)


def refuse(connection: Connection, row: Any, decision: Decision, now: datetime) -> None:
    """Put a claimed message off until it may go, or drop it with the reason."""
    # Nobody knows when a coach starts a stopped number again: the text looks now and then while it makes sense.
    later = now + STOPPED_FOR if decision.rule == "sender_stopped" else decision.next_at
    _postpone_or_drop(connection, row, later, decision.rule or "")


def _postpone_or_drop(connection: Connection, row: Any, later: datetime | None, why: str) -> None:
    if later is not None and _is_in_time(row, later):
        bulk.change(connection, _POSTPONE, {"message": row.id, "later": later, "why": why})
    else:
        drop(connection, row, why)


def _is_in_time(row: Any, moment: datetime) -> bool:
    return row.deadline_at is None or moment < row.deadline_at


def drop(connection: Connection, claim: Any, why: str) -> None:
    """Settle a claimed message as not sent, and its question as not asked unless that left before."""
    settle(connection, claim, why)
    if claim.check_in_id is not None:
        bulk.change(connection, _CHECK_IN_NOT_SENT, {"check_in": claim.check_in_id})


def settle(connection: Connection, claim: Any, why: str) -> None:
    """Settle a claimed message as not sent; its question is put another way."""
    bulk.change(connection, _DROP, {"message": claim.id, "why": why})


def _hand_over(database: Database, sender: TextSender, claimed: Claimed, now: datetime) -> None:
    claim = claimed.row
    try:
        taken = sender.of(claimed.account_sid).send_text(
            to=claim.to_phone,
            from_=claim.from_phone,
            body=claim.body,
            message_id=claim.id,
            valid_for=claimed.valid_for,
            media_url=claim.media_url,
        )
    except CarrierOutcomeUnknown:
        broken_off.let_go(database, claim, "sending", "unknown")
        raise
    except CarrierError as error:
        if not error.permanent:
            broken_off.let_go(database, claim, "sending", "planned")
            raise
        with database.transaction() as connection:
            delivery.record_failure(connection, claim.id, error.code, now)
        return
    with database.transaction() as connection:
        delivery.record_report(connection, claim.id, taken, now)
