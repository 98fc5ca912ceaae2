"""What `rules.may_send` needs to know of a client, gathered the same way wherever it is asked."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, exists, false, func, select, true, union_all

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.area_codes import state_of
from coach_portal.core.rules.may_send import Facts, Promotion
from coach_portal.core.rules.policies import POLICIES
from coach_portal.core.rules.schedule import zone

_client, _practice, _number, _schedule = tables.client, tables.practice, tables.sending_number, tables.schedule
_check_in, _suppression, _appointment = tables.check_in, tables.suppression, tables.appointment
_message, _consent, _begun = tables.message, tables.consent, tables.begun_step

PROMOTIONAL = "promotional"
A_WEEK, A_DAY = timedelta(days=7), timedelta(hours=24)

COLUMNS = (
    _client.c.consent,
    _client.c.calls,
    _client.c.paused_until,
    _client.c.held_at.is_not(None).label("held"),
    _client.c.quiet_at.is_not(None).label("quiet"),
    _client.c.unreachable_at.is_not(None).label("unreachable"),
    _client.c.archived_at.is_not(None).label("archived"),
    _client.c.timezone,
    _client.c.phone_zones,
    _client.c.texts_from.label("asked_from"),
    _client.c.texts_until.label("asked_until"),
    _client.c.texts_per_day,
    _client.c.texts_per_week,
    _client.c.touches_per_day,
    _practice.c.texts_from,
    _practice.c.texts_until,
    _practice.c.sunday_from,
    _practice.c.budget_spent_at,
    _number.c.stopped_at.is_not(None).label("sender_stopped"),
)
"""What a statement about a client, their practice and their sending number selects, for `facts_of`."""

NAMES = tuple(column.key for column in COLUMNS)
COUNTS = ("texts_today", "texts_this_week", "touches_today", "week_frees_at")
Counted = tuple[int, int, int, datetime | None]
"""The values of COUNTS."""
UNCOUNTED: Counted = (0, 0, 0, None)

_CHECK_IN: BindParameter[int | None] = bindparam("check_in")
_ABOUT = (
    select(
        *COLUMNS,
        exists()
        .where(_suppression.c.practice_id == _client.c.practice_id, _suppression.c.phone == _client.c.phone)
        .label("opted_out"),
        exists().where(_check_in.c.id == _CHECK_IN, _check_in.c.state == "answered").label("already_told"),
        exists()
        .where(_check_in.c.id == _CHECK_IN, _schedule.c.id == _check_in.c.schedule_id, _schedule.c.own_time)
        .label("own_time"),
    )
    .join(_practice, _practice.c.id == _client.c.practice_id)
    .join(_number, _number.c.id == _client.c.sending_number_id)
    .where(_client.c.id == bindparam("client"))
)
_IS_TOUCH = (_begun.c.check_in_id.is_(None), _message.c.state != "not_sent")
_LATELY = union_all(
    select(_check_in.c.due_at.label("at"), true().label("touch")).where(
        _check_in.c.client_id == bindparam("client"),
        _check_in.c.due_at > bindparam("since"),
        _check_in.c.state != "not_sent",
        _check_in.c.id.is_distinct_from(_CHECK_IN),
    ),
    select(_appointment.c.reminded_at.label("at"), false().label("touch")).where(
        _appointment.c.client_id == bindparam("client"),
        _appointment.c.reminded_at > bindparam("since"),
        _appointment.c.reminded_at.is_distinct_from(bindparam("planned_at")),
    ),
    # A programme's question is among the check-ins.
    select(_begun.c.begun_at.label("at"), true().label("touch"))
    .join(_message, _message.c.id == _begun.c.message_id)
    .where(_begun.c.client_id == bindparam("client"), _begun.c.begun_at > bindparam("since"), *_IS_TOUCH)
    .where(_message.c.id.is_distinct_from(bindparam("message"))),
)
_LATELY_OF_MANY = union_all(
    select(_check_in.c.client_id, _check_in.c.due_at.label("at"), true().label("touch")).where(
        bulk.among(_check_in.c.client_id, "clients"),
        _check_in.c.due_at > bindparam("since"),
        _check_in.c.state != "not_sent",
    ),
    select(_appointment.c.client_id, _appointment.c.reminded_at.label("at"), false().label("touch")).where(
        bulk.among(_appointment.c.client_id, "clients"), _appointment.c.reminded_at > bindparam("since")
    ),
    select(_begun.c.client_id, _begun.c.begun_at.label("at"), true().label("touch"))
    .join(_message, _message.c.id == _begun.c.message_id)
    .where(bulk.among(_begun.c.client_id, "clients"), _begun.c.begun_at > bindparam("since"), *_IS_TOUCH),
)
_AGREED_TO_PROMOTIONS = (
    select(_consent.c.event)
    .where(_consent.c.client_id == bindparam("client"), _consent.c.purpose == PROMOTIONAL)
    .order_by(_consent.c.id.desc())
    .limit(1)
)
_CAME_BACK = (
    select(_message.c.id)
    .where(_message.c.client_id == bindparam("client"), _message.c.check_in_id == _CHECK_IN)
    .where(_message.c.direction == "in")
    .limit(1)
)
_CALLED = select(func.count()).where(
    _message.c.client_id == bindparam("client"),
    _message.c.channel == "call",
    _message.c.direction == "out",
    _message.c.handed_at > bindparam("since"),
)
_PROMOTED = select(_message.c.handed_at).where(
    _message.c.client_id == bindparam("client"),
    _message.c.purpose == PROMOTIONAL,
    _message.c.handed_at > bindparam("since"),
)


def facts_of(row: Any, kind: str, **more: Any) -> Facts:
    """The facts of one text of a kind, from a row that has COLUMNS."""
    return Facts(
        kind=kind,
        consent=row.consent,
        calls=row.calls,
        held=row.held,
        paused_until=row.paused_until,
        quiet=row.quiet,
        unreachable=row.unreachable,
        archived=row.archived,
        timezone=row.timezone,
        phone_zones=row.phone_zones,
        texts_from=row.texts_from,
        texts_until=row.texts_until,
        sunday_from=row.sunday_from,
        asked_from=row.asked_from,
        asked_until=row.asked_until,
        texts_per_day=row.texts_per_day,
        texts_per_week=row.texts_per_week,
        touches_per_day=row.touches_per_day,
        sender_stopped=row.sender_stopped,
        budget_spent_at=row.budget_spent_at,
        **more,
    )


def facts_about(connection: Connection, client_id: int, kind: str, now: datetime, text: Any = None) -> Facts:
    """The facts of one text to a client: a message's row, or one of this kind that is only thought of."""
    check_in_id = text.check_in_id if text else None
    row = bulk.first(connection, _ABOUT, {"client": client_id, "check_in": check_in_id})
    more: dict[str, Any] = {}
    if POLICIES[kind].automated:
        planned_at = text.created_at if text else None
        values = {"client": client_id, "check_in": check_in_id, "planned_at": planned_at, "since": now - A_WEEK}
        values |= {"message": text.id if text else None}
        lately = [(each.at, each.touch) for each in bulk.fetch(connection, _LATELY, values)]
        more = dict(zip(COUNTS, counts(lately, row.timezone, now), strict=True))
    if text and text.purpose == PROMOTIONAL:
        more["promotion"] = _promotion(connection, client_id, text.to_phone, now)
    return facts_of(
        row,
        kind,
        opted_out=row.opted_out,
        already_told=row.already_told or _came_back(connection, text),
        # Asking again is done at the time that the client's own text named.
        own_time=row.own_time or bool(text and text.answers_id),
        channel=text.channel if text else "text",
        deadline_at=text.deadline_at if text else None,
        calls_this_week=_called(connection, text, now),
        **more,
    )


