"""Who is in the practice, groups of clients, and handing clients over."""

from typing import Any

from coach_portal.core.models import ClientGroup
from coach_portal.core.schemas.group import GroupOut, GroupSchema, HandManySchema, MembersSchema, PersonOut
from coach_portal.core.schemas.roster import ManyOut
from coach_portal.core.services import listing
from coach_portal.core.services.colleagues import handover, people
from coach_portal.core.services.listing import Page, Window
from coach_portal.core.services.people import groups
from coach_portal.core.services.people.many import Done
from coach_portal.web.api.views import Work, creates, lists, shows


@lists("/people", PersonOut, tag="People")
def list_people(work: Work, window: Window) -> Page:
    """Who is in the practice, and in which role"""
    return listing.people(work.session, work.coach, window)


@lists("/groups", GroupOut, tag="Clients")
def list_groups(work: Work, window: Window) -> Page:
    """The practice's groups of clients

    Who is in one: the roster with its `group`.
    """
    return listing.groups(work.session, work.coach, window)


@creates("/groups", GroupOut, given=GroupSchema, tag="Clients")
def make_group(work: Work, data: dict[str, Any]) -> ClientGroup:
    """Make a group"""
    return groups.make(work.session, work.coach, data["name"], work.now)


@shows("/groups/<int:group_id>", GroupOut, tag="Clients")
def show_group(work: Work, group_id: int) -> ClientGroup:
    """One group"""
    return groups.group_of(work.session, work.coach, group_id)


@creates("/groups/<int:group_id>/clients", ManyOut, given=MembersSchema, tag="Clients")
def move_members(work: Work, data: dict[str, Any], group_id: int) -> Done:
    """Put clients into a group, or take them out

    Answers those for whom it changed something.
    """
    group = groups.group_of(work.session, work.coach, group_id)
    act = groups.take_out if data["off"] else groups.add
    return Done(act(work.session, work.coach, group, data["clients"], work.now))


@creates("/handovers", ManyOut, given=HandManySchema, tag="People")
def hand_over(work: Work, data: dict[str, Any]) -> Done:
    """Hand clients over to another coach

    For the owner. Their history, sessions to come and open alerts go along; with `tell` each client is told by one
    text, in their language, as far as consent and hours allow.
    """
    to = people.colleague(work.session, work.coach, data["to"])
    done = handover.hand_over(work.session, work.coach, data["clients"], to, work.now, tell=data["tell"])
    work.outbox.put(done.message_ids)
    return Done(done.clients)
