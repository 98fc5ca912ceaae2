"""Other software: the tokens it shows, and where events are posted to. A secret is shown once, by what made it."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.rules.access import EVERY_SCOPE, SCOPES
from coach_portal.core.rules.addresses import is_own_machine
from coach_portal.core.rules.events import KINDS, LOST_AFTER
from coach_portal.core.rules.roles import may
from coach_portal.core.schemas.event import EndpointSchema, ReplaySchema
from coach_portal.core.schemas.token import TokenSchema
from coach_portal.core.services import scope
from coach_portal.core.services.events import endpoints as service
from coach_portal.core.services.events import stream
from coach_portal.core.services.practice import tokens
from coach_portal.web import reference
from coach_portal.web.access import me, public
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal
from coach_portal.web.rooms.practice import PLACES

endpoints = Blueprint("endpoints", __name__, url_prefix="/practice/api")

PLACES.append(("endpoints.show", "Other software", "Tokens for the API, and where what befalls is posted to."))

LIVES = (("30", "a month"), ("90", "three months"), ("365", "a year"), ("", "until it is ended"))
ENDPOINT = "/endpoints/<int:endpoint_id>"
_STATES = {"waiting": "waits for another try", "done": "taken", "given_up": "given up"}


@endpoints.get("")
def show() -> str:
    """Tokens, and the owner's endpoints."""
    return _page()


@endpoints.post("/tokens")
def make_token() -> ResponseReturnValue:
    """Make a token and show it, this once."""
    here, now, schema = portal(), _now(), TokenSchema()
    try:
        with here.writing() as (session, _):
            asked = schema.read(typed(schema, lists=["scopes"]))
            ends = now + timedelta(days=asked["days"]) if asked["days"] else None
            token = tokens.make_token(session, me(), asked["name"], now, scopes=asked["scopes"], expires_at=ends)
    except Invalid as refused:
        return _page(refused), 422
    return _page(shown=("token", token))


@endpoints.post("/tokens/<int:token_id>/revoke")
def revoke_token(token_id: int) -> ResponseReturnValue:
    """End a token."""
    with portal().writing() as (session, _):
        tokens.revoke_token(session, me(), token_id, _now())
    say("Ended. Whatever used it is shut out from now on.")
    return redirect(url_for("endpoints.show"), 303)


@endpoints.post("/events")
def switch_events() -> ResponseReturnValue:
    """Keep events for whoever reads them, or no more."""
    on = request.form.get("on") == "yes"
    with portal().writing() as (session, _):
        stream.switch(session, me(), _now(), on=on)
    say("Events are kept from now on." if on else "No more events are kept.")
    return redirect(url_for("endpoints.show"), 303)


@endpoints.post("/endpoints")
def add_endpoint() -> ResponseReturnValue:
    """Post events to an address, and show its secret."""
    here, schema = portal(), EndpointSchema()
    own = is_own_machine(here.settings.public_url)
    scope.require(me(), "manage_api")
    try:
        with here.writing() as (session, _):
            asked = schema.read(typed(schema, lists=["kinds"]))
            made = service.add(session, me(), now=_now(), own=own, **asked)
            secret = service.secret_of(made, here.settings.secret_key)
    except Invalid as refused:
        return _page(refused), 422
    return _page(shown=("secret", secret))


@endpoints.get(ENDPOINT)
def show_endpoint(endpoint_id: int) -> str:
    """What was posted there, and what came of it."""
    return _endpoint_page(endpoint_id)


@endpoints.post(f"{ENDPOINT}/rotate")
def rotate_endpoint(endpoint_id: int) -> str:
    """Another secret, shown this once."""
    with portal().writing() as (session, _):
        endpoint = service.one_of(session, me(), endpoint_id)
        service.rotate(session, me(), endpoint, _now())
        secret = service.secret_of(endpoint, portal().settings.secret_key)
    return _endpoint_page(endpoint_id, secret)


@endpoints.post(f"{ENDPOINT}/enable")
def enable_endpoint(endpoint_id: int) -> ResponseReturnValue:
    """Post there again."""
    with portal().writing() as (session, _):
        service.enable(session, me(), service.one_of(session, me(), endpoint_id), _now())
    say("Switched on. What was given up meanwhile waits below until you post it again.")
    return redirect(url_for("endpoints.show_endpoint", endpoint_id=endpoint_id), 303)


@endpoints.post(f"{ENDPOINT}/replay")
def replay(endpoint_id: int) -> ResponseReturnValue:
    """Post one again, or all that were given up."""
    schema = ReplaySchema()
    with portal().writing() as (session, _):
        endpoint = service.one_of(session, me(), endpoint_id)
        try:
            which = schema.read(typed(schema))["delivery_id"]
        except Invalid:
            which = 0  # no delivery has it
        waiting = service.replay(session, me(), endpoint, _now(), which)
    say(f"{waiting} posted again within a minute." if waiting else "Nothing was given up.")
    return redirect(url_for("endpoints.show_endpoint", endpoint_id=endpoint_id), 303)


@endpoints.post(f"{ENDPOINT}/remove")
def remove_endpoint(endpoint_id: int) -> ResponseReturnValue:
    """Post nothing there any more."""
    with portal().writing() as (session, _):
        service.remove(session, me(), service.one_of(session, me(), endpoint_id), _now())
    say("Removed. Nothing more is posted there.")
    return redirect(url_for("endpoints.show"), 303)


@endpoints.get("/reference")
@public
def read_reference() -> str:
    """The API, address by address, from its own description."""
    return render_template("reference.html", api=reference.read(current_app.extensions["openapi"]))


def _page(refused: Invalid | None = None, shown: tuple[str, str] | None = None) -> str:
    here, told = portal(), refused.fields if refused else {}
    given = request.form.to_dict() | {name: request.form.getlist(name) for name in ("scopes", "kinds")}
    values = given if refused else {"scopes": ["read"], "days": "365", "kinds": []}
    with here.database.reading() as session:
        manages = may(me().role, "manage_api")
        return render_template(
            "endpoints.html",
            form=Form(values, told),
            shown=shown,
            tokens=tokens.working(session, me()),
            endpoints=service.all_of(session, me()) if manages else [],
            events_on=stream.is_on(session, me()),
            scopes=list(SCOPES.items()),
            everything=EVERY_SCOPE,
            lives=LIVES,
            kinds=list(KINDS.items()),
            manages=manages,
            now=_now(),
        )


def _endpoint_page(endpoint_id: int, secret: str | None = None) -> str:
    with portal().database.reading() as session:
        endpoint = service.one_of(session, me(), endpoint_id)
        values: dict[str, Any] = {"log": service.log_of(session, endpoint), "states": _STATES, "secret": secret}
        return render_template("endpoint.html", endpoint=endpoint, now=_now(), days=LOST_AFTER.days, **values)


def _now() -> datetime:
    return portal().clock.machine_now()
