"""How a coach chose to be reached."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Alert, Client, Coach
from coach_portal.core.rules.escalation import SOON, URGENT
from coach_portal.core.services import audit


def choose(session: Session, coach: Coach, data: Mapping[str, Any], now: datetime) -> None:
    """Set way, days, hours and how often; what waits is told by the new choice. Raises Invalid.

    A phone that is also a client's cannot be answered from: its texts are that client's.
    """
    if data["reached_by"] == "text":
        if coach.phone is None:
            raise Invalid({"reached_by": "Give your own phone first, under Practice, When someone may be in danger."})
        theirs = exists().where(Client.practice_id == coach.practice_id, Client.phone == coach.phone)
        if session.scalar(select(theirs)):
            raise Invalid({"reached_by": "Your phone is also a client's here, so texts from it are theirs. Use email."})
    for name in ("reached_by", "reach_days", "reach_from", "reach_until", "reach_every"):
        setattr(coach, name, data[name])
    audit.record(session, coach.practice_id, audit.by(coach), "choose_reach", f"coach:{coach.id}", now)
    tell_anew(session, coach, now)


def tell_anew(session: Session, coach: Coach, now: datetime) -> None:
    """What was put off is looked at again with the next pass."""
    put_off = (Alert.practice_id == coach.practice_id, Alert.next_step_at > now, Alert.kind.not_in(URGENT | SOON))
    session.execute(update(Alert).where(*put_off, Alert.closed_at.is_(None)).values(next_step_at=now))
