"""Agreeing, changing and retiring a client's goals."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import CheckInSchedule, Client, Goal
from coach_portal.core.rules.habit import library
from coach_portal.core.rules.habit.sizes import grown, shrunk
from coach_portal.core.rules.habit.tiny import Smaller
from coach_portal.core.rules.texts.growing import resized, stacked_anchor
from coach_portal.core.schemas import AREAS, CADENCES, GoalSchema
from coach_portal.core.services import scope
from coach_portal.core.services.pages.transcript import goal_words
from coach_portal.core.services.progress import board
from coach_portal.core.services.progress import goals as service
from coach_portal.web import previews
from coach_portal.web.access import me
from coach_portal.web.forms import Form, row_id, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

goals = Blueprint("goals", __name__, url_prefix="/clients/<int:client_id>/goals")
SIZES = {"grown": grown, "shrunk": shrunk}
FIELDS = ("title", "anchor", "area", "cadence", "amount", "unit", "direction")


@goals.get("/new")
def new(client_id: int) -> str:
    """Ask for a goal: four fields, fifteen seconds. One that is stacked on an old habit has its anchor already."""
    with portal().database.reading() as session:
        return _form(client_id, Form({"cadence": "daily", "direction": "at_least", **_begun(session, client_id)}))


@goals.post("/new")
def add(client_id: int) -> ResponseReturnValue:
    """Agree a goal. Whoever is not asked yet goes on to the days and the time."""
    here, schema = portal(), GoalSchema()
    try:
        with here.writing() as (session, _):
            client = scope.client_of(session, me(), client_id)
            data = schema.read(previews.with_amount(typed(schema)))
            less = service.smaller_than(data, client.locale)
            if less and not request.form.get("size"):
                return _form(client_id, Form(request.form), less=less)
            goal = service.add_goal(session, me(), client, _sized(data, less), here.now())
            if idea_id := row_id(request.form.get("idea", "")):
                board.idea_of(session, client, idea_id).goal_id = goal.id
            say(f"Agreed: {goal.title}.")
            asked = _is_asked(session, client)
    except Invalid as refused:
        return _form(client_id, Form(request.form, refused.fields)), 422
    following = "clients.show" if asked else "schedules.new"
    return redirect(url_for(following, client_id=client_id), 303)


@goals.get("/<int:goal_id>")
def edit(client_id: int, goal_id: int) -> str:
    """Show what was agreed, to be changed; with `size` grown or shrunk, as the next size of it."""
    with portal().database.reading() as session:
        client, goal = scope.goal_of(session, me(), client_id, goal_id)
        values = {name: getattr(goal, name) for name in FIELDS} | _resized(goal, client, request.args.get("size", ""))
    return _form(client_id, Form(values), goal_id)


@goals.post("/<int:goal_id>")
def change(client_id: int, goal_id: int) -> ResponseReturnValue:
    """Change what was agreed; what was reported stays as it was told."""
    here, schema = portal(), GoalSchema()
    try:
        with here.writing() as (session, _):
            client, goal = scope.goal_of(session, me(), client_id, goal_id)
            data = schema.read(typed(schema))
            less = service.smaller_than(data, client.locale) if _is_larger(data, goal) else None
            if less and not request.form.get("size"):
                return _form(client_id, Form(request.form), goal_id, less)
            service.edit_goal(session, me(), goal, _sized(data, less), here.now())
    except Invalid as refused:
        return _form(client_id, Form(request.form, refused.fields), goal_id), 422
    say("Saved.", url_for("growing.change_back", client_id=client_id, goal_id=goal_id))
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
        return render_template("parts/preview.html", preview=previews.of_goal(client, request.form), less=_less(client))


def _form(client_id: int, form: Form, goal_id: int | None = None, less: Smaller | None = None) -> str:
    with portal().database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        others = session.scalars(select(Goal).where(Goal.client_id == client.id, Goal.retired_at.is_(None))).all()
        return render_template(
            "goal.html",
            client=client,
            goal_id=goal_id,
            form=form,
            less=less,
            others=[other for other in others if other.anchor and other.id != goal_id],
            areas=[(area, area.capitalize()) for area in AREAS],
            cadences=CADENCES,
            preview=previews.of_goal(client, form.values),
            examples={} if goal_id else library.examples(client.locale),
        )


def _begun(session: Session, client_id: int) -> dict[str, object]:
    """What the form has already: the anchor of one stacked on an old habit, an example, an idea from the board."""
    client = scope.client_of(session, me(), client_id)
    if after := row_id(request.args.get("after", "")):
        _, goal = scope.goal_of(session, me(), client_id, after)
        return {"anchor": stacked_anchor(goal.title, client.locale)}
    begun: dict[str, object] = {}
    if idea_id := row_id(request.args.get("idea", "")):
        idea = board.idea_of(session, client, idea_id)
        begun = {"title": idea.title, "area": idea.area, "idea": idea.id}
    if example := library.example(request.args.get("example", ""), client.locale):
        begun |= example._asdict() | {"direction": library.direction(example)}
    return begun


def _less(client: Client) -> Smaller | None:
    """A smaller goal than the one being written, as far as it can be read yet."""
    try:
        data = GoalSchema().read(previews.with_amount(typed(GoalSchema())))
    except Invalid:
        return None
    return service.smaller_than(data, client.locale)


def _sized(data: dict[str, Any], less: Smaller | None) -> dict[str, Any]:
    """What was typed, or the smaller thing where the coach chose that."""
    if less is None or request.form.get("size") != "smaller":
        return data
    return data | {"title": less.title, "amount": less.amount, "unit": less.unit}


def _is_larger(data: dict[str, Any], goal: Goal) -> bool:
    return data["title"] != goal.title or (data["amount"] or 0) > (goal.amount or 0)


def _resized(goal: Goal, client: Client, size: str) -> dict[str, object]:
    next_size = SIZES.get(size)
    amount = next_size(goal.amount, goal.direction) if next_size and goal.amount else None
    return {"amount": amount, "title": resized(goal_words(goal), amount, client.locale)} if amount is not None else {}


def _is_asked(session: Session, client: Client) -> bool:
    mine = select(CheckInSchedule.id).where(
        CheckInSchedule.client_id == client.id,
        CheckInSchedule.kind == "check_in",
        CheckInSchedule.removed_at.is_(None),
    )
    return session.scalar(mine.limit(1)) is not None
