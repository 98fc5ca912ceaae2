"""What coaches write down themselves: wins told elsewhere than by text, and notes. Each with a way back."""

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Client, Goal, Win
from coach_portal.core.rules.schedule import zone
from coach_portal.core.schemas import NoteSchema, WinReadingSchema
from coach_portal.core.services import scope
from coach_portal.core.services.pages.transcript import win_in_words
from coach_portal.core.services.people import notes as note_service
from coach_portal.core.services.progress import by_hand as service
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.phrasing import agreed, day
from coach_portal.web.portal import portal
from coach_portal.web.rooms.sign_in import safe_next

wins = Blueprint("wins", __name__, url_prefix="/clients/<int:client_id>/wins")
notes = Blueprint("notes", __name__, url_prefix="/clients/<int:client_id>/notes")


@wins.get("/new")
def new(client_id: int) -> str:
    """Ask what they did, and when: their first goal today unless the address says otherwise."""
    return _win_form(client_id, Form({"goal_id": request.args.get("goal"), "on": request.args.get("on")}))


@wins.post("/new")
def add(client_id: int) -> ResponseReturnValue:
    """Write a win down."""
    here = portal()
    try:
        with here.writing() as (session, _):
            client = scope.client_of(session, me(), client_id)
            win = service.log(session, me(), client, _typed_win(), here.now())
            _tell(session, client, win, "wins.take_back")
    except Invalid as refused:
        return _win_form(client_id, Form(request.form, refused.fields)), 422
    return redirect(_back(client_id), 303)


@wins.get("/<int:win_id>")
def edit(client_id: int, win_id: int) -> str:
    """Show a win that was logged by hand, to be put right."""
    with portal().database.reading() as session:
        win = service.win_of(session, scope.client_of(session, me(), client_id), win_id)
        values = _as_typed(win)
    return _win_form(client_id, Form(values), win_id)


@wins.post("/<int:win_id>")
def change(client_id: int, win_id: int) -> ResponseReturnValue:
    """Put it right."""
    here = portal()
    try:
        with here.writing() as (session, _):
            client = scope.client_of(session, me(), client_id)
            win = service.win_of(session, client, win_id)
            before = _as_typed(win)
            service.change(session, me(), win, _typed_win(), here.now())
            _tell(session, client, win, "wins.change", before)
    except Invalid as refused:
        return _win_form(client_id, Form(request.form, refused.fields), win_id), 422
    return redirect(_back(client_id), 303)


@wins.post("/<int:win_id>/take-back")
def take_back(client_id: int, win_id: int) -> ResponseReturnValue:
    """It did not happen after all."""
    here = portal()
    with here.writing() as (session, _):
        win = service.win_of(session, scope.client_of(session, me(), client_id), win_id)
        service.take_back(session, me(), win, here.now())
    address = url_for(".put_back", client_id=client_id, win_id=win_id)
    say("Taken back.", address, {"next": _back(client_id)})
    return redirect(_back(client_id), 303)


@wins.post("/<int:win_id>/put-back")
def put_back(client_id: int, win_id: int) -> ResponseReturnValue:
    """It did."""
    here = portal()
    try:
        with here.writing() as (session, _):
            client = scope.client_of(session, me(), client_id)
            win = service.win_of(session, client, win_id, undone=True)
            service.put_back(session, me(), win, here.now())
            _tell(session, client, win, "wins.take_back")
    except Invalid as refused:
        say(" ".join(refused.fields.values()))
    return redirect(_back(client_id), 303)


@notes.post("")
def add_note(client_id: int) -> ResponseReturnValue:
    """Write a note down."""
    here = portal()
    try:
        with here.writing() as (session, _):
            client = scope.client_of(session, me(), client_id)
            note = note_service.add(session, me(), client, _typed_note(), here.now())
            _offer_removal(client_id, note.id, "Noted, for your practice alone.")
    except Invalid as refused:
        return _note_form(client_id, Form(request.form, refused.fields)), 422
    return redirect(_back(client_id), 303)


@notes.get("/<int:note_id>")
def edit_note(client_id: int, note_id: int) -> str:
    """Show a note, to be said otherwise or taken away."""
    with portal().database.reading() as session:
        note = note_service.note_of(session, scope.client_of(session, me(), client_id), note_id)
        values = {"body": note.body}
    return _note_form(client_id, Form(values), note_id)


