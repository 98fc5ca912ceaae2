"""The link to a client's own page: texted when they ask for it or their coach sends it, open for a while, closed by
either.

A new link takes the place of the one before: whoever has lost their phone asks for another, and the lost one is shut.
"""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.policies import POLICIES
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts.wishes import own_page
from coach_portal.core.services import audit
from coach_portal.core.services.sending import outbox

BYTES = 18
"""144 bits: nobody guesses it."""
OPEN_FOR = timedelta(days=30)

_client = tables.client
_OPEN = (
    update(_client)
    .where(_client.c.id == bindparam("client"))
    .values(page_token=bindparam("token"), page_until=bindparam("until"))
)


def answer(connection: Connection, around: Any, links: Links) -> str:
    """What to say to a client who asked for their page by text: the link, which opens from now on."""
    row, now = around.row, around.now
    by = by_client(row.client_id)
    url = _open(connection, row.practice_id, row.client_id, by, links.public_url, now)
    return own_page(
        row.locale, client=_first(row.name), url=url, until=_last_day(row.timezone, now), today=around.today
    )


def send(session: Session, coach: Coach, client: Client, public_url: str, now: datetime) -> list[int]:
    """Text the client the link; answers the ids to queue. Raises Invalid when they have not agreed to texts."""
    if client.consent != POLICIES["by_hand"].consent:
        raise Invalid({"page": f"{client.name} has not agreed to texts, so no link can be sent."})
    url = _open(session.connection(), client.practice_id, client.id, audit.by(coach), public_url, now)
    session.refresh(client)
    today = now.astimezone(zone(client.timezone)).date()
    body = own_page(
        client.locale, client=_first(client.name), url=url, until=_last_day(client.timezone, now), today=today
    )
    return [outbox.plan(session, outbox.to_client(session, client, "by_hand", body, now))]


def close(session: Session, by: str, client: Client, now: datetime) -> None:
    """The link opens nothing from now on; `by` as the trail names who does it."""
    client.page_token = client.page_until = None
    audit.record(session, client.practice_id, by, "close_page", f"client:{client.id}", now)


def opened_by(session: Session, token: str, now: datetime) -> Client:
    """Whose page this link opens. Raises NotFound for one that opens none, or no longer."""
    found = session.scalar(select(Client).where(Client.page_token == token, Client.page_until > now))
    if found is None:
        raise NotFound("no such page")
    return found


def is_open(client: Client, now: datetime) -> bool:
    """Whether there is a link that opens."""
    return client.page_until is not None and client.page_until > now


def by_client(client_id: int) -> str:
    """The actor's name in the trail for a client."""
    return f"client:{client_id}"


def _open(connection: Connection, practice_id: int, client_id: int, by: str, public_url: str, now: datetime) -> str:
    token = secrets.token_urlsafe(BYTES)
    connection.execute(_OPEN, {"client": client_id, "token": token, "until": now + OPEN_FOR})
    audit.record(connection, practice_id, by, "open_page", f"client:{client_id}", now)
    return f"{public_url}/me/{token}"


def _last_day(timezone: str, now: datetime) -> date:
    return (now + OPEN_FOR).astimezone(zone(timezone)).date()


def _first(name: str) -> str:
    return name.partition(" ")[0]
