"""A client's own version of the preparation, sent by their coach's click and opened by a private link."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Appointment, Client, Coach
from coach_portal.core.rules.policies import POLICIES
from coach_portal.core.rules.preparation import own
from coach_portal.core.rules.preparation.own import OwnVersion
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services import audit, scope
from coach_portal.core.services.preparing import preparation
from coach_portal.core.services.sending import outbox

BYTES = 18
"""144 bits: nobody guesses it."""
GOOD_AFTER = timedelta(days=7)
"""How long after the session its link still opens."""


def draft(session: Session, coach: Coach, client: Client, appointment: Appointment, url: str, now: datetime) -> str:
    """The text that brings the link, as it would read now."""
    here = zone(client.timezone)
    return own.text(
        client=client.name.partition(" ")[0],
        coach=coach.name.partition(" ")[0],
        starts=appointment.starts_at.astimezone(here).replace(tzinfo=None),
        today=now.astimezone(here).date(),
        locale=client.locale,
        url=url,
    )


def send(
    session: Session, coach: Coach, client_id: int, appointment_id: int, public_url: str, now: datetime
) -> list[int]:
    """Text the client a link to their own version; answers the ids to queue. An earlier link opens nothing any more.

    Raises Invalid when the client has not agreed to texts, or the session is over.
    """
    client, appointment = scope.appointment_of(session, coach, client_id, appointment_id)
    if client.consent != POLICIES["by_hand"].consent:
        raise Invalid({"own": f"{client.name} has not agreed to texts, so nothing can be sent."})
    if appointment.starts_at <= now:
        raise Invalid({"own": "The session has begun: there is nothing left to prepare."})
    appointment.share_token = secrets.token_urlsafe(BYTES)
    body = draft(session, coach, client, appointment, address(public_url, appointment), now)
    row = outbox.to_client(session, client, "by_hand", body, now)
    message_id = outbox.plan(session, row)
    told = f"appointment:{appointment.id}"
    audit.record(session, client.practice_id, audit.by(coach), "send_own_version", told, now)
    return [message_id]


def close(session: Session, coach: Coach, client_id: int, appointment_id: int, now: datetime) -> None:
    """The link opens nothing from now on."""
    client, appointment = scope.appointment_of(session, coach, client_id, appointment_id)
    appointment.share_token = None
    told = f"appointment:{appointment.id}"
    audit.record(session, client.practice_id, audit.by(coach), "close_own_version", told, now)


def address(public_url: str, appointment: Appointment) -> str:
    """Where the client's own version stands."""
    return f"{public_url}/before/{appointment.share_token}"


def opened_by(session: Session, token: str, now: datetime) -> OwnVersion:
    """What this link opens. Raises NotFound for one that opens nothing."""
    row = session.execute(
        select(Appointment, Coach)
        .join(Coach, Coach.id == Appointment.coach_id)
        .where(
            Appointment.share_token == token,
            Appointment.cancelled_at.is_(None),
            Appointment.starts_at > now - GOOD_AFTER,
        )
    ).one_or_none()
    if row is None:
        raise NotFound("no such link")
    appointment, coach = row
    found = preparation.read(session, coach, appointment.client_id, appointment.id, now)
    here = zone(found.client.timezone)
    return own.own_version(
        [(found.titles.get(told.goal_id or 0), told) for told in found.done],
        quotes=[quote.body for quote in found.report.quotes],
        agreed=[line.lead for line in found.report.agreed],
        starts=appointment.starts_at.astimezone(here).replace(tzinfo=None),
        until=(appointment.starts_at + GOOD_AFTER).astimezone(here).date(),
        today=now.astimezone(here).date(),
        locale=found.client.locale,
    )
