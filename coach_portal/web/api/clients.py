"""Clients: taking them on, and who they are."""

from typing import Any

from coach_portal.core.schemas import ClientOut, ClientSchema
from coach_portal.core.services import listing
from coach_portal.core.services.listing import Page, Window
from coach_portal.core.services.people import clients
from coach_portal.web.api.views import Work, creates, lists, shows


@creates("/clients", ClientOut, given=ClientSchema, tag="Clients")
def add_client(work: Work, data: dict[str, Any]) -> Any:
    """Take a client on and ask by text whether they agree

    Nothing else is sent before they answer YES. The phone must not be another client's of the practice, nor have opted
    out of its texts.
    """
    client, texts = clients.add_client(work.session, work.coach, data, work.now)
    work.outbox.put(texts)
    return listing.client_row(work.session, work.coach, client.id)


@lists("/clients", ClientOut, tag="Clients")
def list_clients(work: Work, window: Window) -> Page:
    """The clients you may see

    Owner and assistant see the practice's, a coach their own. Those of old come first.
    """
    return listing.clients(work.session, work.coach, window)


@shows("/clients/<int:client_id>", ClientOut, tag="Clients")
def show_client(work: Work, client_id: int) -> Any:
    """One client"""
    return listing.client_row(work.session, work.coach, client_id)
