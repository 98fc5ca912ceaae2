"""A practice's sending numbers: stopped when the carriers filter them or do not know them, started by a coach."""

import logging
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Alert, Coach, SendingNumber, tables
from coach_portal.core.rules import roles
from coach_portal.core.services import audit
from coach_portal.core.services.alerting.alerts import raise_alert
from coach_portal.core.services.sending import emails

log = logging.getLogger(__name__)

_number, _message, _coach = tables.sending_number, tables.message, tables.coach

_STOP = (
    update(_number)
    .where(_number.c.stopped_at.is_(None))
    .where(
        _number.c.phone == select(_message.c.from_phone).where(_message.c.id == bindparam("message")).scalar_subquery()
    )
    .values(stopped_at=bindparam("at"), stopped_code=bindparam("code"))
    .returning(_number.c.id, _number.c.practice_id)
)
_OWNERS = select(_coach.c.email).where(
    _coach.c.practice_id == bindparam("practice"), _coach.c.active, _coach.c.role.in_(roles.who_may("manage_people"))
)
_SUBJECT = "Your texts have stopped"
_LETTER = """\
The phone carriers refuse the texts of your practice's number that ends in {ending} (Twilio's error {code}), so nothing
more is sent from it. Texts that are due now wait until their time has passed.

What to do: look the error up at https://www.twilio.com/docs/api/errors/{code}, set the number right at Twilio, then
start it again on the portal's page about texts and money.
"""


def stop(connection: Connection, message_id: int, code: str, now: datetime) -> None:
    """The carrier refuses whatever comes from this message's number: nothing more leaves from it (R9)."""
    stopped = connection.execute(_STOP, {"message": message_id, "at": now, "code": code}).one_or_none()
    if stopped is None:
        return
    log.error("sending number stopped", extra={"number": stopped.id, "code": code})
    raise_alert(
        connection,
        kind="sender_stopped",
        practice_id=stopped.practice_id,
        client_id=None,
        message_id=message_id,
        now=now,
    )
    phone = connection.execute(select(_number.c.phone).where(_number.c.id == stopped.id)).scalar_one()
    body = _LETTER.format(ending=phone[-2:], code=code)
    for to in connection.execute(_OWNERS, {"practice": stopped.practice_id}).scalars():
        emails.plan(
            connection,
            practice_id=stopped.practice_id,
            kind="sender_stopped",
            to=to,
            subject=_SUBJECT,
            body=body,
            now=now,
        )


def of_practice(session: Session, practice_id: int) -> list[SendingNumber]:
    """The numbers a practice texts from, the first first."""
    mine = select(SendingNumber).where(SendingNumber.practice_id == practice_id).order_by(SendingNumber.id)
    return list(session.scalars(mine))


def number_of(session: Session, coach: Coach, number_id: int) -> SendingNumber:
    """A number of the coach's practice. Raises NotFound for another's, and for a coach who does not see all of it."""
    number = session.get(SendingNumber, number_id)
    if number is None or number.practice_id != coach.practice_id or not roles.may(coach.role, "start_numbers"):
        raise NotFound
    return number


def register(session: Session, coach: Coach, number: SendingNumber, sender_class: str, now: datetime) -> None:
    """How the number is registered with the carriers, and so how fast it may text."""
    number.sender_class = sender_class
    subject = f"number:{number.id}"
    audit.record(
        session, coach.practice_id, audit.by(coach), "register_number", subject, now, sender_class=sender_class
    )


def start_again(session: Session, coach: Coach, number_id: int, now: datetime) -> None:
    """Somebody has set it right: texts leave again, those that waited at the next tick. Raises as `number_of` does."""
    number = number_of(session, coach, number_id)
    if number.stopped_at is None:
        return
    audit.record(
        session,
        coach.practice_id,
        audit.by(coach),
        "start_number",
        f"number:{number.id}",
        now,
        code=number.stopped_code,
    )
    number.stopped_at = number.stopped_code = None
    waiting = (_message.c.from_phone == number.phone, _message.c.reason == "sender_stopped")
    session.execute(update(_message).where(_message.c.state == "planned", *waiting).values(send_after=now))
    open_ones = (Alert.practice_id == coach.practice_id, Alert.kind == "sender_stopped", Alert.closed_at.is_(None))
    session.execute(update(Alert).where(*open_ones).values(closed_at=now, closed_by=coach.id))
