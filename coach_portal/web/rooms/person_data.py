"""Everything there is about one client: to hand over, and to forget."""

import json

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.rules import roles
from coach_portal.core.schemas.keeping import EraseSchema
from coach_portal.core.services import scope
from coach_portal.core.services.records import erasure, footprint, outgoing, striking
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal
from coach_portal.web.rooms.clients import clients


@clients.get("/<int:client_id>/data")
def data(client_id: int) -> str:
    """What there is, the way to take it, and the way to have it forgotten."""
    return _page(client_id, Form({}))


@clients.get("/<int:client_id>/everything.json")
def everything_json(client_id: int) -> Response:
    """All of it as one file for programs."""
    body = json.dumps(_everything(client_id, "json"), ensure_ascii=False, indent=1)
    return _file(body.encode(), "application/json", f"client-{client_id}.json")


@clients.get("/<int:client_id>/everything.zip")
def everything_zip(client_id: int) -> Response:
    """All of it as tables for a spreadsheet."""
    return _file(outgoing.zipped(_everything(client_id, "csv")), "application/zip", f"client-{client_id}.zip")


@clients.post("/<int:client_id>/erase")
def erase(client_id: int) -> ResponseReturnValue:
    """Forget this client, everywhere and for good."""
    here, schema = portal(), EraseSchema()
    try:
        with here.writing() as (session, _):
            client = scope.client_of(session, me(), client_id)
            wanted = schema.read({**typed(schema), "strike": "strike" in request.form})
            erasure.erase_client(session, me(), client, wanted["name"], here.now(), strike=wanted["strike"])
    except Invalid as refused:
        return _page(client_id, Form(request.form, refused.fields)), 422
    say("Erased. Copies at the carrier follow within minutes.")
    return redirect(url_for("records.show"), 303)


def _everything(client_id: int, form: str) -> dict[str, object]:
    here = portal()
    with here.writing() as (session, _):
        client = scope.client_of(session, me(), client_id)
        outgoing.note(session, me(), f"client:{client.id}", form, here.now())
    with here.database.reading() as session:
        return outgoing.of_person(session, scope.client_of(session, me(), client_id), here.now())


def _page(client_id: int, form: Form) -> str:
    here = portal()
    with here.database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        person = footprint.person_of(client)
        found = footprint.of(session.connection(), person)
        naming = striking.count(session.connection(), person) if roles.may(me().role, "erase") else 0
        counts = {name: len(ids) for name, ids in found.ids.items() if ids}
        return render_template("person_data.html", client=client, counts=counts, naming=naming, form=form)


def _file(body: bytes, mimetype: str, name: str) -> Response:
    return Response(body, content_type=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
