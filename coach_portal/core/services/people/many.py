"""What a coach does for many clients at once: one text, a pause, a tag. Each can be taken back.

Whether someone may be written to is asked of the one rule, for each of them; as many statements for ten as for five
hundred.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach, tables
from coach_portal.core.rules.may_send import Decision, Facts, decide
from coach_portal.core.rules.schedule import moment_of
from coach_portal.core.rules.selling import selling_words
from coach_portal.core.rules.sms_text import MAX_LENGTH, to_gsm
from coach_portal.core.services import audit, scope
from coach_portal.core.services.moments import facts_of_many, pauses
from coach_portal.core.services.moments.facts import PROMOTIONAL
from coach_portal.core.services.people import tags
from coach_portal.core.services.people.clients import first_name
from coach_portal.core.services.progress.growing import UNDO_WITHIN
from coach_portal.core.services.sending import outbox

NAME = "{client}"
"""Stands for the client's first name in a text to many."""
SENDS_WITHIN = timedelta(hours=24)
LONGEST_PAUSE = timedelta(days=3 * 366)
"""Beyond the last day a calendar holds nothing can be computed, and nobody means it."""

_message = tables.message


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Someone for whom it is not done, and the rule that says no (may_send's, or "paused")."""

    client_id: int
    name: str
    rule: str


@dataclass(slots=True)
class Done:
    """For whom it is done, for whom not, and the texts that came of it. `waits` counts those for later."""

    clients: list[int] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    message_ids: list[int] = field(default_factory=list)
    waits: int = 0


def who_may_be_written_to(session: Session, client_ids: Sequence[int], now: datetime, *, sells: bool = False) -> Done:
    """Who would get a text by hand now, or when the hours open, and who would not."""
    done = Done()
    for row, known in facts_of_many.by_hand(session.connection(), client_ids, now, sells=sells):
        # Whoever may be in danger is written to by someone who thinks of them, not in a round.
        decision = Decision(False, "held") if known.held else decide(known, now)
        if decision.allowed or decision.next_at is not None:
            done.clients.append(row.id)
            done.waits += not decision.allowed
        else:
            done.left_out.append(LeftOut(row.id, row.name, str(decision.rule)))
    return done


def text_many(session: Session, coach: Coach, client_ids: Sequence[int], body: str, now: datetime) -> Done:
    """Write the same to each of these clients who may be written to; NAME becomes their first name.

    The texts wait for UNDO_WITHIN, so that `take_back_texts` can stop them; the tick queues them then. Raises Invalid
    when nobody may be written to, or a name makes the text too long. Questions of theirs that wait go on waiting.
    """
    wanted, sells = scope.theirs(session, coach, client_ids), bool(selling_words(body))
    done = who_may_be_written_to(session, wanted, now, sells=sells)
    if not done.clients:
        raise Invalid({"body": "Nobody of these may be written to just now."})
    connection, leaves_at = session.connection(), now + UNDO_WITHIN
    rows = [
        outbox.outgoing(
            kind="by_hand",
            practice_id=coach.practice_id,
            client_id=row.id,
            from_phone=row.our_phone,
            to_phone=row.phone,
            body=_named(body, row.name),
            now=now,
            send_after=leaves_at,
            deadline_at=leaves_at + SENDS_WITHIN,
            purpose=PROMOTIONAL if sells else None,
        )
        for row, _ in facts_of_many.by_hand(connection, done.clients, now)
    ]
    done.message_ids = bulk.reserve_ids(connection, _message, len(rows))
    numbered = [{"id": id_} | row for id_, row in zip(done.message_ids, rows, strict=True)]
    bulk.insert_rows(connection, _message, numbered)
    _note(session, coach, "text_many", done.clients, now)
    return done


def take_back_texts(session: Session, coach: Coach, message_ids: Sequence[int], now: datetime) -> int:
    """Stop those of these texts that have not left; answers how many."""
    waiting = select(_message.c.id, _message.c.client_id).where(
        _message.c.id.in_(message_ids),
        _message.c.client_id.in_(scope.ids_of(coach)),
        _message.c.kind == "by_hand",
        _message.c.state == "planned",
    )
    found = session.execute(waiting).all()
    stop = update(_message).where(_message.c.id.in_([row.id for row in found]), _message.c.state == "planned")
    session.execute(stop.values(state="not_sent", reason="taken_back"))
    _note(session, coach, "take_back_texts", [row.client_id for row in found], now)
    return len(found)


def pause_many(session: Session, coach: Coach, client_ids: Sequence[int], until: date | None, now: datetime) -> Done:
    """Hold the check-ins of these clients until the morning of a day, or until someone begins again.

    Whoever is on a pause keeps it, and whoever gets no check-ins needs none. Raises Invalid for a day that is none.
    """
    done, back = Done(), {}
    for row, known in facts_of_many.by_hand(session.connection(), scope.theirs(session, coach, client_ids), now):
        if known.paused_until is not None and known.paused_until > now:
            done.left_out.append(LeftOut(row.id, row.name, "paused"))
        elif known.consent != "granted" or known.archived:
            done.left_out.append(LeftOut(row.id, row.name, _why_no_check_ins(known)))
        else:
            back[row.id] = morning_of(until, row.timezone, now) if until else None
    pauses.begin_many(session.connection(), coach.practice_id, back, now)
    done.clients = list(back)
    _note(session, coach, "pause_many", done.clients, now)
    return done


def resume_many(session: Session, coach: Coach, client_ids: Sequence[int], now: datetime) -> None:
    """Take their check-ins up again."""
    wanted = scope.theirs(session, coach, client_ids)
    pauses.end_many(session.connection(), wanted, now)
    _note(session, coach, "resume_many", wanted, now)


def tag_many(session: Session, coach: Coach, client_ids: Sequence[int], tag: str, now: datetime) -> Done:
    """Give these clients a tag; answers those who had it not."""
    return Done(tags.add(session, coach, scope.theirs(session, coach, client_ids), tag, now))


def untag_many(session: Session, coach: Coach, client_ids: Sequence[int], tag: str, now: datetime) -> Done:
    """Take a tag off these clients; answers those who had it."""
    return Done(tags.remove(session, coach, scope.theirs(session, coach, client_ids), tag, now))


def morning_of(day: date, timezone: str, now: datetime) -> datetime:
    """The morning someone is back. Raises Invalid for a day that is over or years away."""
    try:
        morning = moment_of(day, "00:00", timezone)
    except OverflowError:
        raise Invalid({"until": "Choose a day within three years, or leave it empty."}) from None
    if morning <= now:
        raise Invalid({"until": "Choose a day to come, or leave it empty."})
    if morning - now > LONGEST_PAUSE:
        raise Invalid({"until": "Choose a day within three years, or leave it empty."})
    return morning


def _why_no_check_ins(known: Facts) -> str:
    if known.archived:
        return "archived"
    return "opted_out" if known.consent in {"revoked", "declined"} else "no_consent"


def _named(body: str, name: str) -> str:
    told = to_gsm(body.replace(NAME, first_name(name)))
    if len(told) > MAX_LENGTH:
        raise Invalid({"body": f"With {first_name(name)}’s name in it, it is longer than {MAX_LENGTH:,} characters."})
    return told


def _note(session: Session, coach: Coach, action: str, client_ids: Sequence[int], now: datetime) -> None:
    if client_ids:
        subject = f"practice:{coach.practice_id}"
        audit.record(session, coach.practice_id, audit.by(coach), action, subject, now, clients=list(client_ids))
