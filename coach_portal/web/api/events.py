"""Events: read in order, and posted to endpoints."""

from typing import Any

from coach_portal.core.models import Endpoint
from coach_portal.core.rules.addresses import is_own_machine
from coach_portal.core.schemas.base import NothingMoreSchema
from coach_portal.core.schemas.event import (
    DeliveryOut,
    EndpointOut,
    EndpointSchema,
    EventOut,
    EventsAfterSchema,
    NewEndpointOut,
    ReplaySchema,
    SwitchOut,
    SwitchSchema,
    secret_told,
)
from coach_portal.core.services.events import endpoints, stream
from coach_portal.core.services.listing import Page
from coach_portal.web.api.views import Work, creates, lists
from coach_portal.web.portal import portal

ENDPOINT = "/endpoints/<int:endpoint_id>"


@lists("/events", EventOut, tag="Events", asked=EventsAfterSchema)
def list_events(work: Work, asked: dict[str, int]) -> Page:
    """What befell since an event, in order

    Keep the number of the last event you have and send it as `after`. `next` is what to send for the page after. A
    practice's events are kept for 30 days, from when `/events/switch` or an endpoint switched them on.
    """
    _number_new(work)
    found, more = stream.after(work.session, work.coach, asked["after"], asked["limit"])
    return Page(found, str(found[-1]["number"]) if more else None)  # type: ignore[arg-type]


@creates("/events/switch", SwitchOut, given=SwitchSchema, tag="Events", scope="webhooks")
def switch_events(work: Work, data: dict[str, bool]) -> dict[str, bool]:
    """Keep events from now on, or no more"""
    stream.switch(work.session, work.coach, work.now, on=data["on"])
    return data


@lists("/endpoints", EndpointOut, tag="Events", scope="webhooks", asked=NothingMoreSchema)
def list_endpoints(work: Work, _: dict[str, Any]) -> Page:
    """Where the practice's events are posted to, all on one page"""
    return Page(endpoints.all_of(work.session, work.coach), None)  # type: ignore[arg-type]


@creates("/endpoints", NewEndpointOut, given=EndpointSchema, tag="Events", scope="webhooks", tells_secrets=True)
def add_endpoint(work: Work, data: dict[str, Any]) -> dict[str, Any]:
    """Have events posted to an address of yours

    Each post is signed with `secret`, as Standard Webhooks has it.
    """
    own = is_own_machine(portal().settings.public_url)
    return _told(endpoints.add(work.session, work.coach, now=_now(), own=own, **data))


@creates(
    f"{ENDPOINT}/rotate", NewEndpointOut, given=NothingMoreSchema, tag="Events", scope="webhooks", tells_secrets=True
)
def rotate_endpoint(work: Work, _: dict[str, Any], endpoint_id: int) -> dict[str, Any]:
    """Change an endpoint's secret

    For a day each post is signed with both, the new one and the one before.
    """
    endpoint = endpoints.one_of(work.session, work.coach, endpoint_id)
    endpoints.rotate(work.session, work.coach, endpoint, _now())
    return _told(endpoint)


@creates(f"{ENDPOINT}/enable", EndpointOut, given=NothingMoreSchema, tag="Events", scope="webhooks")
def enable_endpoint(work: Work, _: dict[str, Any], endpoint_id: int) -> Endpoint:
    """Post there again, after it was switched off for failing"""
    endpoint = endpoints.one_of(work.session, work.coach, endpoint_id)
    endpoints.enable(work.session, work.coach, endpoint, _now())
    return endpoint


@creates(f"{ENDPOINT}/replay", EndpointOut, given=ReplaySchema, tag="Events", scope="webhooks")
def replay_deliveries(work: Work, data: dict[str, Any], endpoint_id: int) -> Endpoint:
    """Post one delivery again, or all that were given up"""
    endpoint = endpoints.one_of(work.session, work.coach, endpoint_id)
    endpoints.replay(work.session, work.coach, endpoint, _now(), data["delivery_id"])
    return endpoint


@creates(f"{ENDPOINT}/remove", EndpointOut, given=NothingMoreSchema, tag="Events", scope="webhooks")
def remove_endpoint(work: Work, _: dict[str, Any], endpoint_id: int) -> Endpoint:
    """Post nothing there any more"""
    endpoint = endpoints.one_of(work.session, work.coach, endpoint_id)
    endpoints.remove(work.session, work.coach, endpoint, _now())
    return endpoint


@lists(f"{ENDPOINT}/deliveries", DeliveryOut, tag="Events", scope="webhooks", asked=NothingMoreSchema)
def list_deliveries(work: Work, _: dict[str, Any], endpoint_id: int) -> Page:
    """The last deliveries to an endpoint, the newest first, all on one page"""
    return Page(endpoints.log_of(work.session, endpoints.one_of(work.session, work.coach, endpoint_id)), None)


def _number_new(work: Work) -> None:
    # The view's own transaction only reads.
    practice_id = work.coach.practice_id
    if stream.has_new(work.session.connection(), practice_id):
        work.session.rollback()
        with portal().database.transaction() as connection:
            stream.number_new(connection, practice_id, _now())


def _told(endpoint: Endpoint) -> dict[str, Any]:
    return secret_told(endpoint, endpoints.secret_of(endpoint, portal().settings.secret_key))


def _now() -> Any:
    return portal().clock.machine_now()
