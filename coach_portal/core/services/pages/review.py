"""The review queue: texts we are unsure of, each with what it answered and what we took it for, in few statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coach_portal.core.models import CheckIn, Client, Coach, Goal, Message
from coach_portal.core.rules.marks import Aim, Day, mark_of
from coach_portal.core.rules.texts.labels import as_done
from coach_portal.core.rules.texts.language import language
from coach_portal.core.services import scope
from coach_portal.core.services.pages import transcript
from coach_portal.core.services.pages.transcript import Piece, Told
from coach_portal.core.services.replies import corrections, readings

SHOWN = 20
LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Understood:
    """One text as it was read: whose, what it answered, its words with their evidence, what we took it for."""

    message: Message
    client: Client
    question: str | None
    asked: list[Goal]
    goals: dict[int, Goal]
    pieces: list[Piece]
    told: list[Told]
    acts: tuple[str, ...]
    given: dict[str, Any]

    @property
    def day(self) -> date:
        """The day it was written, where the client was."""
        return readings.day_of(self.message, self.client)

    @property
    def done(self) -> set[int | None]:
        """The goals taken as done that day; None among them for a win outside the goals."""
        return {win["goal_id"] for win in self.given["wins"] if win["on"] == self.day}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was taken as reported."""
        return not (self.given["wins"] or self.given["misses"])


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of the texts coaches looked at lately, how many stood as we had read them."""

    looked_at: int
    stood: int


@dataclass(frozen=True, slots=True)
class Queue:
    """The newest texts that wait for a look, how many wait in all, and how often we were right."""

    texts: list[Understood]
    waiting: int
    accuracy: Accuracy


def queue(session: Session, coach: Coach, now: datetime) -> Queue:
    """What waits for this coach's look."""
    messages = session.scalars(corrections.unsure(coach).limit(SHOWN)).all()
    waiting = count(session, coach) if len(messages) == SHOWN else len(messages)
    return Queue(understood(session, messages), waiting, accuracy(session, coach, now))


def count(session: Session, coach: Coach) -> int:
    """How many texts wait for this coach's look, in one statement."""
    unsure = corrections.unsure(coach).with_only_columns(func.count()).order_by(None)
    return session.scalar(unsure) or 0


def accuracy(session: Session, coach: Coach, now: datetime) -> Accuracy:
    """How often we were right, as far as this coach can see."""
    corrected = Message.understanding["corrected"].as_boolean().is_(True)
    looked_at = select(func.count(), func.count().filter(corrected)).where(
        Message.client_id.in_(scope.ids_of(coach)), Message.direction == "in", Message.reviewed_at > now - LATELY
    )
    seen, changed = session.execute(looked_at).one()
    return Accuracy(seen, seen - changed)


def read(session: Session, message: Message) -> Understood:
    """One text as it stands."""
    (text,) = understood(session, [message], {message.id: readings.as_it_stands(session, message)})
    return text


def understood(
    session: Session, messages: Sequence[Message], standing: Mapping[int, dict[str, Any]] | None = None
) -> list[Understood]:
    """These texts as they were read, or as they stand where that is known."""
    client_ids = {message.client_id for message in messages}
    clients = {client.id: client for client in session.scalars(select(Client).where(Client.id.in_(client_ids)))}
    goals = goals_of(session, client_ids)
    asked_ids, questions = _questions(session, messages)
    return [
        _understood(
            message,
            (standing or {}).get(message.id, message.understanding or {}),
            clients[message.client_id or 0],
            goals[message.client_id],
            asked_ids.get(message.check_in_id or 0, []),
            questions.get(message.check_in_id or 0),
        )
        for message in messages
    ]


def goals_of(session: Session, client_ids: Collection[int | None]) -> defaultdict[int | None, dict[int, Goal]]:
    """These clients' goals by client and id, retired ones too, in the order the clients see them."""
    goals: defaultdict[int | None, dict[int, Goal]] = defaultdict(dict)
    for goal in session.scalars(select(Goal).where(Goal.client_id.in_(client_ids)).order_by(Goal.position)):
        goals[goal.client_id][goal.id] = goal
    return goals


def told_of(understanding: dict[str, Any], goals: dict[int, Goal], message: Message, client: Client) -> list[Told]:
    """What an understanding reports, as the conversation tells it."""
    reading = readings.reported(understanding)
    wins = [_told_win(win, goals, message.body) for win in reading["wins"]]
    day = readings.day_of(message, client)
    return wins + [Told("missed", goals[goal_id].title, day, undone=False) for goal_id in reading["misses"]]


def _told_win(win: dict[str, Any], goals: dict[int, Goal], body: str) -> Told:
    goal = goals.get(win["goal_id"] or 0)
    if goal is None:
        return Told("done", readings.own_words_of(win, body), win["on"], undone=False)
    mark = mark_of(Aim(goal.amount, goal.direction), Day([win.get("amount")]))
    words = as_done(transcript.goal_words(goal), win.get("amount"), None, language("en"))
    return Told(mark, words, win["on"], undone=False)


def _questions(session: Session, messages: Sequence[Message]) -> tuple[dict[int, list[int]], dict[int, str]]:
    """By check-in: the goals it asked about, and the words it asked in."""
    ids = {message.check_in_id for message in messages if message.check_in_id}
    asked = session.execute(
        select(CheckIn.id, CheckIn.goal_ids, Message.body)
        .join(Message, Message.check_in_id == CheckIn.id)
        .where(CheckIn.id.in_(ids), Message.direction == "out", Message.state != "not_sent")
        .order_by(Message.id)
    ).all()
    return {row.id: row.goal_ids for row in asked}, {row.id: row.body for row in asked}


def _understood(
    message: Message,
    understanding: dict[str, Any],
    client: Client,
    goals: dict[int, Goal],
    asked_ids: Sequence[int],
    question: str | None,
) -> Understood:
    return Understood(
        message=message,
        client=client,
        question=question,
        asked=[goal for goal in goals.values() if goal.id in asked_ids and goal.retired_at is None],
        goals=goals,
        pieces=transcript.pieces(message.body, understanding),
        told=told_of(understanding, goals, message, client),
        acts=transcript.acts(understanding),
        given=readings.given(understanding, message.body),
    )
