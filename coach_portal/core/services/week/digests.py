"""The week given back: for everyone whose Sunday has come, one text with what was done and one question.

Many clients at once: what their texts need is read in one statement of each kind for a whole batch, so that a digest
costs next to nothing and a batch is all that is ever in memory.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.texts.digests import digest, is_heavy
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.weeks import Shape, question_of, theme_of
from coach_portal.core.services.moments import due
from coach_portal.core.services.moments.check_ins import Swept
from coach_portal.core.services.moments.due import Due, Planned
from coach_portal.core.services.people import supporter_texts
from coach_portal.core.services.people.supporter_texts import Told
from coach_portal.core.services.week import weeks

_digest = tables.digest

KINDS = ("reflection",)
"""The kinds of schedules whose texts are planned here."""
BATCH = 6000
"""Clients a transaction: the statements of a batch are then three for every thousand."""
PICTURE_FOR = timedelta(days=35)
"""How long a week's picture can be opened. Five weeks later there are five newer ones."""

_DUE = due.due_schedules(*KINDS)
# Once in any seven days, however a schedule was moved about.
_ALREADY = select(_digest.c.client_id).where(
    bulk.among(_digest.c.client_id, "clients"),
    _digest.c.week_start.between(bindparam("after"), bindparam("until")),
)


class Composed(NamedTuple):
    """A digest that is worded: its text, its week in numbers, and what is kept of it."""

    text: Planned
    shape: Shape
    row: dict[str, Any]


def plan_digests(connection: Connection, now: datetime, public_url: str, batch: int = BATCH) -> Swept:
    """Plan the digests of up to `batch` clients. Call again, in a new transaction, while batches come back full.

    `public_url` is where the pictures of their weeks are opened.
    """
    dues = due.claim(connection, _DUE, now, batch)
    message_ids: list[int] = []
    for local_date, theirs in due.by_date([each for each in dues if not each.asked_before]).items():
        message_ids += _plan_date(connection, local_date, theirs, now, public_url)
    return Swept(len(dues), message_ids)


def _plan_date(
    connection: Connection, last_day: date, dues: Sequence[Due], now: datetime, public_url: str
) -> list[int]:
    # The week is the seven days that end with the day it is sent: Monday to Sunday for most.
    first_day = last_day - timedelta(days=6)
    clients = [each.row.client_id for each in dues]
    within = {"clients": clients, "after": first_day - timedelta(days=6), "until": first_day}
    already = {row.client_id for row in bulk.fetch(connection, _ALREADY, within)}
    dues = [each for each in dues if each.row.client_id not in already]
    if not dues:
        return []
    return _write(connection, compose(connection, dues, last_day, public_url), now)


def compose(connection: Connection, dues: Sequence[Due], last_day: date, public_url: str) -> list[Composed]:
    """The texts of these clients for the week that ends on this day; nothing is written."""
    read = weeks.read(connection, [each.row.client_id for each in dues], last_day)
    return [_compose(each, read, last_day, public_url) for each in dues]


def _write(connection: Connection, composed: Sequence[Composed], now: datetime) -> list[int]:
    """Write the texts, the rows that remember what they asked, and the texts to supporters; what may leave now."""
    messages = due.write(connection, "digest", [each.text for each in composed], now)
    rows = [
        {**each.row, "check_in_id": message["check_in_id"], "message_id": message["id"], "created_at": now}
        for each, message in zip(composed, messages, strict=True)
    ]
    bulk.insert_rows(connection, _digest, rows)
    beside = [
        Told(_first(each.text.due.row.name), each.shape, message)
        for each, message in zip(composed, messages, strict=True)
        if message["state"] == "planned"
    ]
    return due.to_queue(messages) + supporter_texts.plan_weeks(connection, beside, now)


def _compose(each: Due, read: weeks.Weeks, last_day: date, public_url: str) -> Composed:
    """One client's text, and the row that remembers what it asked."""
    row = each.row
    week, house = read.of(row.client_id, row.timezone), read.practices[row.practice_id]
    shape = _shape(week, row.locale)
    number = (last_day.toordinal() - 1) // 7 + row.client_id
    theme = theme_of(shape, number)
    own = [question for question in house.questions if question.locale == row.locale[:2]]
    question = question_of(theme, number, language(row.locale).asking.questions, own)
    token = None if house.pictures == "off" else token_urlsafe(12)
    # A quiet week is told lightly: its picture is there to be opened, but is not held out.
    address = picture_url(public_url, token) if token and week.is_any_done else None
    goes_along = house.pictures == "mms" and is_mms_had(row.country, row.phone)
    body = digest(
        week.goals,
        row.locale,
        client=_first(row.name),
        question=question,
        quote=week.quote,
        said_before=week.said_before,
        own_wins=week.own_wins,
        before=week.before,
        link="" if address is None or goes_along else address,
        variant=number,
    )
    text = Planned(each, body, media_url=address if goes_along else None)
    kept = {
        "practice_id": row.practice_id,
        "client_id": row.client_id,
        "week_start": last_day - timedelta(days=6),
        "question": question,
        "theme": theme,
        "picture_token": token,
        "picture_until": each.due_at + PICTURE_FOR if token else None,
    }
    return Composed(text, shape, kept)


def is_mms_had(country: str, phone: str) -> bool:
    """Whether a picture can go along with a text: MMS is for phones of the United States and Canada (Twilio)."""
    return country in {"US", "CA"} and phone.startswith("+1")


def _first(name: str) -> str:
    return name.partition(" ")[0]


def picture_url(public_url: str, token: str) -> str:
    """Where the picture of a week is opened: the address is the key."""
    return f"{public_url}/w/{token}"


def _shape(week: weeks.Week, locale: str) -> Shape:
    return Shape(
        done=week.done,
        asked=week.meant,
        own_wins=week.own_wins,
        done_before=week.before.done,
        weeks_before=week.before.weeks,
        heavy=any(is_heavy(said, locale) for said in (week.quote, week.said_before) if said),
    )
