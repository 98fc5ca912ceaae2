"""Many clients at once: choosing them in the roster, then one text, a pause or a tag, each with a way back."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.schemas.base import InputSchema
from coach_portal.core.schemas.roster import PauseManySchema, TagManySchema, TextManySchema
from coach_portal.core.services import scope
from coach_portal.core.services.colleagues import handover
from coach_portal.core.services.pages import roster as rosters
from coach_portal.core.services.people import groups, tags
from coach_portal.core.services.people import many as service
from coach_portal.core.services.people.many import Done
from coach_portal.web import words
from coach_portal.web.access import me
from coach_portal.web.forms import Form, row_id, typed, wanted_of
from coach_portal.web.notices import say
from coach_portal.web.phrasing import count
from coach_portal.web.portal import portal
from coach_portal.web.prices import weight

many = Blueprint("many", __name__, url_prefix="/clients/many")
ACTS = ("text", "pause", "tag", "group", "hand")
NAMED = 3
"""So many names stand in a notice; beyond, the number says it."""


@many.get("")
def choose() -> str:
    """Those who were ticked in the roster, or all who were found there, and what to do for them."""
    act = request.args.get("act", "")
    with portal().database.reading() as session:
        chosen = [id_ for said in request.args.getlist("client") if (id_ := row_id(said))]
        if "all" in request.args:
            chosen = rosters.read(session, me(), portal().now(), wanted_of(request.args)).ids
        return _page(session, act if act in ACTS else ACTS[0], chosen, Form({}))


@many.post("/text")
def text() -> ResponseReturnValue:
    """Send the same to each who may be written to."""
    here = portal()
    try:
        with here.writing() as (session, _):
            data = read(TextManySchema())
            done = service.text_many(session, me(), data["clients"], data["body"], here.now())
    except Invalid as refused:
        return again("text", refused)
    told = count(len(done.clients), "{n} text leaves", "{n} texts leave").capitalize()
    waits = f", {count(done.waits, '{n} of them', '{n} of them')} when the hours allow it" if done.waits else ""
    say(f"{told}{waits}.{_left_out(done)}", url_for(".take_back"), {"texts": _joined(done.message_ids)})
    return redirect(url_for("clients.roster"), 303)


@many.post("/take-back")
def take_back() -> ResponseReturnValue:
    """Stop the texts that have not left."""
    here = portal()
    with here.writing() as (session, _):
        stopped = service.take_back_texts(session, me(), _ids("texts"), here.now())
    say("Nothing was sent." if stopped else "They had left already.")
    return redirect(url_for("clients.roster"), 303)


@many.post("/pause")
def pause() -> ResponseReturnValue:
    """Hold the check-ins of those who are not on a pause."""
    here = portal()
    try:
        with here.writing() as (session, _):
            data = read(PauseManySchema())
            done = service.pause_many(session, me(), data["clients"], data["until"], here.now())
    except Invalid as refused:
        return again("pause", refused)
    told = count(len(done.clients), "{n} client is on a pause", "{n} clients are on a pause").capitalize()
    say(f"{told}.{_left_out(done)}", url_for(".resume") if done.clients else "", {"clients": _joined(done.clients)})
    return redirect(url_for("clients.roster"), 303)


@many.post("/resume")
def resume() -> ResponseReturnValue:
    """Take that back."""
    here = portal()
    with here.writing() as (session, _):
        service.resume_many(session, me(), _ids("clients"), here.now())
    say("Check-ins go out again.")
    return redirect(url_for("clients.roster"), 303)


@many.post("/tag")
def tag() -> ResponseReturnValue:
    """Give them a tag, or take one off."""
    here = portal()
    try:
        with here.writing() as (session, _):
            data = read(TagManySchema())
            act = service.untag_many if data["off"] else service.tag_many
            done = act(session, me(), data["clients"], data["tag"], here.now())
    except Invalid as refused:
        return again("tag", refused)
    verb = "no longer sorted" if data["off"] else "sorted"
    who = count(len(done.clients), "{n} client is", "{n} clients are").capitalize()
    back = {"clients": _joined(done.clients), "tag": data["tag"], "off": "" if data["off"] else "1"}
    say(f"{who} {verb} under {data['tag']}.", url_for(".tag") if done.clients else "", back)
    return redirect(url_for("clients.roster"), 303)


@many.post("/weigh")
def weigh() -> str:
    """Tell what a text would weigh and cost each, while it is being written."""
    return weight(request.form.get("body", ""), _country())


def _country() -> str:
    # The practice's: those who get the text may live in several.
    return str(g.signed_in.country)


def read(schema: InputSchema) -> dict[str, Any]:
    """What the form says, with the clients it names. Raises Invalid."""
    return schema.read(typed(schema) | {"clients": _ids("clients")})


def _ids(name: str) -> list[int]:
    """Ids written with commas between them."""
    return [id_ for said in request.form.get(name, "").split(",") if (id_ := row_id(said.strip()))]


def _joined(ids: Sequence[int]) -> str:
    return ",".join(map(str, ids))


def again(act: str, refused: Invalid) -> ResponseReturnValue:
    """The page again, with what is to be put right."""
    with portal().database.reading() as session:
        return _page(session, act, _ids("clients"), Form(request.form, refused.fields)), 422


def _page(session: Session, act: str, chosen: Sequence[int], form: Form) -> str:
    ids = scope.theirs(session, me(), chosen)
    now = portal().now()
    if act == "hand":
        scope.require(me(), "hand_over")
    who = [(one.id, one.name) for one in handover.successors(session, me())] if act == "hand" else []
    done = service.who_may_be_written_to(session, ids, now) if act == "text" else Done(ids)
    return render_template(
        "many.html",
        act=act,
        ids=_joined(ids),
        number=len(ids),
        done=done,
        form=form,
        names=rosters.names(session, me(), ids),
        tags=tags.in_use(session, me()) if act == "tag" else [],
        groups=[("", "A new one"), *((one.id, one.name) for one in groups.in_use(session, me()))],
        successors=who,
        told=handover.preview(session, me(), ids, who[0][1]) if who else "",
        weight=weight(str(form.value("body")), _country()),
    )


def _left_out(done: Done) -> str:
    if not done.left_out:
        return ""
    names = [one.name for one in done.left_out]
    who = words.listed(names) if len(names) <= NAMED else count(len(names), "{n}", "{n}")
    return f" Left out: {who}."
