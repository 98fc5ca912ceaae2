"""A coach's text from their own phone, answering what they were told of: to exactly one client, by the code it names.

Phones answer by themselves ("I am driving"), and two clients may wait at once: so a text without a code goes to nobody.
The sender is who the carrier says; whoever forges a coach's number would have to know a code too, and each text that is
passed on is confirmed to the coach's phone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.rules.may_send import decide
from coach_portal.core.rules.reaching import PASSED_ON_WITHIN, split_code
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.sms_text import MAX_LENGTH, to_gsm
from coach_portal.core.rules.texts import notes
from coach_portal.core.services import scope
from coach_portal.core.services.moments.facts import facts_about
from coach_portal.core.services.reaching import codes
from coach_portal.core.services.reaching.codes import Code
from coach_portal.core.services.replies.arrival import Arrival
from coach_portal.core.services.sending import outbox, texts

_message = tables.message

KIND = "coach_answer"
HINTED_FOR = timedelta(minutes=10)
"""How long a phone is not told again how to answer: two machines that answer each other would never end."""
MOST_HINTED = 4

_BEFORE = (
    select(_message.c.body)
    .where(
        _message.c.client_id.is_(None),
        _message.c.practice_id == bindparam("practice"),
        _message.c.from_phone == bindparam("phone"),
        _message.c.direction == "in",
        _message.c.created_at > bindparam("since"),
        _message.c.id < bindparam("this"),
    )
    .order_by(_message.c.id.desc())
    .limit(1)
)
_HINTED = (
    select(_message.c.id)
    .where(
        _message.c.client_id.is_(None),
        _message.c.practice_id == bindparam("practice"),
        _message.c.to_phone == bindparam("phone"),
        _message.c.kind == KIND,
        _message.c.created_at > bindparam("since"),
    )
    .limit(1)
)


def hear(connection: Connection, arrival: Arrival) -> list[int] | None:
    """Pass a coach's text on to the client whose code it begins with; answers the ids to queue.

    None where it is no such text: then it is a stranger's, whoever wrote it, and is screened as one.
    """
    code, words = split_code(arrival.text.body)
    found = [one for one in _live(connection, arrival) if one.code == code] if code else []
    if len(found) != 1:
        return None
    meant = found[0]
    words = words or _before(connection, arrival)
    if not words:
        return [_say(connection, arrival, notes.nothing_to_pass_on(code, meant.name))]
    return _pass_on(connection, arrival, meant, words)


def hint(connection: Connection, arrival: Arrival) -> list[int] | None:
    """To a coach's phone that answered and named nobody: how to. None for a phone that has no codes."""
    live = _live(connection, arrival)
    if not live:
        return None
    about = {"practice": arrival.around.row.practice_id, "phone": arrival.text.from_phone}
    if connection.execute(_HINTED, {**about, "since": arrival.around.now - HINTED_FOR}).first() is not None:
        return []
    body = notes.not_passed_on([(one.code, one.name) for one in live[:MOST_HINTED]])
    return [_say(connection, arrival, body)]


def _live(connection: Connection, arrival: Arrival) -> Sequence[Code]:
    every = codes.of_phone(connection, arrival.around.row.practice_id, arrival.text.from_phone)
    return [one for one in every if one.good_until > arrival.around.now]


def _before(connection: Connection, arrival: Arrival) -> str:
    """The words they texted just before, where those named nobody."""
    values = {
        "practice": arrival.around.row.practice_id,
        "phone": arrival.text.from_phone,
        "since": arrival.around.now - PASSED_ON_WITHIN,
        "this": arrival.message_id,
    }
    body: str = connection.execute(_BEFORE, values).scalar_one_or_none() or ""
    code, words = split_code(body)
    return "" if code else words


def _pass_on(connection: Connection, arrival: Arrival, meant: Code, words: str) -> list[int]:
    now = arrival.around.now
    try:
        with Session(connection) as session:
            coach = session.get_one(Coach, meant.coach_id)
            client = scope.client_of(session, coach, meant.client_id)
            sent = texts.text_by_hand(session, coach, client, to_gsm(words)[:MAX_LENGTH], now)
            session.commit()
            when = _leaves(session.connection(), client, now)
    except Invalid as no:
        return [_say(connection, arrival, notes.refused(meant.name, " ".join(no.fields.values())))]
    except NotFound:
        return [_say(connection, arrival, notes.refused(meant.name, "They are not in your care any more."))]
    return [*sent, _say(connection, arrival, notes.passed_on(meant.name, when))]


def _leaves(connection: Connection, client: Client, now: datetime) -> str:
    """ "" where it leaves now; else the moment on the client's clock."""
    later = decide(facts_about(connection, client.id, "by_hand", now), now).next_at
    return "" if later is None else f"{later.astimezone(zone(client.timezone)):%A at %H:%M}"


def _say(connection: Connection, arrival: Arrival, body: str) -> int:
    return outbox.plan(connection, arrival.reply(KIND, body))
