"""What the coach would read when all is over, held against what happened: nothing lost, nothing twice, sums right."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy import text as sql

from coach_portal.core.db import Database
from coach_portal.core.models import Base, tables
from infra.simulation.carrier import Arrived, Handed
from infra.simulation.judge import Breach
from infra.simulation.people import Person

OPEN, OVER = frozenset({"planned", "sending", "unknown"}), frozenset({"delivered", "not_sent", "completed"})
RINGING = frozenset({"accepted", "ringing", "in_progress"})
FAILED = frozenset({"undelivered", "failed"})
RANKS = {"planned": 0, "sending": 0, "unknown": 0, "accepted": 1, "sent": 2, "ringing": 2, "in_progress": 3}
LAST = 4

PROOF = frozenset({"consent", "suppression"})
"""What stays of whoever is forgotten, so that nobody texts them again."""

_WATCHED = {
    "sqlite": (
        "CREATE TABLE moved (id INTEGER PRIMARY KEY, message_id INTEGER, was TEXT, became TEXT)",
        "CREATE TRIGGER watch_states AFTER UPDATE OF state ON message WHEN OLD.state <> NEW.state "
        "BEGIN INSERT INTO moved (message_id, was, became) VALUES (NEW.id, OLD.state, NEW.state); END",
    ),
    "postgresql": (
        "CREATE TABLE moved (id BIGSERIAL PRIMARY KEY, message_id BIGINT, was TEXT, became TEXT)",
        "CREATE FUNCTION note_state() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO moved (message_id, was, became) VALUES (NEW.id, OLD.state, NEW.state); RETURN NEW; END $$",
        "CREATE TRIGGER watch_states AFTER UPDATE OF state ON message FOR EACH ROW "
        "WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION note_state()",
    ),
}


@dataclass(frozen=True)
class Lived:
    """What happened: who was there, what was texted to us, and what we handed over."""

    people: dict[str, Person]
    arrived: list[Arrived]
    handed: list[Handed]


def watch_states(database: Database) -> None:
    """Have the database itself note each state that a text passes through."""
    with database.transaction() as connection:
        for statement in _WATCHED[database.engine.dialect.name]:
            connection.execute(sql(statement))


def kinds_of(database: Database, above: int) -> dict[int, str]:
    """What the texts with a higher id are called."""
    message = tables.message
    with database.reading() as session:
        rows = session.execute(select(message.c.id, message.c.kind).where(message.c.id > above))
        return {row.id: row.kind for row in rows}


def read(database: Database, lived: Lived) -> list[Breach]:
    """Every broken promise that the records show."""
    checks = (
        states_only_forward, every_text_recorded_once, every_win_once, the_ledger_sums, nothing_left_open,
        erased_means_erased,
    )  # fmt: skip
    return [Breach(check.__name__, what) for check in checks for what in check(database, lived)]


def states_only_forward(database: Database, lived: Lived) -> Iterator[str]:
    """A text never comes back from where it was delivered or dropped, nor from what the carrier said of it."""
    with database.reading() as session:
        moves = session.execute(sql("SELECT message_id, was, became FROM moved ORDER BY id")).all()
    for message_id, was, became in moves:
        anew = was in FAILED and became == "planned"
        backwards = RANKS.get(became, LAST) < RANKS.get(was, LAST) and not anew
        if was in OVER or backwards:
            yield f"message {message_id} went from {was} to {became}"


def every_text_recorded_once(database: Database, lived: Lived) -> Iterator[str]:
    """Whatever was texted to us stands there, once."""
    message = tables.message
    with database.reading() as session:
        recorded = Counter(session.scalars(select(message.c.sid).where(message.c.direction == "in")))
    erased = {phone for phone, person in lived.people.items() if person.erased_at}
    for arrived in lived.arrived:
        if arrived.from_ in erased:
            continue
        if recorded[arrived.sid] != 1:
            yield f"{arrived.body!r} of {arrived.at} is recorded {recorded[arrived.sid]} times"


def every_win_once(database: Database, lived: Lived) -> Iterator[str]:
    """What was told without a doubt stands there once, and nothing stands there that nobody told."""
    standing = _wins(database)
    for person in lived.people.values():
        if person.erased_at:
            continue
        told = {(title, each.local_date) for each in person.told if each.done for title in each.titles}
        for title, day in sorted(told):
            times = standing[person.phone, title, day]
            if times != 1:
                yield f"{person.name} did {title!r} on {day}; it stands there {times} times"
    for (phone, title, day), count in standing.items():
        person = lived.people[phone]
        told = {(each_title, each.local_date) for each in person.told if each.done for each_title in each.titles}
        if (title, day) not in told and day not in person.vague:
            yield f"{person.name} never told of {title!r} on {day}; it stands there {count} times"


def _wins(database: Database) -> Counter[tuple[str, str, date]]:
    win, goal, client = tables.win, tables.goal, tables.client
    asked = (
        select(client.c.phone, goal.c.title, win.c.local_date)
        .join(goal, goal.c.id == win.c.goal_id)
        .join(client, client.c.id == win.c.client_id)
        .where(win.c.undone_at.is_(None))
    )
    with database.reading() as session:
        return Counter((row.phone, row.title, row.local_date) for row in session.execute(asked))


def the_ledger_sums(database: Database, lived: Lived) -> Iterator[str]:
    """The months' sums are those of the lines, and the lines of each text what the carrier charged for it."""
    charge, month, message = tables.charge, tables.month_spent, tables.message
    with database.reading() as session:
        lines = session.scalar(select(func.sum(charge.c.micros))) or 0
        months = session.scalar(select(func.sum(month.c.micros))) or 0
        per_text = select(charge.c.message_id, func.sum(charge.c.micros)).group_by(charge.c.message_id)
        charged = {row[0]: row[1] for row in session.execute(per_text)}
        priced = select(message.c.id, message.c.sid).where(message.c.price_micros.is_not(None))
        known = {row.sid: row.id for row in session.execute(priced)}
    if lines != months:
        yield f"the lines add up to {lines}, the months to {months}"
    for each in lived.handed:
        message_id = known.get(each.sid)
        if message_id is not None and charged.get(message_id) != each.price_micros:
            yield f"message {message_id} cost {each.price_micros} and is charged {charged.get(message_id)}"


