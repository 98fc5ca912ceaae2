"""What a preparation asks the database, written down once: said by SQLAlchemy each time, they cost more than they find.

All take `client`; `begins` and `as_of` are the moments between which something counts.
"""

from datetime import datetime

from sqlalchemy import BindParameter, bindparam, func, select

from coach_portal.core.models import tables

_goal, _win, _miss, _message = tables.goal, tables.win, tables.miss, tables.message
_reflection, _alert, _appointment = tables.reflection, tables.alert, tables.appointment
_former, _pause, _consent, _wish, _audit = (
    tables.former_terms, tables.pause, tables.consent, tables.wish, tables.audit_event,
)  # fmt: skip
_commitment = tables.commitment

_CLIENT: BindParameter[int] = bindparam("client")
_BEGINS: BindParameter[datetime] = bindparam("begins")
_AS_OF: BindParameter[datetime] = bindparam("as_of")

TERMS = ("title", "anchor", "cadence", "amount", "unit", "direction")

SESSIONS_BEFORE = select(
    func.count().label("number"), func.max(_appointment.c.starts_at, type_=_appointment.c.starts_at.type).label("last")
).where(
    _appointment.c.client_id == _CLIENT,
    _appointment.c.starts_at < bindparam("starts_at"),
    _appointment.c.cancelled_at.is_(None),
)
GOALS = select(_goal).where(_goal.c.client_id == _CLIENT).order_by(_goal.c.position)
WINS = select(_win.c.goal_id, _win.c.local_date, _win.c.message_id, _win.c.amount).where(
    _win.c.client_id == _CLIENT,
    _win.c.local_date >= bindparam("earliest"),
    _win.c.undone_at.is_(None),
    _win.c.recorded_at <= _AS_OF,
)
MISSES = select(_miss.c.goal_id, _miss.c.local_date, _miss.c.message_id).where(
    _miss.c.client_id == _CLIENT,
    _miss.c.local_date >= bindparam("earliest"),
    _miss.c.undone_at.is_(None),
    _miss.c.recorded_at <= _AS_OF,
)
TEXTS = (
    select(
        _message.c.id,
        _message.c.created_at,
        _message.c.body,
        _message.c.understanding,
        _message.c.confidence,
        _message.c.reviewed_at,
    )
    .where(
        _message.c.client_id == _CLIENT, _message.c.direction == "in", _message.c.created_at.between(_BEGINS, _AS_OF)
    )
    .order_by(_message.c.id)
)
LAST_TEXT = (
    select(_message.c.created_at)
    .where(_message.c.client_id == _CLIENT, _message.c.direction == "in", _message.c.created_at <= _AS_OF)
    .order_by(_message.c.created_at.desc())
    .limit(1)
)
ANSWERS = (
    select(_reflection.c.question, _reflection.c.body, _reflection.c.local_date, _reflection.c.message_id)
    .where(_reflection.c.client_id == _CLIENT, _reflection.c.recorded_at.between(_BEGINS, _AS_OF))
    .order_by(_reflection.c.id)
)
AGREEMENTS = (
    select(_commitment.c.body, _commitment.c.goal_id)
    .join(_appointment, _appointment.c.id == _commitment.c.appointment_id)
    .where(_commitment.c.client_id == _CLIENT, _appointment.c.starts_at == bindparam("last"))
    .order_by(_commitment.c.id)
)
ALERTS = (
    select(_alert.c.kind, _alert.c.created_at, _alert.c.closed_at, _alert.c.message_id)
    .where(
        _alert.c.client_id == _CLIENT,
        _alert.c.created_at <= _AS_OF,
        _alert.c.closed_at.is_(None) | (_alert.c.created_at >= _BEGINS),
    )
    .order_by(_alert.c.id)
)
GOALS_AND_FORMER = (
    select(
        _goal.c.id, _goal.c.created_at, _goal.c.retired_at, *(_goal.c[name] for name in TERMS),
        *(_former.c[name].label(f"old_{name}") for name in TERMS), _former.c.changed_at,
    )
    .outerjoin(_former, _former.c.goal_id == _goal.c.id)
    .where(_goal.c.client_id == _CLIENT)
    .order_by(_goal.c.id, _former.c.id.desc())
)  # fmt: skip
PAUSES = (
    select(_pause.c.began_at, _pause.c.until_at, _pause.c.ended_at)
    .where(_pause.c.client_id == _CLIENT, _pause.c.began_at.between(_BEGINS, _AS_OF))
    .order_by(_pause.c.id)
)
LEDGER = (
    select(_consent.c.event, _consent.c.at)
    .where(
        _consent.c.client_id == _CLIENT,
        _consent.c.practice_id == bindparam("practice"),
        _consent.c.at.between(_BEGINS, _AS_OF),
    )
    .order_by(_consent.c.id)
)
WISHES = (
    select(_wish.c.at)
    .where(_wish.c.client_id == _CLIENT, _wish.c.at.between(_BEGINS, _AS_OF), _wish.c.undone_at.is_(None))
    .order_by(_wish.c.id)
)
MOVES = (
    select(_audit.c.at, _audit.c.detail)
    .where(
        _audit.c.practice_id == bindparam("practice"),
        _audit.c.subject == bindparam("subject"),
        _audit.c.action == "edit_client",
        _audit.c.at.between(_BEGINS, _AS_OF),
    )
    .order_by(_audit.c.id)
)
