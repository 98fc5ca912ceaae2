"""The clients: all of them in a grid, each on a page of their own, and inviting one."""

import hashlib

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.schemas import ClientChangeSchema, ClientSchema, TextSchema
from coach_portal.core.services import scope
from coach_portal.core.services.pages import client_page
from coach_portal.core.services.pages import roster as rosters
from coach_portal.core.services.pages.transcript import LENGTH
from coach_portal.core.services.people import clients as service
from coach_portal.core.services.sending import texts as text_service
from coach_portal.web.access import me, unattended
from coach_portal.web.forms import Form, typed, wanted_of
from coach_portal.web.notices import say
from coach_portal.web.portal import portal
from coach_portal.web.prices import weight

MOST_TEXTS = 500
SORTS = {
    "needs": "Who needs you first",
    "name": "By name",
    "done": "Least done first",
    "heard": "Longest unheard first",
    "session": "Next session first",
}

clients = Blueprint("clients", __name__, url_prefix="/clients")


@clients.get("")
def roster() -> str:
    """Every client with a fortnight of marks, who needs the coach first, a page at a time."""
    here = portal()
    wanted = wanted_of(request.args)
    with here.database.reading() as session:
        page = rosters.read(session, me(), here.now(), wanted)
        return render_template("roster.html", page=page, wanted=wanted, sorts=SORTS, now=here.now())


@clients.get("/<int:client_id>")
def show(client_id: int) -> str:
    """One client: goals, conversation, reflections, and what was sent and was not."""
    return _page(client_id, "client.html")


@clients.get("/<int:client_id>/live")
@unattended
def live(client_id: int) -> Response:
    """The parts of the client's page that change by themselves; 304 while they have not."""
    return changed_since(_page(client_id, "client_live.html"))


def changed_since(parts: str) -> Response:
    """Parts of a page for whoever has it open; 304 while they are what they were."""
    response = make_response(parts)
    response.set_etag(hashlib.sha256(parts.encode()).hexdigest()[:32])
    response.make_conditional(request)
    return response


@clients.get("/new")
def new() -> str:
    """Ask whom to invite."""
    return render_template("client_new.html", form=Form({"locale": "en"}))


@clients.post("/new")
def add() -> ResponseReturnValue:
    """Take a client on and send the invitation."""
    here, schema = portal(), ClientSchema()
    try:
        with here.writing() as (session, outbox):
            client, message_ids = service.add_client(session, me(), schema.read(typed(schema)), here.now())
            client_id, name = client.id, client.name
            outbox.put(message_ids)
    except Invalid as refused:
        return render_template("client_new.html", form=Form(request.form, refused.fields)), 422
    say(f"{name} has been asked by text. Meanwhile, set the first goal.")
    return redirect(url_for("clients.show", client_id=client_id), 303)


@clients.get("/<int:client_id>/edit")
def edit(client_id: int) -> str:
    """Show what may change about a client."""
    here = portal()
    with here.database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        values = {name: getattr(client, name) for name in ClientChangeSchema().load_fields}
        return render_template("client_edit.html", client=client, form=Form(values))


@clients.post("/<int:client_id>/edit")
def change(client_id: int) -> ResponseReturnValue:
    """Change a client's name, zone or language; a new zone moves every check-in."""
    here, schema = portal(), ClientChangeSchema()
    try:
        with here.writing() as (session, _):
            client = scope.client_of(session, me(), client_id)
            service.edit_client(session, me(), client, schema.read(typed(schema)), here.now())
    except Invalid as refused:
        with here.database.reading() as session:
            client = scope.client_of(session, me(), client_id)
            return render_template("client_edit.html", client=client, form=Form(request.form, refused.fields)), 422
    say("Saved.")
    return redirect(url_for("clients.show", client_id=client_id), 303)


@clients.post("/<int:client_id>/texts")
def text(client_id: int) -> ResponseReturnValue:
    """Send what the coach wrote."""
    here, schema = portal(), TextSchema()
    try:
        with here.writing() as (session, outbox):
            client = scope.client_of(session, me(), client_id)
            body = schema.read(typed(schema))["body"]
            outbox.put(text_service.text_by_hand(session, me(), client, body, here.now()))
    except Invalid as refused:
        return _page(client_id, "client.html", body=request.form.get("body", ""), errors=refused.fields), 422
    return redirect(url_for("clients.show", client_id=client_id, _anchor="write"), 303)


@clients.post("/<int:client_id>/weigh")
def weigh(client_id: int) -> str:
    """Tell what a text would weigh and cost, while it is being written."""
    with portal().database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        return weight(request.form.get("body", ""), client.country)


def _page(client_id: int, template: str, **more: object) -> str:
    here = portal()
    texts = min(max(request.args.get("texts", LENGTH, type=int), LENGTH), MOST_TEXTS)
    with here.database.reading() as session:
        page = client_page.read(session, me(), client_id, here.now(), texts)
        weighed = weight(str(more.get("body", "")), page.client.country)
        return render_template(template, page=page, texts=texts, weight=weighed, **more)