def nothing_left_open(database: Database, lived: Lived) -> Iterator[str]:
    """When all is over every text has ended, and who was not texted is told why."""
    message = tables.message
    with database.reading() as session:
        rows = session.execute(
            select(
                message.c.id, message.c.kind, message.c.channel, message.c.state, message.c.reason, message.c.error_code
            ).where(message.c.direction == "out", message.c.state.in_((*OPEN, *RINGING, "not_sent")))
        ).all()
    for row in rows:
        if row.state in OPEN or (row.channel == "call" and row.state in RINGING):
            yield f"message {row.id} ({row.kind}) is still {row.state} ({row.reason})"
        elif row.reason is None and row.error_code is None:
            yield f"message {row.id} ({row.kind}) was not sent and does not say why"


def erased_means_erased(database: Database, lived: Lived) -> Iterator[str]:
    """Of whoever is forgotten nothing is left in any table but the proof, and nothing at the carrier."""
    erased = [person for person in lived.people.values() if person.erased_at]
    if not erased:
        return
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in PROOF:
                continue
            for row in session.execute(select(table)):
                written = " ".join(map(str, row))
                for person in erased:
                    if any(mark in written for mark in (person.phone, *person.titles)):
                        yield f"{person.name} is still in {table.name}: {written}"
    phones = {person.phone for person in erased}
    held: list[Handed | Arrived] = [*lived.handed, *lived.arrived]
    for text in held:
        if text.sid and not text.forgotten and not phones.isdisjoint((text.to, text.from_)):
            yield f"the carrier still has the text from {text.from_} to {text.to} of {text.at}"
