"""The days and times at which a client is asked: check-ins, the evening question, the weekly reflection."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from coach_portal.core.errors import Invalid
from coach_portal.core.models import CheckInSchedule, Client, Goal, Practice
from coach_portal.core.schemas import KINDS, ScheduleSchema
from coach_portal.core.services import scope
from coach_portal.core.services.moments import schedules as service
from coach_portal.core.services.people.clients import first_name
from coach_portal.web import previews, words
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.phrasing import wall
from coach_portal.web.portal import portal

schedules = Blueprint("schedules", __name__, url_prefix="/clients/<int:client_id>/schedules")
LISTS = ("days", "goals")
RHYTHMS = {"days": "days", "times": "times_per_week", "every": "every_days"}
"""The ways of saying how often, and the field that each says it in."""
USUAL: dict[str, dict[str, Any]] = {
    "check_in": {"days": list("1234567"), "local_time": "08:30"},
    "wins": {"days": list("1234567"), "local_time": "20:00"},
    "reflection": {"days": ["7"], "local_time": "18:00"},
}


@schedules.get("/new")
def new(client_id: int) -> str:
    """Ask on which days and when, with sensible times filled in."""
    kind = request.args.get("kind", "check_in")
    kind = kind if kind in KINDS else "check_in"
    return _form(client_id, Form(USUAL[kind] | {"kind": kind, "goals": []}))


@schedules.post("/new")
def add(client_id: int) -> ResponseReturnValue:
    """Ask this client at a time."""
    here, schema = portal(), ScheduleSchema()
    try:
        with here.writing() as (session, _):
            client = scope.client_of(session, me(), client_id)
            service.add_schedule(session, me(), client, schema.read(_sent(schema)), here.now())
    except Invalid as refused:
        return _form(client_id, Form(_typed(schema), _errors(refused))), 422
    say("Saved.")
    return redirect(url_for("clients.show", client_id=client_id), 303)


@schedules.get("/<int:schedule_id>")
def edit(client_id: int, schedule_id: int) -> str:
    """Show the days and the time, to be changed."""
    with portal().database.reading() as session:
        _, schedule = scope.schedule_of(session, me(), client_id, schedule_id)
        values = _values(schedule)
    return _form(client_id, Form(values), schedule_id)


@schedules.post("/<int:schedule_id>")
def change(client_id: int, schedule_id: int) -> ResponseReturnValue:
    """Ask on other days, at another time or about other goals."""
    here, schema = portal(), ScheduleSchema()
    try:
        with here.writing() as (session, _):
            _, schedule = scope.schedule_of(session, me(), client_id, schedule_id)
            data = schema.read(_sent(schema) | {"kind": schedule.kind})
            service.edit_schedule(session, me(), schedule, data, here.now())
    except Invalid as refused:
        return _form(client_id, Form(_typed(schema), _errors(refused)), schedule_id), 422
    say("Saved.")
    return redirect(url_for("clients.show", client_id=client_id), 303)


@schedules.post("/<int:schedule_id>/remove")
def remove(client_id: int, schedule_id: int) -> ResponseReturnValue:
    """Ask no more at this time."""
    here = portal()
    with here.writing() as (session, _):
        _, schedule = scope.schedule_of(session, me(), client_id, schedule_id)
        was = _values(schedule)
        service.remove_schedule(session, me(), schedule, here.now())
    say("Not asked at that time any more.", url_for("schedules.add", client_id=client_id), was)
    return redirect(url_for("clients.show", client_id=client_id), 303)


@schedules.post("/preview")
def preview(client_id: int) -> str:
    """What will be asked, while the days and the goals are being chosen."""
    with portal().database.reading() as session:
        client, goals = _client_and_goals(session, client_id)
        kind, chosen = request.form.get("kind", "check_in"), request.form.getlist("goals")
        shown = previews.of_schedule(client, kind, goals, chosen, _note(session, client, request.form))
        return render_template("parts/preview.html", preview=shown)


def _values(schedule: CheckInSchedule) -> dict[str, Any]:
    return {
        "kind": schedule.kind,
        "rhythm": "every" if schedule.every_days else "days",
        "every_days": str(schedule.every_days or ""),
        "starts_on": str(schedule.starts_on or ""),
        "days": list(schedule.days),
        "local_time": schedule.local_time,
        "way": "call" if schedule.channel == "call" else "both" if schedule.call_at else "text",
        "call_at": schedule.call_at or "",
        "on_machine": schedule.on_machine,
        "goals": [str(goal_id) for goal_id in schedule.goal_ids or []],
    }


def _typed(schema: ScheduleSchema) -> dict[str, Any]:
    data, said = typed(schema, LISTS), RHYTHMS.get(request.form.get("rhythm", "days"), "days")
    others = {name for name in RHYTHMS.values() if name != said}
    kept = {
        name: value
        for name, value in data.items()
        if name not in others and (said == "every_days" or name != "starts_on")
    }
    return kept | _by_which_way(request.form.get("way", "text"))


def _sent(schema: ScheduleSchema) -> dict[str, Any]:
    """What was typed, as the schema takes it."""
    return {name: value for name, value in _typed(schema).items() if name != "way" and value is not None}


def _by_which_way(way: str) -> dict[str, Any]:
    """One choice on the page, two fields beneath it: a call from the start, or one after a text."""
    call_at = request.form.get("call_at") if way == "both" else None
    return {"way": way, "channel": "call" if way == "call" else "text", "call_at": call_at}


def _note(session: Session, client: Client, written: Mapping[str, Any]) -> str:
    """How often that is, and what is said of a time outside the practice's hours."""
    told = {name: written[name] for name in ("times_per_week", "every_days") if written.get(name)}
    days = written.getlist("days") if isinstance(written, MultiDict) else written.get("days", ())
    said = RHYTHMS.get(str(written.get("rhythm") or "days"), "days")
    wanted = {"days": days} if said == "days" else {said: told.get(said, "")}
    try:
        data = ScheduleSchema().read({"local_time": written.get("local_time", ""), **wanted})
    except Invalid:
        return ""
    practice = session.get_one(Practice, client.practice_id)
    note = words.how_often(data["days"], data.get("every_days")).capitalize() + f" at {wall(data['local_time'])}."
    if service.is_own_time(practice, data["local_time"], data["days"], data.get("every_days")):
        note += f" That is outside your usual hours: it goes then because {first_name(client.name)} and you agreed it."
    return note


def _errors(refused: Invalid) -> dict[str, str]:
    """What to do where; days are ticked here, not written."""
    is_ticked = request.form.getlist("days") or request.form.get("rhythm", "days") != "days"
    return {**refused.fields} if is_ticked else {**refused.fields, "days": "Tick at least one day."}


def _form(client_id: int, form: Form, schedule_id: int | None = None) -> str:
    with portal().database.reading() as session:
        client, goals = _client_and_goals(session, client_id)
        kind = form.values.get("kind", "check_in")
        return render_template(
            "schedule.html",
            client=client,
            form=form,
            goals=[(str(goal.id), goal.title) for goal in goals],
            kind=kind,
            schedule_id=schedule_id,
            preview=previews.of_schedule(
                client, kind, goals, form.values.get("goals", []), _note(session, client, form.values)
            ),
        )


def _client_and_goals(session: Session, client_id: int) -> tuple[Client, Sequence[Goal]]:
    client = scope.client_of(session, me(), client_id)
    mine = select(Goal).where(Goal.client_id == client.id, Goal.retired_at.is_(None)).order_by(Goal.position)
    return client, session.scalars(mine).all()
