"""Carrying out a client's text: consent first, then what they report, then when to ask again, then the answer."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from coach_portal.core.models import tables
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.may_send import Facts, decide
from coach_portal.core.rules.replies.understanding import Understanding
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts import consents
from coach_portal.core.rules.texts.answers import answer
from coach_portal.core.rules.texts.holds import resumed
from coach_portal.core.rules.texts.kindness import discouraged, kinder_reading
from coach_portal.core.rules.texts.reports import TALLY_EVERY
from coach_portal.core.services.alerting import safety
from coach_portal.core.services.calls import agreeing
from coach_portal.core.services.moments import easing, pauses
from coach_portal.core.services.people import supporters
from coach_portal.core.services.progress import lately
from coach_portal.core.services.progress.lately import Lately
from coach_portal.core.services.reaching import absences
from coach_portal.core.services.replies import opting, reports, wishes
from coach_portal.core.services.replies.arrival import Arrival, Received
from coach_portal.core.services.replies.opting import alert, say
from coach_portal.core.services.sending import outbox

_client, _message = tables.client, tables.message

ASK_AGAIN_AFTER = timedelta(hours=2)
"""When "later" is, for someone who names no time."""

_REACHABLE = (
    update(_client).where(_client.c.id == bindparam("client")).values(unreachable_at=None, unreachable_code=None)
)
_PUT_OFF_FURTHER = (
    update(_message)
    .where(_message.c.check_in_id == bindparam("check_in"), _message.c.direction == "out")
    .where(_message.c.state == "planned", _message.c.send_after.is_not(None))
    .values(send_after=bindparam("later"), deadline_at=bindparam("until"))
    .returning(_message.c.id)
)
_LAST_ASKED = (
    select(_message.c.kind, _message.c.body, _message.c.channel)
    .where(_message.c.check_in_id == bindparam("check_in"), _message.c.direction == "out")
    .order_by(_message.c.id.desc())
    .limit(1)
)


def carry_out(connection: Connection, arrival: Arrival, links: Links) -> Received:
    """Do what the text asks for, in the order in which it matters."""
    danger = safety.respond(connection, arrival, links)
    if arrival.around.row.unreachable_at is not None:
        connection.execute(_REACHABLE, {"client": arrival.around.row.client_id})
    if arrival.around.row.go_on_asked_at is not None:
        easing.heard_again(connection, arrival.around.row.client_id, arrival.around.now)
    about_supporter = supporters.hear_client(connection, arrival)
    if about_supporter is not None:
        return Received([*danger.to_queue, *about_supporter], danger.safety)
    about_calls = agreeing.hear(connection, arrival)
    if about_calls is not None:
        return Received([*danger.to_queue, *about_calls], danger.safety)
    understood = _do(connection, arrival)
    _ask_the_coach(connection, arrival, understood)
    answers = opting.carry_out(connection, arrival)
    if answers is None:
        answers = _answer(connection, arrival, understood, links)
    return Received([*danger.to_queue, *answers], danger.safety)


def _do(connection: Connection, arrival: Arrival) -> Understanding:
    """Record and reschedule; answers the understanding with every moment as it will really be."""
    understood, around = arrival.understood, arrival.around
    if "undo" in understood.acts:
        reports.take_back(connection, around.row.client_id, around.now)
    reports.record(connection, around, understood, arrival.message_id, arrival.text.body)
    if "pause" in understood.acts:
        until = _moment(arrival, understood.until) if understood.until else None
        pauses.begin(connection, around.row.practice_id, around.row.client_id, until, around.now)
    elif "resume" in understood.acts:
        pauses.end(connection, around.row.client_id, around.now)
    elif "snooze" in understood.acts:
        return _snooze(connection, arrival)
    return understood


def _snooze(connection: Connection, arrival: Arrival) -> Understanding:
    """Ask the pending question again, at the time they named or the first moment after it that our hours allow."""
    around, understood = arrival.around, arrival.understood
    asked = connection.execute(_LAST_ASKED, {"check_in": around.row.check_in_id}).one_or_none()
    if asked is None or around.row.consent != "granted":
        # There is nothing to ask again, and we promise nothing that will not happen: their coach reads it.
        return understood._replace(acts=understood.acts - {"snooze"} | {"message"})
    wanted = _moment(arrival, understood.until) if understood.until else around.now + ASK_AGAIN_AFTER
    at = max(wanted, around.now + timedelta(minutes=1))
    at = decide(_hours_of(arrival), at).next_at or at
    question = {"check_in_id": around.row.check_in_id, "send_after": at, "channel": asked.channel}
    row = arrival.reply(asked.kind, asked.body, **question)
    moved = {"check_in": around.row.check_in_id, "later": at, "until": row["deadline_at"]}
    if connection.execute(_PUT_OFF_FURTHER, moved).first() is None:
        outbox.plan(connection, row)
    local = at.astimezone(zone(around.row.timezone)).replace(tzinfo=None)
    return understood._replace(until=local) if understood.until else understood


def _hours_of(arrival: Arrival) -> Facts:
    row = arrival.around.row
    return Facts(
        kind="by_hand",
        consent=row.consent,
        timezone=row.timezone,
        texts_from=row.texts_from,
        texts_until=row.texts_until,
        own_time=True,
    )


def _ask_the_coach(connection: Connection, arrival: Arrival, understood: Understanding) -> None:
    # What may be worrying is told of as that, and once.
    if understood.risk is None and ("message" in understood.acts or not understood.acts):
        alert(connection, arrival, "wants_answer")
    if understood.maybe_stop:
        # "Who is this" gets the HELP answer, and is as likely a stranger as somebody who forgot (R10).
        kind = "who_is_this" if "help" in understood.acts else "maybe_stop"
        alert(connection, arrival, kind)
        safety.hold(connection, arrival, kind)


def _answer(connection: Connection, arrival: Arrival, understood: Understanding, links: Links) -> list[int]:
    around = arrival.around
    locale = around.situation.locale
    if "help" in understood.acts:
        return say(connection, arrival, "help", consents.help_answer(around.terms, locale))
    if around.row.consent != "granted" or around.row.held_at is not None:
        return []
    granted = wishes.grant(connection, arrival, arrival.wishes, links)
    known = _known(connection, arrival, understood)
    missed = {miss.goal for miss in understood.misses}
    reader, away = _reader(connection, arrival, understood)
    body = answer(
        understood,
        around.goals,
        locale,
        coach_name=reader,
        today=around.today,
        variant=arrival.message_id,
        text=arrival.text.body,
        lately=known.tallies() if known and _tells_tallies(arrival, understood) else None,
        misses_in_a_row=max(map(known.misses, missed), default=1) if known else 1,
        streak=min(map(known.days_running, missed), default=0) if known else 0,
        asked=around.situation.asked,
        ask_again=around.situation.prompt != "none",
        country=around.row.country,
        asked_for=around.row.asked_for,
    )
    kinder = _kinder(arrival, understood, known)
    if kinder and understood.acts <= {"reflection", "chatter"}:
        body = None
    elif body is None and not granted and around.row.go_on_asked_at is not None:
        body = resumed(locale)
    said = " ".join(part for part in (body, kinder, granted, away) if part)
    return say(connection, arrival, "reply", said) if said else []


def _reader(connection: Connection, arrival: Arrival, understood: Understanding) -> tuple[str, str]:
    """Who reads what the coach is asked, and that the coach is away, where the client has not heard so."""
    if arrival.understood.risk == "explicit" or not ("message" in understood.acts or not understood.acts):
        return arrival.around.coach_name, ""
    return absences.in_answer(connection, arrival.around)


def _known(connection: Connection, arrival: Arrival, understood: Understanding) -> Lately | None:
    """How their goals stand, where the answer may speak of it: a statement more, so not for every text."""
    wanted = understood.misses or _tells_tallies(arrival, understood) or _judges_itself(arrival, understood)
    return lately.read(connection, arrival.around) if wanted else None


def _tells_tallies(arrival: Arrival, understood: Understanding) -> bool:
    """Whether they asked how it stands, or it is the turn of one goal's tally beside its win."""
    tells_of_one = len({win.goal for win in understood.wins}) == 1 and arrival.message_id % TALLY_EVERY == 0
    return tells_of_one or "status" in understood.acts


def _judges_itself(arrival: Arrival, understood: Understanding) -> str | None:
    """The words in which they are hard on themselves, where nothing graver is in the text and nothing was done."""
    if understood.risk is not None or understood.wins or arrival.understood.maybe_stop:
        return None
    return discouraged(arrival.text.body, arrival.around.situation.locale)


def _kinder(arrival: Arrival, understood: Understanding, known: Lately | None) -> str | None:
    words = _judges_itself(arrival, understood)
    if words is None or known is None:
        return None
    around = arrival.around
    return kinder_reading(words, around.goals, known.tallies(), around.situation.locale, variant=arrival.message_id)


def _moment(arrival: Arrival, local: datetime) -> datetime:
    return local.replace(tzinfo=zone(arrival.around.row.timezone)).astimezone(UTC)
