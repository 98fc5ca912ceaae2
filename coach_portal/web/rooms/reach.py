"""How this coach hears of what waits for them, and who covers while they are away."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach
from coach_portal.core.rules.schedule import zone
from coach_portal.core.schemas.reach import AwaySchema, ReachSchema
from coach_portal.core.services import scope
from coach_portal.core.services.reaching import absences, choices
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

reach = Blueprint("reach", __name__)
HERE = "/practice/reach"


@reach.get(HERE)
def show() -> str:
    """What is chosen, and the absence that runs or comes."""
    return _page()


@reach.post(HERE)
def choose() -> ResponseReturnValue:
    """Choose way, hours and how often."""
    here, schema = portal(), ReachSchema()
    try:
        with here.writing() as (session, _):
            chosen = schema.read(typed(schema, ["reach_days"]))
            choices.choose(session, session.get_one(Coach, me().id), chosen, here.now())
    except Invalid as refused:
        return _page(choice=refused), 422
    say("Saved. What waits is told by it.")
    return redirect(url_for("reach.show"), 303)


@reach.post(f"{HERE}/away")
def go_away() -> ResponseReturnValue:
    """Be away for some days."""
    here, schema = portal(), AwaySchema()
    given = {name: said for name, said in typed(schema).items() if said != ""}
    try:
        with here.writing() as (session, _):
            absences.go_away(session, session.get_one(Coach, me().id), schema.read(given), here.now())
    except Invalid as refused:
        return _page(away=refused), 422
    say("Saved. Clients who ask something meanwhile are told once.")
    return redirect(url_for("reach.show", _anchor="away"), 303)


@reach.post(f"{HERE}/back")
def come_back() -> ResponseReturnValue:
    """End the absence, or call it off."""
    here = portal()
    with here.writing() as (session, _):
        absences.come_back(session, session.get_one(Coach, me().id), here.now())
    say("You are here. What waited is told to you now.")
    return redirect(url_for("reach.show", _anchor="away"), 303)


@reach.get("/clients/<int:client_id>/write")
def write(client_id: int) -> ResponseReturnValue:
    """Where the link of an email or a text leads: the conversation, with the box to answer in, also after the door."""
    with portal().database.reading() as session:
        scope.client_of(session, me(), client_id)
    return redirect(url_for("clients.show", client_id=client_id, _anchor="body"), 303)


def _page(choice: Invalid | None = None, away: Invalid | None = None) -> str:
    here = portal()
    with here.database.reading() as session:
        coach = session.get_one(Coach, me().id)
        return render_template(
            "reach.html",
            form=Form(_chosen(coach) if choice is None else _typed(), choice.fields if choice else {}),
            away=Form(_usual(coach) if away is None else _typed(), away.fields if away else {}),
            absence=absences.running_or_coming(session, coach, here.now()),
            colleagues=[(str(one.id), one.name) for one in absences.who_may_cover(session, coach)],
            now=here.now(),
        )


def _chosen(coach: Coach) -> dict[str, Any]:
    names = ("reached_by", "reach_from", "reach_until", "reach_every")
    return {name: getattr(coach, name) for name in names} | {"reach_days": list(coach.reach_days)}


def _usual(coach: Coach) -> dict[str, Any]:
    today = portal().now().astimezone(zone(coach.timezone)).date()
    return {"first_day": today.isoformat()}


def _typed() -> dict[str, Any]:
    return request.form.to_dict() | {"reach_days": request.form.getlist("reach_days")}