@notes.post("/<int:note_id>")
def change_note(client_id: int, note_id: int) -> ResponseReturnValue:
    """Say it otherwise."""
    here = portal()
    try:
        with here.writing() as (session, _):
            note = note_service.note_of(session, scope.client_of(session, me(), client_id), note_id)
            before = note.body
            note_service.change(session, me(), note, _typed_note(), here.now())
    except Invalid as refused:
        return _note_form(client_id, Form(request.form, refused.fields), note_id), 422
    say("Changed.", url_for(".change_note", client_id=client_id, note_id=note_id), {"body": before})
    return redirect(_back(client_id), 303)


@notes.post("/<int:note_id>/remove")
def remove_note(client_id: int, note_id: int) -> ResponseReturnValue:
    """Take it away."""
    here = portal()
    with here.writing() as (session, _):
        note = note_service.note_of(session, scope.client_of(session, me(), client_id), note_id)
        note_service.remove(session, me(), note, here.now())
    address = url_for(".put_note_back", client_id=client_id, note_id=note_id)
    say("The note is gone.", address, {"next": _back(client_id)})
    return redirect(_back(client_id), 303)


@notes.post("/<int:note_id>/put-back")
def put_note_back(client_id: int, note_id: int) -> ResponseReturnValue:
    """Take that back."""
    here = portal()
    with here.writing() as (session, _):
        note = note_service.note_of(session, scope.client_of(session, me(), client_id), note_id, removed=True)
        note_service.put_back(session, me(), note, here.now())
        _offer_removal(client_id, note_id, "It is back.")
    return redirect(_back(client_id), 303)


def _typed_win() -> dict[str, Any]:
    schema = WinReadingSchema()
    sent = typed(schema)
    # The form hides what the choice has no use for, and a hidden field may hold what was typed before it.
    sent.pop("title" if sent.get("goal_id") else "amount", None)
    return schema.read(sent)


def _as_typed(win: Win) -> dict[str, str]:
    values = service.given(win)
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _typed_note() -> str:
    schema = NoteSchema()
    return str(schema.read(typed(schema))["body"])


def _tell(session: Session, client: Client, win: Win, way_back: str, fields: dict[str, str] | None = None) -> None:
    """Say what is on record now, and offer the way back."""
    goal = session.get(Goal, win.goal_id) if win.goal_id else None
    told = win_in_words(win, {goal.id: goal} if goal else {})
    address = url_for(way_back, client_id=client.id, win_id=win.id)
    on = day(win.local_date, client.timezone, portal().now())
    say(f"Recorded: {told}, {on}.", address, {"next": _back(client.id), **(fields or {})})


def _offer_removal(client_id: int, note_id: int, told: str) -> None:
    say(told, url_for("notes.remove_note", client_id=client_id, note_id=note_id), {"next": _back(client_id)})


def _back(client_id: int) -> str:
    wanted = request.form.get("next", "")
    return safe_next(wanted) if wanted else url_for("clients.show", client_id=client_id)


def _win_form(client_id: int, form: Form, win_id: int | None = None) -> str:
    here = portal()
    with here.database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        goals = session.scalars(select(Goal).where(Goal.client_id == client.id).order_by(Goal.position)).all()
        shown = [goal for goal in goals if goal.retired_at is None or str(goal.id) == form.value("goal_id")]
        today: date = here.now().astimezone(zone(client.timezone)).date()
        return render_template(
            "win.html",
            client=client,
            form=form,
            choices=[*((str(goal.id), agreed(goal)) for goal in shown), ("", "Something else")],
            goal=form.value("goal_id") if form.value("goal_id") is not None else _first(shown),
            on=form.value("on") or today.isoformat(),
            today=today,
            counted=[goal for goal in shown if goal.amount is not None],
            win_id=win_id,
            back=safe_next(request.values["next"]) if "next" in request.values else "",
        )


def _first(goals: list[Goal]) -> str:
    return str(goals[0].id) if goals else ""


def _note_form(client_id: int, form: Form, note_id: int | None = None) -> str:
    with portal().database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        return render_template("note.html", client=client, form=form, note_id=note_id)
