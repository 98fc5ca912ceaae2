"""The days and times at which a client is asked: check-ins, the evening question, the weekly reflection."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import CheckInSchedule, Client, Goal
from coach_portal.core.schemas import KINDS, ScheduleSchema
from coach_portal.core.services import schedules as service
from coach_portal.core.services import scope
from coach_portal.web import previews
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

schedules = Blueprint("schedules", __name__, url_prefix="/clients/<int:client_id>/schedules")
LISTS = ("days", "goals")
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
            service.add_schedule(session, me(), client, schema.read(_typed(schema)), here.now())
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
            data = schema.read(_typed(schema) | {"kind": schedule.kind})
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
        return render_template("parts/preview.html", preview=previews.of_schedule(client, kind, goals, chosen))


def _values(schedule: CheckInSchedule) -> dict[str, Any]:
    return {
        "kind": schedule.kind,
        "days": list(schedule.days),
        "local_time": schedule.local_time,
        "goals": [str(goal_id) for goal_id in schedule.goal_ids or []],
    }


def _typed(schema: ScheduleSchema) -> dict[str, Any]:
    return typed(schema, LISTS)


def _errors(refused: Invalid) -> dict[str, str]:
    """What to do where; days are ticked here, not written."""
    ticked = request.form.getlist("days")
    return {**refused.fields} if ticked else {**refused.fields, "days": "Tick at least one day."}


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
            preview=previews.of_schedule(client, kind, goals, form.values.get("goals", [])),
        )


def _client_and_goals(session: Session, client_id: int) -> tuple[Client, Sequence[Goal]]:
    client = scope.client_of(session, me(), client_id)
    mine = select(Goal).where(Goal.client_id == client.id, Goal.retired_at.is_(None)).order_by(Goal.position)
    return client, session.scalars(mine).all()
