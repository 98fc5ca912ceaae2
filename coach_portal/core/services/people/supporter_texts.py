"""Texts to and from supporters: how the week went, in numbers; their yes or stop; and the line they send back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.may_send import Facts
from coach_portal.core.rules.texts import consents
from coach_portal.core.rules.texts import supporters as wording
from coach_portal.core.rules.texts.supporters import SUPPORTER_VERSION
from coach_portal.core.rules.weeks import Shape
from coach_portal.core.services.moments.facts import COLUMNS, facts_of
from coach_portal.core.services.people import consent
from coach_portal.core.services.people.consent import Party, Proof
from coach_portal.core.services.people.supporters import SUPPORTER
from coach_portal.core.services.replies.arrival import Arrival
from coach_portal.core.services.sending import outbox

_supporter, _line, _client = tables.supporter, tables.supporter_line, tables.client
_practice, _number, _suppression = tables.practice, tables.sending_number, tables.suppression

KINDS = frozenset({"supporter_ask", "supporter_week"})
"""Texts to a supporter that need their consent, or ask for it."""

# Whoever cares for two clients answers about the one they were asked or told about last.
_WHOSE = (
    select(_supporter, _client.c.name.label("client_name"))
    .join(_client, _client.c.id == _supporter.c.client_id)
    .where(_supporter.c.practice_id == bindparam("practice"), _supporter.c.phone == bindparam("phone"))
    .where(_supporter.c.ended_at.is_(None), _supporter.c.shared_at.is_not(None))
    .order_by(_supporter.c.id.desc())
)
_AGREED = update(_supporter).where(_supporter.c.id == bindparam("one")).values(agreed_at=bindparam("at"))
_ENDED = (
    update(_supporter).where(_supporter.c.id == bindparam("one")).values(ended_at=bindparam("at"), ended_by="supporter")
)
# One line waits at a time: a newer one takes its place.
_REPLACED = (
    update(_line)
    .where(_line.c.client_id == bindparam("client"), _line.c.given_id.is_(None), ~_line.c.withheld)
    .values(withheld=True)
)
_AGREEING = select(
    _supporter.c.client_id, _supporter.c.name, _supporter.c.phone, _supporter.c.locale, _supporter.c.practice_id
).where(
    bulk.among(_supporter.c.client_id, "clients"),
    _supporter.c.agreed_at.is_not(None),
    _supporter.c.ended_at.is_(None),
)
_WAITING = (
    select(_line.c.id, _line.c.client_id, _line.c.body, _supporter.c.name)
    .join(_supporter, _supporter.c.id == _line.c.supporter_id)
    .where(bulk.among(_line.c.client_id, "clients"), _line.c.given_id.is_(None), ~_line.c.withheld)
    .where(_supporter.c.ended_at.is_(None))
    .order_by(_line.c.id)
)
_ABOUT = (
    select(
        *COLUMNS,
        _supporter.c.shared_at,
        _supporter.c.agreed_at,
        exists()
        .where(_suppression.c.practice_id == _supporter.c.practice_id, _suppression.c.phone == _supporter.c.phone)
        .label("opted_out"),
    )
    .select_from(_supporter)
    .join(_client, _client.c.id == _supporter.c.client_id)
    .join(_practice, _practice.c.id == _client.c.practice_id)
    .join(_number, _number.c.id == _client.c.sending_number_id)
    .where(_supporter.c.practice_id == bindparam("practice"), _supporter.c.phone == bindparam("phone"))
    .where(_supporter.c.ended_at.is_(None))
    .order_by(_supporter.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that waits for its client's next check-in."""

    id: int
    supporter: str
    body: str


@dataclass(frozen=True, slots=True)
class Told:
    """A client's week as it may be told to a supporter, and the text it goes out beside."""

    client: str
    week: Shape
    message: Mapping[str, Any]


def hear(connection: Connection, arrival: Arrival) -> list[int] | None:
    """What a supporter's text asks for, done and answered; None when the sender is nobody's supporter.

    A line that tells of danger is withheld: the practice reads it, and the client does not get it from us.
    """
    around, acts = arrival.around, arrival.understood.acts
    values = {"practice": around.row.practice_id, "phone": arrival.text.from_phone}
    theirs = connection.execute(_WHOSE, values).all()
    if not theirs:
        return None
    if "stop" in acts:
        for each in theirs:
            _end(connection, arrival, each, "revoked")
        return None  # whoever answers strangers keeps the number silent from now on
    one = theirs[0]
    if "help" in acts:
        return [outbox.plan(connection, arrival.reply("help", consents.help_answer(around.terms, one.locale)))]
    if one.agreed_at is None:
        return _answered(connection, arrival, one)
    return _take(connection, arrival, one)


