"""What was said or pressed on a call: written down and understood as a text is, and answered aloud."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from coach_portal.core import bulk
from coach_portal.core.db import Database
from coach_portal.core.models import tables
from coach_portal.core.rules.links import Links
from coach_portal.core.services.replies import inbound
from coach_portal.core.services.replies.arrival import InboundSms
from coach_portal.core.services.replies.situation import Circumstances

_message = tables.message

_HEARD = select(_message.c.id, _message.c.understanding).where(_message.c.sid == bindparam("its_sid"))
_SAID = (
    select(_message.c.id, _message.c.body)
    .where(_message.c.client_id == bindparam("client"), _message.c.answers_id == bindparam("heard"))
    .where(_message.c.state == "said")
    .order_by(_message.c.id)
)
# Whoever was given the lines to call by text a short while ago hears the same ones.
_SAFETY = (
    select(_message.c.body)
    .where(_message.c.client_id == bindparam("client"), _message.c.kind == "safety")
    .order_by(_message.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of one turn: what to say back, the safety answer where they told of danger, and what it was about.

    `unsure` where it is to be asked once more.
    """

    said: Sequence[str]
    to_queue: Sequence[int]
    unsure: bool = False
    safety: str = ""
    risk: str | None = None
    acts: frozenset[str] = frozenset()


def turn_sid(call_sid: str, turn: int) -> str:
    """An id for one turn of a call, as long as the carrier's own: a webhook that comes twice is heard once."""
    return f"T{'0123456789abcdefghijklmnopqrstuvwxyz'[turn % 36]}{call_sid[2:]}"


def as_text(call_sid: str, turn: int, phone: str, number: str, words: str, keys: str, confidence: str) -> InboundSms:
    """A turn as what it is to us: a text that was spoken. `phone` is the client's, `number` ours."""
    sid = turn_sid(call_sid, turn)
    told = {"MessageSid": sid, "From": phone, "To": number, "Body": words or keys, "NumMedia": "0"}
    on_call = {"CallSid": call_sid, "Digits": keys} | ({"Confidence": confidence} if confidence else {})
    return InboundSms(sid, phone, number, words or keys, {**told, **on_call})


def hear(
    database: Database, text: InboundSms, client_id: int, now: datetime, machine_now: datetime, links: Links
) -> Heard:
    """Take one turn in, as often as it comes, and answer what is to be said to it."""
    received = inbound.receive(database, text, now, machine_now=machine_now, links=links)
    with database.statement() as connection:
        row = connection.execute(_HEARD, {"its_sid": text.sid}).one()
        understanding = row.understanding or {}
        lines = connection.execute(_SAID, {"client": client_id, "heard": row.id}).all()
        risk = understanding.get("risk")
        safety = ""
        if risk == "explicit":
            safety = connection.execute(_SAFETY, {"client": client_id}).scalar_one_or_none() or ""
    acts = frozenset(understanding.get("acts", ()))
    said, spoken = [line.body for line in lines], {line.id for line in lines}
    to_queue = [message_id for message_id in received.to_queue if message_id not in spoken]
    low = understanding.get("confidence", 1.0) <= inbound.NOT_SURE
    unsure = risk is None and not understanding.get("maybe_stop") and not said and (low or not acts)
    return Heard(said, to_queue, unsure, safety, risk, acts)


def write_down(connection: Connection, around: Circumstances, sid: str, body: str, **more: Any) -> int | None:
    """A row for something on a call that is not words to be understood; None when it is there already."""
    row = {
        "direction": "in",
        "kind": "call",
        "channel": "call",
        "sid": sid,
        "practice_id": around.row.practice_id,
        "client_id": around.row.client_id,
        "body": body,
        "state": "received",
        "created_at": around.now,
        **more,
    }
    message_id: int | None = bulk.insert_row(connection, _message, row, once=True)
    return message_id
