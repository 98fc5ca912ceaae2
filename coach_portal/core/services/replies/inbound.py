"""An inbound text: on disk first, then screened for risk, then acted on, then answered.

Two transactions. The first writes the text down as it came; the second writes the message row, whose carrier id is
unique, so that of any number of copies, at once or years apart, one acts.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select

from coach_portal.core import bulk
from coach_portal.core.db import Database
from coach_portal.core.models import tables
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.replies import understand
from coach_portal.core.rules.replies.understanding import Understanding, Win
from coach_portal.core.rules.texts.digests import is_bare_report
from coach_portal.core.rules.voice import keypad
from coach_portal.core.rules.wishes import Heard, Wish, says_nothing_more
from coach_portal.core.services.photos import keeping as photos
from coach_portal.core.services.replies import acts, situation, strangers, wishes
from coach_portal.core.services.replies.arrival import Arrival, InboundSms, Received, as_json
from coach_portal.core.services.replies.situation import Circumstances

_inbound, _message = tables.inbound_text, tables.message

_ACTED = select(_message.c.id).where(_message.c.sid == bindparam("its_sid"))
PICTURE = Understanding(frozenset({"message"}))
"""An attachment without words says nothing that we could record; their coach looks at it."""

NOT_SURE = 0.3
"""The confidence of what was said on a call and asked for again: a coach looks it through."""

_IS_FORGOTTEN = (
    _inbound.c.received_at > bindparam("since"),
    _inbound.c.received_at < bindparam("until"),
    ~exists().where(_message.c.sid == _inbound.c.sid),
)
_FORGOTTEN = select(_inbound).where(*_IS_FORGOTTEN).order_by(_inbound.c.received_at).limit(100)
ANY_FORGOTTEN = select(_inbound.c.sid).where(*_IS_FORGOTTEN).order_by(_inbound.c.received_at).limit(1)
"""The statement that looks for one that `forgotten` would find; parameters `since` and `until`."""


def receive(database: Database, text: InboundSms, now: datetime, *, machine_now: datetime, links: Links) -> Received:
    """Record a text and do what it asks for, once, however often it comes. `links` lead people to the portal."""
    with database.statement() as connection:
        if not _is_new(connection, text, now) and _was_acted_on(connection, text.sid):
            return Received()
    with database.transaction() as connection:
        return _act(connection, text, now, machine_now, links)


def forgotten(connection: Connection, since: datetime, until: datetime) -> list[InboundSms]:
    """Texts that were written down between two moments and, because something broke off, never acted on."""
    rows = connection.execute(_FORGOTTEN, {"since": since, "until": until})
    # What was said on a call that broke off is answered by text; a key alone says nothing afterwards.
    return [
        InboundSms(row.sid, row.from_phone, row.to_phone, row.body, _off_the_line(row.params))
        for row in rows
        if not row.params.get("Digits")
    ]


def _off_the_line(params: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in params.items() if name != "CallSid"}


def _is_new(connection: Connection, text: InboundSms, now: datetime) -> bool:
    row = {
        "sid": text.sid,
        "from_phone": text.from_phone,
        "to_phone": text.to_phone,
        "body": text.body,
        "params": text.params,
        "received_at": now,
    }
    return bulk.insert_row(connection, _inbound, row, once=True) is not None


def _was_acted_on(connection: Connection, sid: str) -> bool:
    return connection.execute(_ACTED, {"its_sid": sid}).one_or_none() is not None


def _act(connection: Connection, text: InboundSms, now: datetime, machine_now: datetime, links: Links) -> Received:
    around = situation.load(connection, text.from_phone, text.to_phone, now)
    if around is None:
        _record(connection, text, now, None, None)
        return Received()
    understood = _meaning(text, around)
    if text.is_call and keypad.is_unsure(understood, text.heard):
        # Whoever is on the line can be asked once more; what we heard is kept, and the coach may read it.
        unsure = understood._replace(confidence=min(understood.confidence, NOT_SURE))
        _record(connection, text, now, around, unsure)
        return Received()
    wished: tuple[Wish, ...] = ()
    if heard := wishes.heard(text.body, around, understood):
        understood, wished = _beside(heard, text, around), heard.wishes
    message_id = _record(connection, text, now, around, understood, wished)
    if message_id is None:
        return Received()
    if around.row.client_id is not None and _has_attachments(text):
        photos.note(connection, around.row.practice_id, around.row.client_id, message_id, text.params, now)
    arrival = Arrival(message_id, text, around, understood, machine_now, wished)
    if around.row.client_id is None:
        return strangers.answer(connection, arrival, links)
    return acts.carry_out(connection, arrival, links)


def _meaning(text: InboundSms, around: Circumstances) -> Understanding:
    if _is_picture(text):
        return PICTURE
    if text.keys:
        return keypad.understood(text.keys, around.situation.asked, around.row.asked_for or around.today)
    understood = understand(text.body, around.situation)
    if understood.acts == {"reflection"}:
        understood = _report_instead(text.body, around) or understood
    if understood.wrong_number:
        # Somebody else has this number now: an opt-out (R10), whatever else their words could mean from our client.
        return understood._replace(acts=frozenset({"stop"}), wins=(), misses=(), maybe_stop=False)
    wins = tuple(_on_the_day_asked(win, around) for win in understood.wins)
    return understood if wins == understood.wins else understood._replace(wins=wins)


def _report_instead(body: str, around: Circumstances) -> Understanding | None:
    """The week took the place of that evening's questions: a bare "did the squats" in answer to it is a report."""
    situation = around.situation
    if not is_bare_report(body, situation.goals, situation.locale):
        return None
    reported = understand(body, situation._replace(prompt="none"))
    return reported if reported.wins or reported.misses else None


def _beside(heard: Heard, text: InboundSms, around: Circumstances) -> Understanding:
    """What a text means beside its wishes."""
    if says_nothing_more(heard, around.situation.locale):
        return Understanding(frozenset({"chatter"}))
    return _meaning(replace(text, body=heard.rest), around)


def _on_the_day_asked(win: Win, around: Circumstances) -> Win:
    """A bare "done" at breakfast to last night's question was done on the day it asked about."""
    asked_for = around.row.asked_for
    answers = win.goal in around.situation.asked and not win.day_said
    return win._replace(on=asked_for) if answers and asked_for is not None and asked_for < win.on else win


def _is_picture(text: InboundSms) -> bool:
    return not text.body.strip() and _has_attachments(text)


def _has_attachments(text: InboundSms) -> bool:
    return text.params.get("NumMedia", "0") not in {"", "0"}


def _record(
    connection: Connection,
    text: InboundSms,
    now: datetime,
    around: Circumstances | None,
    understood: Understanding | None,
    wished: Sequence[Wish] = (),
) -> int | None:
    """The message row's id; None when another copy of this text got there first."""
    row: dict[str, Any] = {
        "direction": "in",
        "kind": "text",
        "channel": text.channel,
        "sid": text.sid,
        "practice_id": around.row.practice_id if around else None,
        "client_id": around.row.client_id if around else None,
        "check_in_id": around.row.check_in_id if around else None,
        "from_phone": text.from_phone,
        "to_phone": text.to_phone,
        "body": text.body,
        "state": "received",
        "understanding": as_json(understood, around, wished) if understood and around else None,
        "confidence": understood.confidence if understood else None,
        "created_at": now,
    }
    message_id: int | None = bulk.insert_row(connection, _message, row, once=True)
    return message_id
