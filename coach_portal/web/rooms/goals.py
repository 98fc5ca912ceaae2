"""Agreeing, changing and retiring a client's goals."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import CheckInSchedule, Client, Goal
from coach_portal.core.schemas import AREAS, CADENCES, GoalSchema
from coach_portal.core.services import goals as service
from coach_portal.core.services import scope
from coach_portal.web import previews
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

goals = Blueprint("goals", __name__, url_prefix="/clients/<int:client_id>/goals")
FIELDS = ("title", "anchor", "area", "cadence", "amount", "unit", "direction")


@goals.get("/new")
def new(client_id: int) -> str:
    """Ask for a goal: four fields, fifteen seconds."""
    return _form(client_id, Form({"cadence": "daily", "direction": "at_least"}))


@goals.post("/new")
def add(client_id: int) -> ResponseReturnValue:
    """Agree a goal. Whoever is not asked yet goes on to the days and the time."""
    here, schema = portal(), GoalSchema()
    try:
        with here.writing() as (session, _):
            client = scope.client_of(session, me(), client_id)
            goal = service.add_goal(session, me(), client, schema.read(previews.with_amount(typed(schema))), here.now())
            say(f"Agreed: {goal.title}.")
            asked = _is_asked(session, client)
    except Invalid as refused:
        return _form(client_id, Form(request.form, refused.fields)), 422
    following = "clients.show" if asked else "schedules.new"
    return redirect(url_for(following, client_id=client_id), 303)


@goals.get("/<int:goal_id>")
def edit(client_id: int, goal_id: int) -> str:
    """Show what was agreed, to be changed."""
    with portal().database.reading() as session:
        _, goal = scope.goal_of(session, me(), client_id, goal_id)
        values = {name: getattr(goal, name) for name in FIELDS}
    return _form(client_id, Form(values), goal_id)


@goals.post("/<int:goal_id>")
def change(client_id: int, goal_id: int) -> ResponseReturnValue:
    """Change what was agreed; what was reported stays as it was told."""
    here, schema = portal(), GoalSchema()
    try:
        with here.writing() as (session, _):
            _, goal = scope.goal_of(session, me(), client_id, goal_id)
            service.edit_goal(session, me(), goal, schema.read(typed(schema)), here.now())
    except Invalid as refused:
        return _form(client_id, Form(request.form, refused.fields), goal_id), 422
    say("Saved.")
    return redirect(url_for("clients.show", client_id=client_id), 303)


@goals.get("/<int:goal_id>/retire")
def retire(client_id: int, goal_id: int) -> str:
    """Say what retiring a goal means."""
    with portal().database.reading() as session:
        client, goal = scope.goal_of(session, me(), client_id, goal_id)
        return render_template("goal_retire.html", client=client, goal=goal)


@goals.post("/<int:goal_id>/retire")
def retire_now(client_id: int, goal_id: int) -> ResponseReturnValue:
    """Ask about a goal no more."""
    here = portal()
    with here.writing() as (session, _):
        _, goal = scope.goal_of(session, me(), client_id, goal_id)
        service.retire_goal(session, me(), goal, here.now())
        say(f"{goal.title} is retired. Its wins stay.")
    return redirect(url_for("clients.show", client_id=client_id), 303)


@goals.post("/preview")
def preview(client_id: int) -> str:
    """The check-in as it will read, while the goal is being written."""
    with portal().database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        return render_template("parts/preview.html", preview=previews.of_goal(client, request.form))


def _form(client_id: int, form: Form, goal_id: int | None = None) -> str:
    with portal().database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        others = session.scalars(select(Goal).where(Goal.client_id == client.id, Goal.retired_at.is_(None))).all()
        return render_template(
            "goal.html",
            client=client,
            goal_id=goal_id,
            form=form,
            others=[other for other in others if other.anchor and other.id != goal_id],
            areas=[(area, area.capitalize()) for area in AREAS],
            cadences=CADENCES,
            preview=previews.of_goal(client, form.values),
        )


def _is_asked(session: Session, client: Client) -> bool:
    mine = select(CheckInSchedule.id).where(
        CheckInSchedule.client_id == client.id,
        CheckInSchedule.kind == "check_in",
        CheckInSchedule.removed_at.is_(None),
    )
    return session.scalar(mine.limit(1)) is not None
