"""What the practice sees of its money, and the cap it sets on a month."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Alert, Charge, Client, Coach, Practice, SendingNumber
from coach_portal.core.rules import roles
from coach_portal.core.rules.forecast import Forecast
from coach_portal.core.services import audit, scope
from coach_portal.core.services.practice import forecasts, money

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Spender:
    """What one client's texts have cost this month; no client: alerts to coaches, and texts of people unknown."""

    client: Client | None
    segments: int
    micros: int


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """The month so far, by client, what a month will come to, and from which numbers it all leaves."""

    now: datetime
    month: date
    practice: Practice
    spent: int
    spenders: list[Spender]
    more: int
    forecast: Forecast
    numbers: list[SendingNumber]


def read(session: Session, coach: Coach, now: datetime) -> MoneyPage:
    """The practice's money. Raises NotFound for a coach who does not see the whole practice."""
    if not roles.may(coach.role, "see_money"):
        raise NotFound
    month = money.month_of(now)
    spenders = _spenders(session, coach, month)
    numbers = session.scalars(
        select(SendingNumber).where(SendingNumber.practice_id == coach.practice_id).order_by(SendingNumber.id)
    )
    return MoneyPage(
        now=now,
        month=month,
        practice=session.get_one(Practice, coach.practice_id),
        spent=money.spent(session.connection(), coach.practice_id, month),
        spenders=spenders[:SHOWN],
        more=max(len(spenders) - SHOWN, 0),
        forecast=forecasts.of_practice(session, coach),
        numbers=list(numbers),
    )


def set_cap(session: Session, coach: Coach, micros: int | None, now: datetime) -> None:
    """What a month may cost, in millionths of a US dollar; None for as much as it does.

    A cap above what is spent lets texts go again, one below stops them at once. Raises NotAllowed unless it is the
    owner who asks.
    """
    scope.require(coach, "set_money")
    practice = session.get_one(Practice, coach.practice_id)
    practice.monthly_cap_micros = micros
    audit.record(
        session, coach.practice_id, audit.by(coach), "set_cap", f"practice:{practice.id}", now, micros=micros or 0
    )
    spent = money.spent(session.connection(), coach.practice_id, money.month_of(now))
    if micros is not None and spent >= micros:
        practice.budget_spent_at = practice.budget_spent_at or now
        return
    practice.budget_spent_at = None
    open_ones = (Alert.practice_id == coach.practice_id, Alert.kind == "budget_spent", Alert.closed_at.is_(None))
    session.execute(update(Alert).where(*open_ones).values(closed_at=now, closed_by=coach.id))


def _spenders(session: Session, coach: Coach, month: date) -> list[Spender]:
    cost, weight = func.sum(Charge.micros), func.sum(Charge.segments)
    sums = session.execute(
        select(Charge.client_id, weight, cost)
        .where(Charge.practice_id == coach.practice_id, Charge.month == month)
        .group_by(Charge.client_id)
        .order_by(cost.desc())
    ).all()
    shown = [client_id for client_id, _, _ in sums[: SHOWN + 1] if client_id is not None]
    clients = {client.id: client for client in session.scalars(scope.clients_of(coach).where(Client.id.in_(shown)))}
    return [Spender(clients.get(client_id or 0), int(segments), int(micros)) for client_id, segments, micros in sums]
