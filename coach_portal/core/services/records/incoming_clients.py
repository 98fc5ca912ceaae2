"""Clients from another system, many at once: the same rows as one invited by hand, written together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach, Practice, SendingNumber, tables
from coach_portal.core.rules import rates
from coach_portal.core.rules.may_send import TEXTS_PER_DAY, TEXTS_PER_WEEK, TOUCHES_PER_DAY
from coach_portal.core.rules.pacing import CLASSES
from coach_portal.core.rules.phone import other_zones_of
from coach_portal.core.rules.sms_text import segments, to_gsm
from coach_portal.core.rules.texts import consents
from coach_portal.core.services.people import consent
from coach_portal.core.services.people.clients import WEEKLY_REFLECTION, first_name, new_numbers, terms_of
from coach_portal.core.services.sending import outbox

_client, _suppression = tables.client, tables.suppression

A_DAY = timedelta(days=1)


def judge(
    session: Session, coach: Coach, rows: Sequence[tuple[int, dict[str, Any]]], now: datetime
) -> tuple[list[tuple[int, dict[str, Any]]], list[tuple[int, dict[str, str]]]]:
    """Tell rows that can be taken from those whose phone is another's, opted out, or in the file before.

    Raises Invalid when the practice has no number to text from.
    """
    _number(session, coach)
    here = select(_client.c.phone).where(_client.c.practice_id == coach.practice_id)
    stopped = select(_suppression.c.phone).where(_suppression.c.practice_id == coach.practice_id)
    known = set(session.connection().execute(here).scalars())
    suppressed = set(session.connection().execute(stopped).scalars())
    first: dict[str, int] = {}
    good, bad = [], []
    for line, row in rows:
        phone = row["phone"]
        if phone in suppressed:
            told = "This number asked to get no more texts. They can text START to begin again."
        elif phone in known:
            told = "A client of your practice already has this number."
        elif phone in first:
            told = f"Line {first[phone]} has the same number."
        else:
            first[phone] = line
            good.append((line, row))
            continue
        bad.append((line, {"phone": told}))
    return good, bad


def take(
    session: Session, coach: Coach, rows: Sequence[Mapping[str, Any]], now: datetime, *, invite: bool
) -> list[int]:
    """Take them on, and with `invite` ask each by text whether they agree; answers the ids of texts to queue now."""
    connection, practice, number = (
        session.connection(),
        session.get_one(Practice, coach.practice_id),
        _number(session, coach),
    )
    ids = new_numbers(connection, len(rows)) if rows else []
    made = [_row(one, row, practice, number, now, invite) for one, row in zip(ids, rows, strict=True)]
    bulk.insert_rows(connection, _client, made)
    bulk.insert_rows(connection, tables.coach_client, [{"coach_id": coach.id, "client_id": one} for one in ids])
    bulk.insert_rows(connection, tables.schedule, [_week(one, practice.id, now) for one in ids])
    return _invite(connection, practice, coach, number, made, now) if invite else []


@dataclass(frozen=True, slots=True)
class Outlook:
    """What asking so many people comes to: the text, over how many days, and millionths of a dollar."""

    body: str
    days: int
    micros: int


def outlook(session: Session, coach: Coach, count: int) -> Outlook:
    """What asking so many clients of the practice's own country comes to."""
    practice, number = session.get_one(Practice, coach.practice_id), _number(session, coach)
    body = consents.invitation(terms_of(practice, coach, practice.country), "Sam", "en")
    each = segments(to_gsm(body)).count
    a_day = _a_day(number, each)
    days = 1 if a_day is None else max(1, -(-count // a_day))
    return Outlook(body, days, count * rates.estimate(practice.country, each))


def _row(
    client_id: int, row: Mapping[str, Any], practice: Practice, number: SendingNumber, now: datetime, invite: bool
) -> dict[str, Any]:
    return {
        "id": client_id,
        "practice_id": practice.id,
        "sending_number_id": number.id,
        **{name: row[name] for name in ("name", "phone", "country", "timezone", "locale")},
        "phone_zones": " ".join(other_zones_of(row["phone"], row["timezone"])),
        "texts_per_day": TEXTS_PER_DAY,
        "texts_per_week": TEXTS_PER_WEEK,
        "touches_per_day": TOUCHES_PER_DAY,
        "consent": "invited" if invite else "none",
        "created_at": now,
    }


def _week(client_id: int, practice_id: int, now: datetime) -> dict[str, Any]:
    return {"practice_id": practice_id, "client_id": client_id, "created_at": now, **WEEKLY_REFLECTION}


def _invite(
    connection: Connection,
    practice: Practice,
    coach: Coach,
    number: SendingNumber,
    made: Sequence[Mapping[str, Any]],
    now: datetime,
) -> list[int]:
    """The ledger's line and the text for each; no more a day than leaves room for everything else."""
    lines: list[tuple[consent.Party, consent.Proof]] = []
    texts: list[dict[str, Any]] = []
    for row in made:
        body = consents.invitation(terms_of(practice, coach, row["country"]), first_name(row["name"]), row["locale"])
        party = consent.Party(practice.id, row["id"], row["phone"])
        lines.append((party, consent.Proof("coach", body, consents.INVITATION_VERSION)))
        a_day = _a_day(number, segments(body).count)
        later = 0 if a_day is None else len(texts) // a_day
        texts.append(
            outbox.outgoing(
                kind="invitation",
                practice_id=practice.id,
                client_id=row["id"],
                from_phone=number.phone,
                to_phone=row["phone"],
                body=body,
                now=now,
                send_after=now + later * A_DAY if later else None,
            )
        )
    consent.invited_all(connection, practice.id, lines, now)
    ids = bulk.reserve_ids(connection, tables.message, len(texts))
    bulk.insert_rows(connection, tables.message, [{"id": one, **text} for one, text in zip(ids, texts, strict=True)])
    return [one for one, text in zip(ids, texts, strict=True) if text["send_after"] is None]


def _a_day(number: SendingNumber, each: int) -> int | None:
    """How many invitations may leave a day: half of what the number may text, the rest is for those who agreed."""
    per_day = CLASSES[number.sender_class].per_day
    return None if per_day is None else max(1, per_day // 2 // each)


def _number(session: Session, coach: Coach) -> SendingNumber:
    mine = (
        select(SendingNumber).where(SendingNumber.practice_id == coach.practice_id).order_by(SendingNumber.id).limit(1)
    )
    number = session.scalars(mine).first()
    if number is None:
        raise Invalid({"file": "This practice has no number to text from yet. Add one in the practice's settings."})
    return number
