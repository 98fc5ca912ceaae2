"""Today: what wants this coach now, what is about to be sent, and whom they meet, in a fixed number of statements."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from coach_portal.core.models import Alert, Appointment, CheckInSchedule, Client, Coach, Message
from coach_portal.core.rules.escalation import URGENT
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services import scope
from coach_portal.core.services.pages import transcript
from coach_portal.core.services.pages.transcript import Piece
from coach_portal.core.services.progress import growing
from coach_portal.core.services.progress.growing import Offer

SOON = timedelta(hours=24)
SHOWN = 12
DANGER = URGENT
GRAVE = "possible_risk"
QUESTION = "wants_answer"


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that wants the coach: an alert, whom it is about, and their words, if words they were."""

    alert: Alert
    client: Client | None
    message: Message | None
    pieces: list[Piece]
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A question about to be asked."""

    at: datetime
    client: Client
    kind: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session today."""

    appointment: Appointment
    client: Client


@dataclass(frozen=True, slots=True)
class Today:
    """The first page of a coach's day."""

    now: datetime
    danger: list[Matter]
    in_hand: list[Matter]
    grave: list[Matter]
    questions: list[Matter]
    others: list[Matter]
    coming: list[Coming]
    coming_count: int
    meetings: list[Meeting]
    growing: list[Offer]
    clients: int

    @property
    def is_quiet(self) -> bool:
        """Whether nothing wants the coach."""
        return not (self.danger or self.in_hand or self.grave or self.questions or self.others)


def read(session: Session, coach: Coach, now: datetime) -> Today:
    """What this coach should see first."""
    matters = _matters(session, coach)
    coming = _coming(session, coach, now)
    return Today(
        now=now,
        danger=[one for one in matters if one.alert.kind in DANGER and one.alert.acknowledged_at is None],
        in_hand=[one for one in matters if one.alert.kind in DANGER and one.alert.acknowledged_at is not None],
        grave=[matter for matter in matters if matter.alert.kind == GRAVE],
        questions=[matter for matter in matters if matter.alert.kind == QUESTION],
        others=[matter for matter in matters if matter.alert.kind not in {*DANGER, GRAVE, QUESTION}],
        coming=coming[:SHOWN],
        coming_count=len(coming),
        meetings=_meetings(session, coach, now),
        growing=growing.offers(session, coach, now),
        clients=_count(session, coach),
    )


def _matters(session: Session, coach: Coach) -> list[Matter]:
    mine: ColumnElement[bool] = Alert.client_id.in_(scope.ids_of(coach))
    if coach.role in scope.SEES_ALL:
        mine = mine | Alert.client_id.is_(None)
    statement = (
        select(Alert, Client, Message)
        .outerjoin(Client, Client.id == Alert.client_id)
        .outerjoin(Message, Message.id == Alert.message_id)
        .where(Alert.practice_id == coach.practice_id, Alert.closed_at.is_(None), mine)
        .order_by(Alert.id.desc())
        .limit(100)
    )
    return [_matter(*row) for row in session.execute(statement)]


def _matter(alert: Alert, client: Client | None, message: Message | None) -> Matter:
    if message is None or message.direction != "in":
        return Matter(alert, client, message, [], ())
    pieces = transcript.pieces(message.body, message.understanding)
    return Matter(alert, client, message, pieces, transcript.acts(message.understanding))


def _coming(session: Session, coach: Coach, now: datetime) -> list[Coming]:
    schedule = CheckInSchedule
    statement = (
        select(schedule.next_due_at, schedule.kind, Client)
        .join(Client, Client.id == schedule.client_id)
        .where(
            scope.visible(coach),
            schedule.removed_at.is_(None),
            schedule.next_due_at > now,
            schedule.next_due_at <= now + SOON,
            Client.held_at.is_(None),
            Client.quiet_at.is_(None),
            Client.unreachable_at.is_(None),
            Client.paused_until.is_(None) | (Client.paused_until <= schedule.next_due_at),
        )
        .order_by(schedule.next_due_at, Client.name)
    )
    return [Coming(at, client, kind) for at, kind, client in session.execute(statement) if at]


def _meetings(session: Session, coach: Coach, now: datetime) -> list[Meeting]:
    midnight = now.astimezone(zone(coach.timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
    statement = (
        select(Appointment, Client)
        .join(Client, Client.id == Appointment.client_id)
        .where(
            scope.visible(coach),
            Appointment.cancelled_at.is_(None),
            Appointment.starts_at >= midnight,
            Appointment.starts_at < midnight + timedelta(days=1),
        )
        .order_by(Appointment.starts_at)
    )
    return [Meeting(appointment, client) for appointment, client in session.execute(statement)]


def _count(session: Session, coach: Coach) -> int:
    mine = scope.ids_of(coach).where(Client.archived_at.is_(None)).subquery()
    return session.scalar(select(func.count()).select_from(mine)) or 0
