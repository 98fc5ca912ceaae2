"""Today: what wants this coach now, what is about to be sent, and whom they meet, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from coach_portal.core.models import Alert, Appointment, CheckInSchedule, Client, Coach, Message
from coach_portal.core.rules.escalation import URGENT
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.standing import SILENT_CLIENT, Standing
from coach_portal.core.services import scope
from coach_portal.core.services.pages import gone_quiet, roster, transcript, worth_a_word
from coach_portal.core.services.pages.gone_quiet import Quiet
from coach_portal.core.services.pages.roster import Wanted
from coach_portal.core.services.pages.transcript import Piece
from coach_portal.core.services.pages.worth_a_word import Praise

SOON = timedelta(hours=24)
SHOWN, MOST_QUIET = 40, 5
UNASKED: tuple[Standing, ...] = ("held", "number_broken", "paused", "not_confirmed", "declined", "opted_out")
"""How those stand to whom nothing is sent by itself."""
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


@dataclass(slots=True)
class Hour:
    """A moment of the day: the session that begins, or who is asked."""

    at: datetime
    meeting: Meeting | None = None
    asked: list[Coming] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Today:
    """The first page of a coach's day."""

    now: datetime
    danger: list[Matter]
    in_hand: list[Matter]
    grave: list[Matter]
    questions: list[Matter]
    others: list[Matter]
    quiet: list[Quiet]
    quiet_count: int
    praise: list[Praise]
    hours: list[Hour]
    coming: int
    meetings: list[Meeting]
    not_sent: dict[Standing, int]
    clients: int

    @property
    def is_quiet(self) -> bool:
        """Whether nothing wants the coach."""
        return not (self.danger or self.in_hand or self.grave or self.questions or self.others or self.quiet)


def read(session: Session, coach: Coach, now: datetime) -> Today:
    """What this coach should see first."""
    matters = _matters(session, coach)
    everyone = roster.read(session, coach, now, Wanted(standing="silent", sort="heard", size=MOST_QUIET))
    silent = {one.alert.client_id: one.alert for one in matters if one.alert.kind == SILENT_CLIENT}
    quiet = gone_quiet.read(session, everyone.lines, {id_: alert for id_, alert in silent.items() if id_})
    told = {one.alert.id for one in quiet if one.alert}
    coming, meetings = _coming(session, coach, now), _meetings(session, coach, now)
    listed = [one for one in matters if one.alert.id not in told]
    return Today(
        now=now,
        danger=[one for one in listed if one.alert.kind in DANGER and one.alert.acknowledged_at is None],
        in_hand=[one for one in listed if one.alert.kind in DANGER and one.alert.acknowledged_at is not None],
        grave=[matter for matter in listed if matter.alert.kind == GRAVE],
        questions=[matter for matter in listed if matter.alert.kind == QUESTION],
        others=[matter for matter in listed if matter.alert.kind not in {*DANGER, GRAVE, QUESTION}],
        quiet=quiet,
        quiet_count=len(everyone.ids),
        praise=worth_a_word.read(session, coach, now),
        hours=_hours(meetings, coming[:SHOWN]),
        coming=len(coming),
        meetings=meetings,
        not_sent={state: everyone.counts[state] for state in UNASKED if state in everyone.counts},
        clients=sum(everyone.counts.values()),
    )


def _hours(meetings: Sequence[Meeting], coming: Sequence[Coming]) -> list[Hour]:
    """Sessions and questions on one line of time, those who are asked in the same minute together."""
    hours = [Hour(meeting.appointment.starts_at, meeting) for meeting in meetings]
    for at, together in groupby(coming, key=lambda one: one.at.replace(second=0, microsecond=0)):
        hours.append(Hour(at, asked=list(together)))
    return sorted(hours, key=lambda hour: hour.at)


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
