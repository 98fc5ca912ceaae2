"""A text whose call broke off: nobody knows whether it left, so the carrier is asked before any resend."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from coach_portal.core import bulk
from coach_portal.core.db import Database
from coach_portal.core.errors import CarrierOutcomeUnknown
from coach_portal.core.models import tables
from coach_portal.core.ports import TextSender
from coach_portal.core.services.sending import delivery

_message, _practice = tables.message, tables.practice

LEASE = timedelta(seconds=60)
"""How long a claim is believed to be at work. Ample beside the gateway's 10 s time-out, and no longer than a client
waits for an answer."""
CLOCKS_DIFFER = timedelta(seconds=10)
"""How far the carrier's clock may lag behind ours when we look for a text that we may have handed over."""

_UNFINISHED = (
    select(
        _message.c.id,
        _message.c.state,
        _message.c.send_after,
        _message.c.claimed_at,
        _message.c.from_phone,
        _message.c.to_phone,
        _message.c.body,
        _practice.c.account_sid,
    )
    .outerjoin(_practice, _practice.c.id == _message.c.practice_id)
    .where(_message.c.id == bindparam("message"))
    .where((_message.c.state == "unknown") | (_message.c.state == "planned") & (_message.c.reason == "paced"))
)
# Two texts to one person may say the same: what is recorded as another message is not this one.
_this = _message.alias()
_OTHERS = (
    select(_message.c.sid)
    .join(_this, _message.c.client_id.is_not_distinct_from(_this.c.client_id))
    .where(_this.c.id == bindparam("message"), _message.c.id != _this.c.id)
    .where(_message.c.to_phone == _this.c.to_phone, _message.c.body == _this.c.body, _message.c.sid.is_not(None))
)
# `claimed_at` is the claim's name: whoever comes late with an old one changes nothing.
_LET_GO = (
    update(_message)
    .where(
        _message.c.id == bindparam("message"),
        _message.c.state == bindparam("old"),
        _message.c.claimed_at == bindparam("since"),
    )
    .values(state=bindparam("new"))
    .returning(_message.c.id)
)


def unfinished(database: Database, message_id: int) -> Any:
    """A message that could not be claimed and is not done with: it waits its turn, or its call broke off."""
    with database.statement() as connection:
        return bulk.first(connection, _UNFINISHED, {"message": message_id})


def may_be_sent_again(
    database: Database, sender: TextSender, broken: Any, now: datetime, machine_now: datetime
) -> bool:
    """Ask the carrier about a message whose call broke off: either it has it, or the message is planned anew."""
    if machine_now - broken.claimed_at < LEASE:
        # What timed out for us may still be on its way to the carrier.
        raise CarrierOutcomeUnknown("too early to ask the carrier")
    with database.statement() as connection:
        others = list(connection.execute(_OTHERS, {"message": broken.id}).scalars())
    since = broken.claimed_at - CLOCKS_DIFFER
    found = sender.of(broken.account_sid).find_text(
        to=broken.to_phone, from_=broken.from_phone, body=broken.body, since=since, not_among=others
    )
    if found is None:
        return let_go(database, broken, "unknown", "planned")
    with database.transaction() as connection:
        delivery.record_report(connection, broken.id, found, now)
    return False


def let_go(database: Database, claim: Any, state: str, new_state: str) -> bool:
    """Move a claim from one state to another, if it is still this very claim."""
    with database.transaction() as connection:
        values = {"message": claim.id, "since": claim.claimed_at, "old": state, "new": new_state}
        return bulk.first(connection, _LET_GO, values) is not None