def counts_of(connection: Connection, timezones: Mapping[int, str], now: datetime) -> dict[int, Counted]:
    """The counts of many clients, each with their zone."""
    lately = defaultdict(list)
    for row in bulk.fetch(connection, _LATELY_OF_MANY, {"clients": list(timezones), "since": now - A_WEEK}):
        lately[row.client_id].append((row.at, row.touch))
    return {client_id: counts(found, timezones[client_id], now) for client_id, found in lately.items()}


def counts(lately: list[tuple[datetime, bool]], timezone: str, now: datetime) -> Counted:
    """The counts that Facts holds, from the automated texts of the last seven days: when, and whether a question."""
    today = now.astimezone(zone(timezone)).date()
    on_today = [touch for at, touch in lately if at.astimezone(zone(timezone)).date() == today]
    frees_at = min(at for at, _ in lately) + A_WEEK if lately else None
    return len(on_today), len(lately), sum(on_today), frees_at


def agreed_to_promotions(connection: Connection, client_id: int) -> bool:
    """Whether the last word in the ledger about offers is a yes."""
    event: str | None = connection.execute(_AGREED_TO_PROMOTIONS, {"client": client_id}).scalar_one_or_none()
    return event == "granted"


def _came_back(connection: Connection, text: Any) -> bool:
    """Whether something came back to the question that a call is to ask. Who asked to be asked later is asked."""
    if text is None or text.channel != "call" or text.check_in_id is None or text.answers_id is not None:
        return False
    values = {"client": text.client_id, "check_in": text.check_in_id}
    return connection.execute(_CAME_BACK, values).first() is not None


def _called(connection: Connection, text: Any, now: datetime) -> int:
    """How often they were called in the last seven days, where it is asked of a call."""
    if text is None or text.channel != "call":
        return 0
    values = {"client": text.client_id, "since": now - A_WEEK}
    return int(connection.execute(_CALLED, values).scalar_one())


def _promotion(connection: Connection, client_id: int, phone: str, now: datetime) -> Promotion:
    agreed = agreed_to_promotions(connection, client_id)
    recent = connection.execute(_PROMOTED, {"client": client_id, "since": now - A_DAY}).scalars()
    return Promotion(agreed, state_of(phone), [at for at in recent if at])
