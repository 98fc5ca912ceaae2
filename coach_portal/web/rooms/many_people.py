"""Many clients at once: into a group, and over to another coach."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach
from coach_portal.core.schemas.group import GroupManySchema, HandManySchema
from coach_portal.core.services.colleagues import handover, people
from coach_portal.core.services.people import groups
from coach_portal.web.access import me
from coach_portal.web.notices import say
from coach_portal.web.phrasing import count
from coach_portal.web.portal import portal
from coach_portal.web.rooms.many import again, read

many_people = Blueprint("many_people", __name__, url_prefix="/clients/many")


@many_people.post("/group")
def group() -> ResponseReturnValue:
    """Put them into a group, or into a new one."""
    here = portal()
    try:
        with here.writing() as (session, _):
            data = read(GroupManySchema())
            if data["group"]:
                chosen = groups.group_of(session, me(), data["group"])
            elif data["name"]:
                chosen = groups.make(session, me(), data["name"], here.now())
            else:
                raise Invalid({"name": "Write a name, such as Sleep well, spring."})
            joined, group_id, name = (
                groups.add(session, me(), chosen, data["clients"], here.now()),
                chosen.id,
                chosen.name,
            )
    except Invalid as refused:
        return again("group", refused)
    say(f"{count(len(joined), '{n} client is', '{n} clients are').capitalize()} in {name} now.")
    return redirect(url_for("clients.roster", group=group_id), 303)


@many_people.post("/hand")
def hand() -> ResponseReturnValue:
    """Hand them over."""
    here = portal()
    try:
        with here.writing() as (session, outbox):
            data = read(HandManySchema())
            to, owner = people.colleague(session, me(), data["to"]), session.get_one(Coach, me().id)
            done = handover.hand_over(session, owner, data["clients"], to, here.now(), tell=data["tell"])
            outbox.put(done.message_ids)
            name = to.name
    except Invalid as refused:
        return again("hand", refused)
    texts = f" {count(len(done.message_ids), '{n} text tells', '{n} texts tell').capitalize()} them so."
    who = count(len(done.clients), "{n} client is", "{n} clients are").capitalize()
    say(f"{who} with {name} now.{texts if done.message_ids else ''}")
    return redirect(url_for("clients.roster"), 303)
