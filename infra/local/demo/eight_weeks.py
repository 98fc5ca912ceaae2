"""Three clients over eight weeks, as a transcript: one steady, one slipping, one silent.

What they say is written down here; everything else is the product: the services plan, send, receive and understand,
against the make-believe carrier's book, on a clock that runs from question to question. Their coach looks at what she
is offered on Mondays, and does it.
"""

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.db import Database
from coach_portal.core.models import Alert, Client, Coach, Message
from coach_portal.core.rules.habit.sizes import grown, shrunk
from coach_portal.core.rules.schedule import moment_of, zone
from coach_portal.core.rules.texts.growing import resized
from coach_portal.core.services.moments import schedules
from coach_portal.core.services.pages.transcript import goal_words
from coach_portal.core.services.people import clients
from coach_portal.core.services.progress import goals, growing
from coach_portal.core.services.progress.growing import Offer
from coach_portal.core.services.sending import texts
from infra.local.carrier.book import Book
from infra.local.demo.breath import OneBreath
from infra.local.demo.furnish import NUMBER, migrated, open_practice
from infra.local.demo.post import Post
from infra.local.demo.story import Act, Story
from infra.local.demo.three import THREE, Life

FIRST_DAY = date(2026, 9, 7)
"""A Monday."""
DAYS = 56
ZONE = "America/New_York"
INVITED_AT, AGREES_AFTER = "08:02", timedelta(minutes=6)
LOOKS_AT = "10:00"
PUBLIC_URL, PRIVATE_LINK = "https://northlight.example", re.compile(r"/w/\S+")
ALERTS = {
    "silent_client": "Ines is told that Lena has gone quiet, and the questions rest.",
    "wants_answer": "Ines is shown this text: it wants an answer.",
}
HEAD = """# Eight weeks of three clients

Made by `coach-portal transcript`: what they say is written down beforehand, everything else is what the product did,
on a clock that runs through eight weeks in seconds. Quoted lines are theirs; what stands in italics the client does
not see.
"""
UNDELIVERED = {"not_sent", "planned"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, whose words (us, them, or a note beside the conversation), and the words."""

    at: datetime
    who: str
    words: str


@dataclass(slots=True)
class Told:
    """What happened beside the texts, by client."""

    notes: dict[int, list[Line]] = field(default_factory=dict)

    def note(self, client_id: int, at: datetime, words: str) -> None:
        """Something a reader should know."""
        self.notes.setdefault(client_id, []).append(Line(at, "note", words))


def write() -> str:
    """The transcript, as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        database = migrated(here / "weeks.db")
        book = Book(str(here / "carrier.db"))
        try:
            return _told(database, book)
        finally:
            database.finish()
            book.close()


def _told(database: OneBreath, book: Book) -> str:
    begins_at = moment_of(FIRST_DAY, INVITED_AT, ZONE)
    coach_id = open_practice(database, "a password nobody uses", begins_at - timedelta(hours=1))
    told, story = Told(), Lives(database, Post(book, {}), NUMBER, PUBLIC_URL)
    coaching = Coaching(database, story, coach_id, told)
    for life in THREE:
        story.at(begins_at, coaching.take_on(life))
    for week in range(1, DAYS // 7):
        story.at(moment_of(FIRST_DAY + timedelta(weeks=week), LOOKS_AT, ZONE), coaching.look)
    story.tell(moment_of(FIRST_DAY + timedelta(days=DAYS), "06:00", ZONE), lambda _: None)
    return coaching.transcript()


class Lives(Story):
    """A story in which people answer as their lives say. `lives` go by client id."""

    lives: dict[int, Life]

    def __init__(self, database: Database, post: Post, number: str, public_url: str):
        super().__init__(database, post, number, public_url)
        self.lives = {}

    def answers(self, client_id: int, kind: str, local_time: str, question: str, moment: datetime) -> None:
        """What they text back to a question, if anything."""
        life = self.lives[client_id]
        day = (moment.astimezone(zone(ZONE)).date() - FIRST_DAY).days
        words = life.reflections.get(day // 7) if kind == "reflection" else life.says.get(day)
        if words:
            self.at(moment + timedelta(minutes=2 + day * 7 % 23), self.text(life.phone, words))


class Coaching:
    """What the coach does, and what is told of it in the end."""

    def __init__(self, database: Database, story: Lives, coach_id: int, told: Told):
        self._database, self._story, self._coach_id, self._told = database, story, coach_id, told
        self._grew: set[int] = set()

    def take_on(self, life: Life) -> Act:
        """Invite someone, agree their goal and when they are asked."""

        def act(moment: datetime) -> Sequence[int]:
            with self._database.session() as session:
                coach = session.get_one(Coach, self._coach_id)
                details = {"name": life.name, "phone": life.phone, "timezone": ZONE, "locale": "en", "country": "US"}
                client, to_send = clients.add_client(session, coach, details, moment)
                goals.add_goal(session, coach, client, {**life.goal, "direction": "at_least"}, moment)
                when = {"kind": "check_in", "days": "1234567", "local_time": life.asked_at}
                schedules.add_schedule(session, coach, client, when, moment)
                self._story.lives[client.id] = life
            self._story.at(moment + AGREES_AFTER, self._story.text(life.phone, "YES"))
            self._plan(life)
            return to_send

        return act

    def look(self, moment: datetime) -> None:
        """On Mondays she takes up what she is offered."""
        with self._database.session() as session:
            coach = session.get_one(Coach, self._coach_id)
            for offer in growing.offers(session, coach, moment):
                self._take_up(session, coach, offer, moment)

    def transcript(self) -> str:
        """All of it, client by client."""
        with self._database.reading() as session:
            told = [self._of_client(session, client_id, life) for client_id, life in self._story.lives.items()]
        return "\n".join([HEAD, *told])

    def _plan(self, life: Life) -> None:
        for day, local_time, words in life.unasked:
            self._story.at(
                moment_of(FIRST_DAY + timedelta(days=day), local_time, ZONE), self._story.text(life.phone, words)
            )
        for day, local_time, words in life.coach:
            self._story.at(moment_of(FIRST_DAY + timedelta(days=day), local_time, ZONE), self._writes(life, words))

    def _writes(self, life: Life, words: str) -> Act:
        def act(moment: datetime) -> Sequence[int]:
            with self._database.session() as session:
                client = session.scalars(select(Client).where(Client.phone == life.phone)).one()
                return texts.text_by_hand(session, session.get_one(Coach, self._coach_id), client, words, moment)

        return act

    def _take_up(self, session: Session, coach: Coach, offer: Offer, moment: datetime) -> None:
        goal, given = offer.goal, offer.advice
        fact = f"kept {given.kept} of {given.times}"
        if given.kind == "automatic" and goal.id in self._grew:
            self._note(offer, moment, f"{goal.title}, {fact}: Ines lets it be for now.")
            growing.let_be(session, coach, offer.client, goal, moment)
            return
        size = grown if given.kind == "automatic" else shrunk
        amount = size(goal.amount or 0, goal.direction)
        if amount is None:
            return
        title = resized(goal_words(goal), amount, offer.client.locale)
        self._note(offer, moment, f"{goal.title}, {fact}: Ines makes it {title}.")
        goals.edit_goal(session, coach, goal, {"title": title, "amount": amount}, moment)
        self._grew.add(goal.id)

    def _note(self, offer: Offer, moment: datetime, words: str) -> None:
        self._told.note(offer.client.id, moment, words)

    def _of_client(self, session: Session, client_id: int, life: Life) -> str:
        of = Message.client_id == client_id
        sent = session.scalars(select(Message).where(of, Message.state.not_in(UNDELIVERED)).order_by(Message.id))
        lines = [_line(text, life) for text in sent]
        lines += self._told.notes.get(client_id, [])
        alerts = session.scalars(select(Alert).where(Alert.client_id == client_id, Alert.kind.in_(ALERTS)))
        lines += [Line(alert.created_at, "note", ALERTS[alert.kind]) for alert in alerts]
        return "\n".join([f"## {life.name.split()[0]}, {life.kind}", "", _intro(life), *_by_week(lines)])


def _moment(day: int, local_time: str) -> datetime:
    return moment_of(FIRST_DAY + timedelta(days=day), local_time, ZONE)


def _intro(life: Life) -> str:
    return f"{life.goal['title']}, {life.goal['anchor']}; asked every day at {life.asked_at.removeprefix('0')}.\n"


def _line(text: Message, life: Life) -> Line:
    who = life.name.split()[0] if text.direction == "in" else "us"
    return Line(text.handed_at or text.created_at, who, PRIVATE_LINK.sub("/w/...", text.body))


def _by_week(lines: Sequence[Line]) -> Iterator[str]:
    week = day = None
    for line in sorted(lines, key=lambda line: line.at):
        local = line.at.astimezone(zone(ZONE))
        number = (local.date() - FIRST_DAY).days // 7 + 1
        if number != week:
            week = number
            yield f"### Week {week}\n"
        if local.date() != day:
            day = local.date()
            yield f"**{local:%A} {local.day} {local:%B}**\n"
        at = f"{local.hour}:{local.minute:02}"
        if line.who == "note":
            yield f"*{line.words}*\n"
        elif line.who == "us":
            yield f"{at} {line.words}\n"
        else:
            yield f"> {at} {line.who}: {line.words}\n"
