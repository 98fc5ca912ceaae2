"""Messages left for the coach: kept at the carrier, listened to through the portal, with the carrier's transcript."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.orm import Session

from coach_portal.core.db import Database
from coach_portal.core.errors import NotFound
from coach_portal.core.models import Coach, Recording, tables
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.replies import understand
from coach_portal.core.rules.voice import saying
from coach_portal.core.rules.voice.saying import Caller
from coach_portal.core.services import scope
from coach_portal.core.services.alerting.alerts import raise_alert
from coach_portal.core.services.calls import hearing
from coach_portal.core.services.calls.talking import Next, Turn
from coach_portal.core.services.replies import opting, situation
from coach_portal.core.services.replies.arrival import Arrival, InboundSms, as_json

_recording, _message = tables.recording, tables.message

_FOUND = (
    select(
        _recording.c.id, _recording.c.message_id, _recording.c.transcript, _message.c.from_phone, _message.c.to_phone
    )
    .join(_message, _message.c.id == _recording.c.message_id)
    .where(_recording.c.sid == bindparam("its_sid"))
)
_TRANSCRIBED = update(_recording).where(_recording.c.id == bindparam("recording")).values(transcript=bindparam("how"))
_WRITE = (
    update(_message)
    .where(_message.c.id == bindparam("message"))
    .values(body=bindparam("words"), understanding=bindparam("read"))
)


@dataclass(frozen=True, slots=True)
class Left:
    """What the carrier says it recorded: its id, in which account, and how long it is."""

    sid: str
    account_sid: str
    seconds: int


def keep(database: Database, turn: Turn, left: Left | None, now: datetime) -> Next | None:
    """A message was left, or none: keep it, tell the coach, and answer what is said; None for a number of nobody's."""
    with database.transaction() as connection:
        around = situation.load(connection, turn.phone, turn.number, now)
        if around is None or around.row.client_id is None:
            return None
        row = around.row
        name = (row.name or "").partition(" ")[0]
        caller = Caller(name, around.coach_name, row.practice_name, row.locale, row.country)
        if left is None or not left.seconds:
            return Next(saying.goodbye(caller.words.no_message, caller=caller))
        numbers = {"from_phone": turn.phone, "to_phone": turn.number}
        message_id = hearing.write_down(connection, around, left.sid, "", kind="voicemail", **numbers)
        if message_id is not None:
            kept = {
                "practice_id": row.practice_id,
                "client_id": row.client_id,
                "message_id": message_id,
                "sid": left.sid,
                "account_sid": left.account_sid,
                "seconds": left.seconds,
                "transcript": "wanted" if caller.is_transcribed else None,
                "recorded_at": now,
            }
            connection.execute(insert(_recording), kept)
            about = {"practice_id": row.practice_id, "client_id": row.client_id, "message_id": message_id}
            raise_alert(connection, kind="wants_answer", now=now, **about)
    return Next(saying.goodbye(caller.say(caller.words.message_left), caller=caller))


def transcribed(
    database: Database, sid: str, status: str, words: str, now: datetime, machine_now: datetime, links: Links
) -> list[int]:
    """The carrier's transcript of a message; answers ids to queue. Danger in it, or a stop, is acted on as in texts."""
    with database.transaction() as connection:
        found = connection.execute(_FOUND, {"its_sid": sid}).one_or_none()
        if found is None or found.transcript != "wanted":
            return []
        connection.execute(_TRANSCRIBED, {"recording": found.id, "how": status})
        if status != "completed" or not words:
            return []
        return _heed(connection, found, sid, words, now, machine_now, links)


def _heed(
    connection: Connection,
    found: Any,
    sid: str,
    words: str,
    now: datetime,
    machine_now: datetime,
    links: Links,
) -> list[int]:
    around = situation.load(connection, found.from_phone, found.to_phone, now)
    if around is None:
        return []
    understood = understand(words, around.situation._replace(prompt="none"))
    read = as_json(understood._replace(wins=(), misses=()), around) | {"acts": ["message"], "evidence": {}}
    connection.execute(_WRITE, {"message": found.message_id, "words": words, "read": read})
    text = InboundSms(sid, found.from_phone, found.to_phone, words, {"RecordingSid": sid})
    arrival = Arrival(found.message_id, text, around, understood, machine_now)
    return opting.heed(connection, arrival, links)


def one_of(session: Session, coach: Coach, client_id: int, message_id: int) -> Recording:
    """The recording of one message of a client whom this coach may see. Raises NotFound."""
    client = scope.client_of(session, coach, client_id)
    mine = select(Recording).where(Recording.client_id == client.id, Recording.message_id == message_id)
    found = session.scalar(mine)
    if found is None:
        raise NotFound("no such recording")
    return found
