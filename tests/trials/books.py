"""The carrier's book beside our record: the two must say the same, text by text."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from coach_portal.core.db import Database
from coach_portal.core.models import Charge, CheckIn, Client, InboundText, Message, MonthSpent, Suppression, Win
from tests.trials.people import COACH_PHONE

ANSWERS = frozenset({"reply", "help", "safety"})
ANSWERED = frozenset({"win", "miss", "help", "danger"})
TOLD_AGAIN = "coach_alert"
"""The kind that is told again and again until somebody has it in hand: it is never over."""
OPEN = ("planned", "sending", "unknown")


@dataclass(frozen=True)
class Book:
    """The carrier's side: its rows by their ids, in the order they came."""

    texts: Mapping[str, Any]

    @classmethod
    def read(cls, file: Path) -> "Book":
        """Read the file it keeps."""
        with closing(sqlite3.connect(file)) as book:
            book.row_factory = sqlite3.Row
            return cls({row["sid"]: row for row in book.execute("SELECT * FROM text ORDER BY id")})

    def of(self, direction: str) -> dict[str, Any]:
        """Those of one direction: inbound, outbound-api, or outbound-reply for what a webhook answered."""
        return {sid: text for sid, text in self.texts.items() if text["direction"] == direction}


@dataclass(frozen=True)
class Record:
    """Our side."""

    messages: list[Any]
    inbound: set[str]
    asked: Counter[int]
    wins: Counter[int]
    stopped: set[str]
    phones: dict[int, str]
    sums: tuple[int, int]

    @classmethod
    def read(cls, database: Database) -> "Record":
        """Read all of it at one moment."""
        with database.reading() as session:
            return cls(
                list(session.execute(select(*Message.__table__.c))),
                set(session.scalars(select(InboundText.sid))),
                Counter(session.scalars(select(CheckIn.client_id))),
                Counter(session.scalars(select(Win.client_id))),
                set(session.scalars(select(Suppression.phone))),
                {each.id: each.phone for each in session.execute(select(Client.id, Client.phone))},
                (sum(session.scalars(select(Charge.micros))), sum(session.scalars(select(MonthSpent.micros)))),
            )

    def out(self, *kinds: str) -> list[Any]:
        """What we sent, of these kinds or of all."""
        return [each for each in self.messages if each.direction == "out" and (not kinds or each.kind in kinds)]


@dataclass
class Compared:
    """The two beside each other; `breaches` must be empty."""

    handed: int = 0
    recorded: int = 0
    arrived: int = 0
    heard: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    unsent: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        def told(counted: Counter[str]) -> str:
            return ", ".join(f"{what} {number}" for what, number in sorted(counted.items())) or "none"

        lines = [
            f"sent             {self.handed} at the carrier, {self.recorded} in the database",
            f"received         {self.arrived} at the carrier, {self.heard} in the database, each once",
            f"kinds            {told(self.kinds)}",
            f"states           {told(self.states)}",
            f"not sent         {told(self.unsent)}",
            *(f"BREACH           {breach}" for breach in self.breaches[:20]),
        ]
        return "\n".join([*lines, f"{len(self.breaches)} BREACHES" if self.breaches else "equal, to the text"])


def is_quiet(database: Database, book: Path) -> bool:
    """Whether all that came in is recorded and all that is to leave has left, but what is told again and again."""
    unfinished = select(Message.id).where(Message.state.in_(OPEN), Message.kind != TOLD_AGAIN).limit(1)
    with database.reading() as session:
        heard = set(session.scalars(select(InboundText.sid)))
        is_open = session.scalar(unfinished) is not None
    return not is_open and Book.read(book).of("inbound").keys() <= heard


