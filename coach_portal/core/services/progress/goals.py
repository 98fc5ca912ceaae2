"""Micro-goals: agreeing, changing and retiring them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Client, Coach, FormerTerms, Goal
from coach_portal.core.rules.habit.tiny import Smaller, smaller
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services import audit

_AGREED = ("title", "anchor", "area", "cadence", "amount", "unit", "direction")


def add_goal(session: Session, coach: Coach, client: Client, data: Mapping[str, Any], now: datetime) -> Goal:
    """Agree a goal; it takes the next place in the order the client sees."""
    last = session.scalar(select(func.max(Goal.position)).where(Goal.client_id == client.id))
    agreed = {key: data[key] for key in _AGREED if data.get(key) is not None}
    goal = Goal(practice_id=client.practice_id, client_id=client.id, position=(last or 0) + 1, created_at=now, **agreed)
    session.add(goal)
    session.flush()
    audit.record(session, client.practice_id, audit.by(coach), "add_goal", f"goal:{goal.id}", now)
    return goal


def smaller_than(data: Mapping[str, Any], locale: str) -> Smaller | None:
    """A smaller goal to think of, where the one that `data` says is much for a worst day."""
    said = {key: data[key] for key in ("cadence", "amount", "unit", "direction") if data.get(key) is not None}
    return smaller(data["title"], locale, **said)


def edit_goal(session: Session, coach: Coach, goal: Goal, data: Mapping[str, Any], now: datetime) -> None:
    """Change what was agreed, from today on. What was reported before stays as it was told, and is judged as agreed."""
    _keep_former(session, goal, now)
    for key in _AGREED:
        if key in data:
            setattr(goal, key, data[key])
    audit.record(session, goal.practice_id, audit.by(coach), "edit_goal", f"goal:{goal.id}", now)


def take_back_change(session: Session, coach: Coach, goal: Goal, now: datetime) -> bool:
    """Agree again what was agreed before the last change; False where there is none to take back."""
    mine = select(FormerTerms).where(FormerTerms.goal_id == goal.id).order_by(FormerTerms.id.desc()).limit(1)
    former = session.scalars(mine).first()
    if former is None:
        return False
    for key in _AGREED:
        setattr(goal, key, getattr(former, key))
    session.delete(former)
    audit.record(session, goal.practice_id, audit.by(coach), "take_back_goal", f"goal:{goal.id}", now)
    return True


def retire_goal(session: Session, coach: Coach, goal: Goal, now: datetime) -> None:
    """Ask about it no more; its wins stay."""
    goal.retired_at = now
    audit.record(session, goal.practice_id, audit.by(coach), "retire_goal", f"goal:{goal.id}", now)


def goal_of(session: Session, client: Client, goal_id: int) -> Goal:
    """The client's goal with this id. Raises NotFound."""
    goal = session.get(Goal, goal_id)
    if goal is None or goal.client_id != client.id:
        raise NotFound("no such goal")
    return goal


def _keep_former(session: Session, goal: Goal, now: datetime) -> None:
    timezone = session.get_one(Client, goal.client_id).timezone
    former = {key: getattr(goal, key) for key in _AGREED}
    until = now.astimezone(zone(timezone)).date()
    kept = FormerTerms(practice_id=goal.practice_id, goal_id=goal.id, until=until, changed_at=now, **former)
    session.add(kept)
