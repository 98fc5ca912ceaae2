"""What texts cost and will come to."""

from sqlalchemy import select

from coach_portal.core.models import CheckInSchedule, Goal
from coach_portal.core.rules.forecast import Forecast
from coach_portal.core.schemas.money import ForecastOut, MoneyOut
from coach_portal.core.services.practice import budget, forecasts
from coach_portal.core.services.practice.budget import MoneyPage
from coach_portal.web.api.views import Work, shows


@shows("/money", MoneyOut, tag="Money")
def show_money(work: Work) -> MoneyPage:
    """What this month has cost, what it may cost, and what a month comes to

    For owners and assistants: to another coach it looks like nothing.
    """
    return budget.read(work.session, work.coach, work.now)


@shows("/clients/<int:client_id>/forecast", ForecastOut, tag="Money")
def show_forecast(work: Work, client_id: int) -> Forecast:
    """What a client's texts will come to in a month"""
    client = work.client(client_id)
    schedules = select(CheckInSchedule).where(
        CheckInSchedule.client_id == client.id, CheckInSchedule.removed_at.is_(None)
    )
    goals = select(Goal).where(Goal.client_id == client.id, Goal.retired_at.is_(None))
    return forecasts.of_client(client, work.session.scalars(schedules), work.session.scalars(goals).all())
