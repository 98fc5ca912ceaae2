"""What coaches are offered about goals that have become automatic or fail; each step can be taken back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coach_portal.core.models import Client, Coach, Goal, Message
from coach_portal.core.rules.habit.growing import AUTOMATIC_OVER, LET_BE_FOR, Advice, advice
from coach_portal.core.rules.habit.record import Record
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts.growing import thanks
from coach_portal.core.services import audit, scope
from coach_portal.core.services.progress import goals, habits
from coach_portal.core.services.progress.habits import Habits
from coach_portal.core.services.sending import outbox

UNDO_WITHIN = timedelta(seconds=20)
"""A text that may be taken back waits a little longer than the way back is shown."""
SENDS_WITHIN = timedelta(hours=24)
LOOKS_BACK = AUTOMATIC_OVER + timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Offer:
    """A goal that is ready for the next step, and the fact it rests on."""

    client: Client
    goal: Goal
    advice: Advice


def offers(session: Session, coach: Coach, now: datetime) -> list[Offer]:
    """Everything to grow, stack, retire, shrink or anchor anew, for the clients this coach may see."""
    ids = scope.ids_of(coach).where(Client.archived_at.is_(None), Client.consent == "granted", Client.held_at.is_(None))
    active = (
        select(Client, Goal)
        .join(Goal, Goal.client_id == Client.id)
        .where(Client.id.in_(ids), Goal.retired_at.is_(None))
        .order_by(Client.id, Goal.position)
    )
    found = session.execute(active).all()
    known = habits.read(session, sorted({client.id for client, _ in found}), (now - LOOKS_BACK).date())
    return [Offer(client, goal, advised) for client, goal in found if (advised := _found(goal, client, known, now))]


def given(goal: Goal, record: Record, today: date) -> Advice | None:
    """What one goal's record advises, unless the coach wanted to let it be."""
    rests = goal.let_be_until is not None and today < goal.let_be_until
    return None if rests else advice(record, today)


def let_be(session: Session, coach: Coach, client: Client, goal: Goal, now: datetime) -> None:
    """No more advice about this goal for some weeks."""
    goal.let_be_until = now.astimezone(zone(client.timezone)).date() + LET_BE_FOR
    audit.record(session, client.practice_id, audit.by(coach), "let_goal_be", f"goal:{goal.id}", now)


def advise_again(session: Session, coach: Coach, goal: Goal, now: datetime) -> None:
    """The coach takes that back."""
    goal.let_be_until = None
    audit.record(session, goal.practice_id, audit.by(coach), "advise_goal", f"goal:{goal.id}", now)


def retire_with_thanks(session: Session, coach: Coach, client: Client, goal: Goal, now: datetime) -> int | None:
    """Ask about it no more and thank the client; answers the id of the text, None where none may be sent.

    The text waits for UNDO_WITHIN, so that `bring_back` can stop it.
    """
    goals.retire_goal(session, coach, goal, now)
    if client.consent != "granted":
        return None
    body = thanks(goal.title, client.locale, client=_first(client.name), coach=_first(coach.name), variant=goal.id)
    row = outbox.to_client(
        session, client, "thanks", body, now, send_after=now + UNDO_WITHIN, deadline_at=now + SENDS_WITHIN
    )
    return outbox.plan(session, row)


def bring_back(session: Session, coach: Coach, goal: Goal, message_id: int | None, now: datetime) -> None:
    """Take a retirement back, and its text where it has not left yet."""
    goal.retired_at = None
    waiting = (Message.id == message_id, Message.client_id == goal.client_id, Message.kind == "thanks")
    stop = update(Message).where(*waiting, Message.state == "planned")
    session.execute(stop.values(state="not_sent", reason="taken_back"))
    audit.record(session, goal.practice_id, audit.by(coach), "bring_back_goal", f"goal:{goal.id}", now)


def _first(name: str) -> str:
    return name.partition(" ")[0]


def _found(goal: Goal, client: Client, known: Habits, now: datetime) -> Advice | None:
    return given(goal, known.record(goal, client.timezone), now.astimezone(zone(client.timezone)).date())