def _answered(connection: Connection, arrival: Arrival, one: Any) -> list[int] | None:
    answer = wording.answer_of(arrival.text.body, one.locale)
    if answer == "yes" and not arrival.understood.risk:
        connection.execute(_AGREED, {"one": one.id, "at": arrival.around.now})
        _write(connection, arrival, one, "granted")
        return _say(connection, arrival, wording.agreed(_first(one.client_name), one.locale))
    if answer == "no":
        _end(connection, arrival, one, "declined")
        return []
    return None


def _take(connection: Connection, arrival: Arrival, one: Any) -> list[int]:
    """Keep their line for the client's next check-in."""
    connection.execute(_REPLACED, {"client": one.client_id})
    row = {
        "practice_id": one.practice_id,
        "client_id": one.client_id,
        "supporter_id": one.id,
        "message_id": arrival.message_id,
        "body": " ".join(arrival.text.body.split()),
        "withheld": arrival.understood.risk is not None or not arrival.text.body.strip(),
        "at": arrival.around.now,
    }
    connection.execute(insert(_line), row)
    return [] if row["withheld"] else _say(connection, arrival, wording.taken(_first(one.client_name), one.locale))


def plan_weeks(connection: Connection, told: Sequence[Told], now: datetime) -> list[int]:
    """Tell the supporters of these clients how the week went; answers the ids to queue."""
    by_client = {each.message["client_id"]: each for each in told}
    agreed = bulk.fetch(connection, _AGREEING, {"clients": list(by_client)}) if told else []
    rows = [_week(each, by_client[each.client_id], now) for each in agreed]
    ids = bulk.reserve_ids(connection, tables.message, len(rows)) if rows else []
    bulk.insert_rows(connection, tables.message, [{"id": id_, **row} for id_, row in zip(ids, rows, strict=True)])
    return [id_ for id_, row in zip(ids, rows, strict=True) if row["send_after"] is None]


def waiting(connection: Connection, clients: Sequence[int]) -> dict[int, Line]:
    """The lines that wait for these clients' next check-ins, by client."""
    rows = bulk.fetch(connection, _WAITING, {"clients": list(clients)})
    return {row.client_id: Line(row.id, row.name, row.body) for row in rows}


def give(connection: Connection, given: Mapping[int, int]) -> None:
    """These lines, by id, went out in these messages."""
    bulk.update_rows(connection, _line, [{"id": line, "given_id": message} for line, message in given.items()])


def facts_about(connection: Connection, row: Any, now: datetime) -> Facts:
    """What the send step needs to know of a text to a supporter: their consent, their client's hours."""
    about = connection.execute(_ABOUT, {"practice": row.practice_id, "phone": row.to_phone}).one_or_none()
    if about is None:
        return Facts(kind=row.kind, consent="revoked", deadline_at=row.deadline_at)
    state = "none" if about.shared_at is None else "invited" if about.agreed_at is None else "granted"
    return replace(
        facts_of(about, row.kind),
        consent=state if about.consent == "granted" else "revoked",
        opted_out=about.opted_out,
        unreachable=False,
        deadline_at=row.deadline_at,
    )


def _week(each: Any, told: Told, now: datetime) -> dict[str, Any]:
    beside, week = told.message, told.week
    return outbox.outgoing(
        kind="supporter_week",
        practice_id=each.practice_id,
        client_id=None,
        from_phone=beside["from_phone"],
        to_phone=each.phone,
        body=wording.week(told.client, week.done, week.asked, week.own_wins, each.locale),
        now=now,
        deadline_at=beside["deadline_at"],
        send_after=beside["send_after"],
    )


def _end(connection: Connection, arrival: Arrival, one: Any, event: str) -> None:
    connection.execute(_ENDED, {"one": one.id, "at": arrival.around.now})
    _write(connection, arrival, one, event)


def _write(connection: Connection, arrival: Arrival, one: Any, event: str) -> None:
    party = Party(one.practice_id, one.client_id, one.phone)
    proof = Proof("text", arrival.text.body, SUPPORTER_VERSION, arrival.text.sid)
    consent.write_line(connection, party, SUPPORTER, event, proof, arrival.around.now)


def _say(connection: Connection, arrival: Arrival, body: str) -> list[int]:
    return [outbox.plan(connection, arrival.reply("supporter", body))]


def _first(name: str) -> str:
    return name.partition(" ")[0]