def compare(database: Database, book_file: Path, said: Mapping[str, str], *, clients: int) -> Compared:
    """Judge. `said` is what each phone answered, see `load.WORDS`; `clients` how many were to be asked once each."""
    book, record, found = Book.read(book_file), Record.read(database), Compared()
    found.breaches += _texts_differ(book, record)
    found.breaches += _asked_otherwise(record, clients)
    found.breaches += _heard_otherwise(book, record)
    found.breaches += _answered_otherwise(book, record, said)
    if record.sums[0] != record.sums[1]:
        found.breaches.append(f"the ledger adds up to {record.sums[0]}, the month's sums to {record.sums[1]}")
    found.handed, found.arrived = len(book.texts) - len(book.of("inbound")), len(book.of("inbound"))
    found.recorded, found.heard = sum(each.sid is not None for each in record.out()), len(record.inbound)
    found.kinds = Counter(each.kind for each in record.out() if each.sid is not None)
    found.states = Counter(each.state for each in record.out())
    found.unsent = Counter(each.reason or "?" for each in record.out() if each.state == "not_sent")
    return found


def _texts_differ(book: Book, record: Record) -> Iterator[str]:
    ours = {each.sid: each for each in record.out() if each.sid is not None}
    for sid in book.of("outbound-api").keys() - ours.keys():
        yield f"the carrier sent {sid}, of which we know nothing"
    for sid in ours.keys() - book.texts.keys():
        yield f"we believe in {sid}, which the carrier never had"
    for sid in ours.keys() & book.texts.keys():
        if (ours[sid].to_phone, ours[sid].body) != (book.texts[sid]["recipient"], book.texts[sid]["body"]):
            yield f"message {ours[sid].id} is another text at the carrier"
    for each in record.out():
        if each.state in OPEN and each.kind != TOLD_AGAIN:
            yield f"message {each.id} ({each.kind}) is {each.state} for ever"
        elif each.sid is None and each.reason is None and each.error_code is None and each.kind != TOLD_AGAIN:
            yield f"message {each.id} ({each.kind}) was not sent and does not say why"


def _asked_otherwise(record: Record, clients: int) -> Iterator[str]:
    if len(record.asked) != clients:
        yield f"{clients} were to be asked, {len(record.asked)} were"
    questions = Counter(each.client_id for each in record.out("check_in") if each.sid is not None)
    yield from (f"client {client} was asked {times} times" for client, times in questions.items() if times > 1)
    yield from (f"client {each.client_id} was not asked" for each in record.out("check_in") if each.sid is None)


def _heard_otherwise(book: Book, record: Record) -> Iterator[str]:
    arrived = book.of("inbound").keys()
    yield from (f"{sid} was never recorded" for sid in arrived - record.inbound)
    yield from (f"{sid} was recorded and never sent" for sid in record.inbound - arrived)
    times = Counter(each.sid for each in record.messages if each.direction == "in")
    yield from (f"{sid} was acted on {times[sid]} times" for sid in arrived if times[sid] != 1)


def _answered_otherwise(book: Book, record: Record, said: Mapping[str, str]) -> Iterator[str]:
    answers = Counter(each.answers_id for each in record.out(*ANSWERS))
    theirs = {each.from_phone: each.id for each in record.messages if each.direction == "in"}
    wins = {record.phones[client]: number for client, number in record.wins.items()}
    spoken = {text["recipient"] for text in book.of("outbound-reply").values()}
    for phone, what in said.items():
        if what == "silence" or phone == COACH_PHONE:
            continue
        if wins.get(phone, 0) != (what == "win"):
            yield f"{wins.get(phone, 0)} wins for one who said {what}"
        if answers[theirs.get(phone)] != (what in ANSWERED):
            yield f"{answers[theirs.get(phone)]} answers to {what}"
        if (phone in record.stopped) != (what == "stop"):
            yield f"{what} and {'suppressed' if phone in record.stopped else 'not suppressed'}"
        told = phone in spoken or any(each.to_phone == phone and each.sid for each in record.out("safety"))
        if what == "danger" and not told:
            yield "danger, and no lines to call reached the phone"
