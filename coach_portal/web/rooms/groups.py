"""Groups of clients: the list, one group's members, another name, and the end of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import ClientGroup, Coach
from coach_portal.core.schemas.group import GroupSchema
from coach_portal.core.services.pages import roster
from coach_portal.core.services.people import groups as service
from coach_portal.web.access import me
from coach_portal.web.forms import Form, row_id, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

Move = Callable[[Session, Coach, ClientGroup, Sequence[int], datetime], list[int]]

groups = Blueprint("groups", __name__, url_prefix="/clients/groups")


@groups.get("")
def show() -> str:
    """All groups, and a new one."""
    return _all(Form({}))


@groups.post("")
def make() -> ResponseReturnValue:
    """A new, empty group."""
    here = portal()
    try:
        with here.writing() as (session, _):
            name = GroupSchema().read(typed(GroupSchema()))["name"]
            group_id = service.make(session, me(), name, here.now()).id
    except Invalid as refused:
        return _all(Form(request.form, refused.fields)), 422
    return redirect(url_for("groups.one", group_id=group_id), 303)


@groups.get("/<int:group_id>")
def one(group_id: int) -> str:
    """Who is in it."""
    return _one(group_id, Form({}))


@groups.post("/<int:group_id>")
def rename(group_id: int) -> ResponseReturnValue:
    """Call it something else."""
    here = portal()
    try:
        with here.writing() as (session, _):
            group = service.group_of(session, me(), group_id)
            service.rename(session, me(), group, GroupSchema().read(typed(GroupSchema()))["name"], here.now())
    except Invalid as refused:
        return _one(group_id, Form(request.form, refused.fields)), 422
    say("Saved.")
    return redirect(url_for("groups.one", group_id=group_id), 303)


@groups.post("/<int:group_id>/take-out")
def take_out(group_id: int) -> ResponseReturnValue:
    """Take a client out; they stay a client."""
    return _move(group_id, service.take_out, "is no longer in the group.", url_for("groups.put_in", group_id=group_id))


@groups.post("/<int:group_id>/put-in")
def put_in(group_id: int) -> ResponseReturnValue:
    """Put a client in, or back in."""
    return _move(group_id, service.add, "is in the group.", url_for("groups.take_out", group_id=group_id))


@groups.post("/<int:group_id>/drop")
def drop(group_id: int) -> ResponseReturnValue:
    """There is no such group any more."""
    here = portal()
    try:
        with here.writing() as (session, _):
            service.drop(session, me(), service.group_of(session, me(), group_id), here.now())
    except Invalid as refused:
        return _one(group_id, Form({}, refused.fields)), 422
    say("The group is gone. Its clients stay as they are.")
    return redirect(url_for("groups.show"), 303)


def _move(group_id: int, act: Move, told: str, undo: str) -> ResponseReturnValue:
    here, client_id = portal(), row_id(request.form.get("client", ""))
    with here.writing() as (session, _):
        group = service.group_of(session, me(), group_id)
        moved = act(session, me(), group, [client_id] if client_id else [], here.now())
        names = roster.names(session, me(), moved)
    for name in names:
        say(f"{name} {told}", undo, {"client": str(client_id)})
    return redirect(url_for("groups.one", group_id=group_id), 303)


def _all(form: Form) -> str:
    with portal().database.reading() as session:
        return render_template("groups.html", groups=service.in_use(session, me()), form=form)


def _one(group_id: int, form: Form) -> str:
    with portal().database.reading() as session:
        group = service.group_of(session, me(), group_id)
        members = service.named(session, me(), group)
        return render_template("group.html", group=group, members=members, form=form)
