"""A client's conversation as the coach reads it: every text, what was understood of it, and what came of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.models import Client, Goal, Message, Miss, Photo, Win
from coach_portal.core.rules.marks import Aim, Day, Mark, mark_of
from coach_portal.core.rules.texts.labels import as_done
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.words import GoalWords
from coach_portal.core.services.photos import showing

LENGTH = 24
"""How many of the latest texts a page shows unless asked for more."""

Shade = Literal["plain", "done", "missed", "coach"]
# What each act's evidence is underlined as; acts that only steer our texts are not underlined.
_SHADES: dict[str, Shade] = {"message": "coach", "crisis": "coach", "maybe_stop": "coach"}
_SILENT_ACTS = frozenset({"win", "miss", "chatter"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text's words, and what they are evidence of."""

    words: str
    shade: Shade


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was recorded from a text: its mark, the thing in words, the day, and whether it was taken back."""

    mark: Mark
    words: str
    on: date
    undone: bool


@dataclass(slots=True)
class Said:
    """One text. `told` and `acts` are empty for our own."""

    message: Message
    pieces: list[Piece]
    told: list[Told] = field(default_factory=list)
    acts: tuple[str, ...] = ()
    photos: list[Photo] = field(default_factory=list)

    @property
    def is_theirs(self) -> bool:
        """Whether the client wrote it."""
        return self.message.direction == "in"

    @property
    def at(self) -> datetime:
        """When it was written, or for ours when it went or was due."""
        return self.message.handed_at or self.message.created_at


def read(session: Session, client: Client, goals: dict[int, Goal], length: int = LENGTH) -> list[Said]:
    """The latest texts, oldest first. `goals` are all the client's, retired ones too."""
    latest = select(Message).where(Message.client_id == client.id).order_by(Message.id.desc()).limit(length)
    conversation = said(session, session.scalars(latest).all(), goals)
    return sorted(conversation, key=lambda each: (each.at, each.message.id))


def said(session: Session, messages: Sequence[Message], goals: dict[int, Goal]) -> list[Said]:
    """These texts with what was understood of each. `goals` are all the client's."""
    theirs = [message.id for message in messages if message.direction == "in"]
    told, photos = _told(session, theirs, goals), showing.of_messages(session, theirs)
    return [
        Said(
            message,
            pieces(message.body, message.understanding),
            told[message.id],
            acts(message.understanding),
            photos[message.id],
        )
        for message in messages
    ]


def acts(understanding: dict[str, Any] | None) -> tuple[str, ...]:
    """What a text asked for beside reporting."""
    found = (understanding or {}).get("acts", ())
    return tuple(act for act in found if act not in _SILENT_ACTS)


def pieces(body: str, understanding: dict[str, Any] | None) -> list[Piece]:
    """The text cut where its evidence begins and ends. Where two overlap, the first keeps the words."""
    cut: list[Piece] = []
    at = 0
    for start, end, shade in sorted(_evidence(understanding or {})):
        if at <= start < end <= len(body):
            cut += [Piece(body[at:start], "plain"), Piece(body[start:end], shade)]
            at = end
    cut.append(Piece(body[at:], "plain"))
    return [piece for piece in cut if piece.words]


def _evidence(understanding: dict[str, Any]) -> list[tuple[int, int, Shade]]:
    found: list[tuple[int, int, Shade]] = []
    shades: tuple[tuple[str, Shade], ...] = (("wins", "done"), ("misses", "missed"))
    for name, shade in shades:
        for item in understanding.get(name, ()):
            if isinstance(item, dict) and item.get("start") is not None and item.get("end") is not None:
                found.append((item["start"], item["end"], shade))
    for act, span in (understanding.get("evidence") or {}).items():
        if act in _SHADES and span:
            found.append((span[0], span[1], _SHADES[act]))
    return found


def _told(session: Session, message_ids: Sequence[int], goals: dict[int, Goal]) -> defaultdict[int, list[Told]]:
    told: defaultdict[int, list[Told]] = defaultdict(list)
    for win in session.scalars(select(Win).where(Win.message_id.in_(message_ids)).order_by(Win.id)):
        told[win.message_id or 0].append(
            Told(mark_of_win(win, goals), win_in_words(win, goals), win.local_date, win.undone_at is not None)
        )
    for miss in session.scalars(select(Miss).where(Miss.message_id.in_(message_ids)).order_by(Miss.id)):
        title = goals[miss.goal_id].title
        told[miss.message_id or 0].append(Told("missed", title, miss.local_date, miss.undone_at is not None))
    return told


def mark_of_win(win: Win, goals: dict[int, Goal]) -> Mark:
    """The mark one win makes by itself."""
    goal = goals.get(win.goal_id or 0)
    return mark_of(Aim(goal.amount, goal.direction), Day([win.amount])) if goal else "done"


def win_in_words(win: Win, goals: dict[int, Goal], locale: str = "en") -> str:
    """What was done, in few words: "3 squats"; outside the goals, their own."""
    goal = goals.get(win.goal_id or 0)
    if goal is None:
        return win.title or "A win of their own"
    return as_done(goal_words(goal), win.amount, None, language(locale))


def goal_words(goal: Goal) -> GoalWords:
    """The goal as texts speak of it."""
    return GoalWords(goal.title, goal.anchor or "", goal.amount, goal.unit or "")
