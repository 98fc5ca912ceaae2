"""All there is to know about one alert: whom it is about, their words, whom to call, and every step that was taken."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.models import Alert, AlertStep, Client, Coach, Email, Message, Practice, SecondContact
from coach_portal.core.rules.crisis_lines import CrisisLines, crisis_lines
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.phone import country_of
from coach_portal.core.services.pages import transcript
from coach_portal.core.services.pages.transcript import Piece


@dataclass(frozen=True, slots=True)
class Line:
    """One step: what it was, whom it reached, and what became of the text or email, where it was one.

    `state` is the message's or email's, "" where the step was neither.
    """

    at: datetime
    step: str
    who: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One alert. `client` is None for a number that is nobody's; `pieces` are the words, with their evidence."""

    alert: Alert
    practice: Practice
    client: Client | None
    message: Message | None
    coach: Coach | None
    held_by: str
    lines: list[Line] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    @property
    def phone(self) -> str:
        """Whom to call."""
        if self.client is not None:
            return self.client.phone
        return self.message.from_phone if self.message is not None else ""

    @property
    def crisis(self) -> CrisisLines:
        """Whom else to call, where they are."""
        return crisis_lines(self.client.country if self.client is not None else country_of(self.phone))


def read(session: Session, alert: Alert) -> AlertPage:
    """An alert with everything about it. Whether the reader may see it is for the caller to know."""
    client = session.get(Client, alert.client_id) if alert.client_id is not None else None
    message = session.get(Message, alert.message_id) if alert.message_id is not None else None
    theirs = message if message is not None and message.direction == "in" else None
    return AlertPage(
        alert=alert,
        practice=session.get_one(Practice, alert.practice_id),
        client=client,
        message=theirs,
        coach=session.get(Coach, alert.closed_by) if alert.closed_by is not None else None,
        held_by=name_of(session, alert.practice_id, alert.acknowledged_by),
        lines=_timeline(session, alert),
        pieces=transcript.pieces(theirs.body, theirs.understanding) if theirs is not None else [],
    )


def for_holder(session: Session, links: Links, token: str, machine_now: datetime) -> tuple[Alert, str, str] | None:
    """The alert that a link opens, with its holder as audit and people name them; None when it opens nothing (more).

    A coach who has left, and a second contact who was removed, hold a link that opens nothing.
    """

    def written(alert_id: int) -> datetime | None:
        alert = session.get(Alert, alert_id)
        return alert.created_at if alert is not None else None

    held = links.read_alert(token, machine_now, written)
    alert = session.get(Alert, held.alert_id) if held is not None else None
    if alert is None or held is None:
        return None
    actor = "second_contact" if held.coach_id is None else f"coach:{held.coach_id}"
    name = name_of(session, alert.practice_id, actor)
    return (alert, actor, name) if name else None


def name_of(session: Session, practice_id: int, actor: str | None) -> str:
    """What people call an actor of this practice, "" when there is none (any more)."""
    if actor == "second_contact":
        second = session.get(SecondContact, practice_id)
        return second.name if second is not None else ""
    if actor is None or not actor.startswith("coach:"):
        return ""
    coach = session.get(Coach, int(actor.removeprefix("coach:")))
    return coach.name if coach is not None and coach.active and coach.practice_id == practice_id else ""


def _timeline(session: Session, alert: Alert) -> list[Line]:
    steps = (
        select(AlertStep, Message.state, Email.state)
        .outerjoin(Message, Message.id == AlertStep.message_id)
        .outerjoin(Email, Email.id == AlertStep.email_id)
        .where(AlertStep.alert_id == alert.id)
        .order_by(AlertStep.id)
    )
    return [
        Line(step.at, step.step, step.who or "", texted or mailed or "")
        for step, texted, mailed in session.execute(steps)
    ]
