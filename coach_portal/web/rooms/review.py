"""Where a coach says what a text really reported: one text, and the queue of those we are unsure of."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Client, Correction, Goal, Message
from coach_portal.core.services.pages import review as reviews
from coach_portal.core.services.photos import showing
from coach_portal.core.services.replies import corrections as service
from coach_portal.core.services.replies import readings
from coach_portal.web import reading_form, words
from coach_portal.web.access import me
from coach_portal.web.forms import Form, row_id
from coach_portal.web.notices import say
from coach_portal.web.phrasing import weekday
from coach_portal.web.portal import portal
from coach_portal.web.reading_form import Row
from coach_portal.web.rooms.sign_in import safe_next

review = Blueprint("review", __name__)
TEXT = "/clients/<int:client_id>/texts/<int:message_id>"


@review.app_context_processor
def count_for_templates() -> dict[str, object]:
    """Let a page say how many texts wait; asked only where it is shown."""
    return {"texts_to_review": _count}


@review.get(TEXT)
def show(client_id: int, message_id: int) -> str:
    """One text with its evidence, and a form that says what it reports."""
    return _form(client_id, message_id)


@review.post(TEXT)
def save(client_id: int, message_id: int) -> object:
    """Record what the coach says it reports."""
    here = portal()
    rows: list[Row] = []
    try:
        with here.writing() as (session, _):
            client, message = service.text_of(session, me(), client_id, message_id, to_change=True)
            rows = reading_form.typed_rows(request.form, _goals(session, client))
            reading = reading_form.reading_of(rows)
            made = service.correct(session, me(), client, message, reading, here.now())
            _tell(
                session, client, message, made, url_for("clients.show", client_id=client_id, _anchor=f"t{message_id}")
            )
    except Invalid as refused:
        return _form(client_id, message_id, rows, refused.fields), 422
    return redirect(url_for("clients.show", client_id=client_id, _anchor=f"t{message_id}"), 303)


@review.post(f"{TEXT}/undo")
def undo(client_id: int, message_id: int) -> object:
    """Take the last correction back, or a confirmation."""
    here = portal()
    correction_id = request.form.get("correction", type=int)
    try:
        with here.writing() as (session, _):
            client, message = service.text_of(session, me(), client_id, message_id, to_change=True)
            if correction_id is None:
                service.look_again(session, me(), message, here.now())
            else:
                service.undo(session, me(), client, message, correction_id, here.now())
            say("It is as it was before.")
    except Invalid as refused:
        say(" ".join(refused.fields.values()))
    return redirect(safe_next(request.form.get("next", "")), 303)


@review.get("/review")
def queue() -> str:
    """The texts we are unsure of, each to be settled with one click."""
    here = portal()
    with here.database.reading() as session:
        page = reviews.queue(session, me(), here.now())
        shown = {text.message.id for text in page.texts}
        at = request.args.get("at", type=int)
        first = at if at in shown else next((text.message.id for text in page.texts), None)
        return render_template("review.html", page=page, first=first, now=here.now())


@review.post("/review/<int:message_id>")
def answer(message_id: int) -> object:
    """Settle one text, and go on to the next."""
    here = portal()
    following = request.form.get("following", type=int)
    back = url_for("review.queue", at=following)
    try:
        with here.writing() as (session, _):
            whose = session.scalar(select(Message.client_id).where(Message.id == message_id))
            client, message = service.text_of(session, me(), whose or 0, message_id, to_change=True)
            if message.reviewed_at is not None:
                say("Someone has looked at that one meanwhile.")
                return redirect(back, 303)
            made = _settle(session, client, message, request.form.get("answer", ""))
            _tell(session, client, message, made, url_for("review.queue", at=message_id))
    except Invalid as refused:
        say(" ".join(refused.fields.values()))
    return redirect(back, 303)


def _settle(session: Session, client: Client, message: Message, told: str) -> Correction | None:
    """Do what the button says: yes, nothing, done-GOAL or missed-GOAL."""
    now = portal().now()
    if told == "yes":
        service.confirm(session, me(), message, now)
        return None
    kind, _, goal = told.partition("-")
    goal_id = row_id(goal)
    if told == "nothing":
        reading: dict[str, Any] = {"wins": [], "misses": []}
    elif kind in {"done", "missed"} and goal_id is not None:
        given = readings.given(message.understanding or {}, message.body)
        day = readings.day_of(message, client)
        reading = readings.with_goal(given, goal_id, day, done=kind == "done")
    else:
        abort(400)
    return service.correct(session, me(), client, message, reading, now)


def _tell(session: Session, client: Client, message: Message, made: Correction | None, back: str) -> None:
    """Say what is recorded now, and offer the way back."""
    fields = {"next": back}
    if made is not None:
        fields["correction"] = str(made.id)
    address = url_for("review.undo", client_id=client.id, message_id=message.id)
    say(_in_words(session, client, message) if made else "It stands as we read it.", address, fields)


def _in_words(session: Session, client: Client, message: Message) -> str:
    goals, understanding = _goals(session, client), message.understanding or {}
    day = readings.day_of(message, client)
    told = [
        one.words + (" missed" if one.mark == "missed" else "") + (f", {weekday(one.on)}" if one.on != day else "")
        for one in reviews.told_of(understanding, goals, message, client)
    ]
    said = f"Recorded: {words.listed(told)}." if told else "Nothing is recorded from it now."
    learnt = understanding.get("learnt")
    if learnt:
        meant = words.listed(f"“{word}”" for word in learnt["words"])
        said += f" Learnt that {meant} means {goals[learnt['goal_id']].title}."
    return said


def _form(client_id: int, message_id: int, rows: list[Row] | None = None, errors: dict[str, str] | None = None) -> str:
    with portal().database.reading() as session:
        _, message = service.text_of(session, me(), client_id, message_id)
        text = reviews.read(session, message)
        told = errors or {}
        whole = " ".join(what for name, what in told.items() if "-" not in name)
        return render_template(
            "correct.html",
            text=text,
            photos=showing.of_messages(session, [message.id])[message.id],
            rows=rows if told and rows is not None else reading_form.rows_of(text),
            days=list(reading_form.days(text)),
            form=Form({}, told | {"_schema": whole}),
        )


def _goals(session: Session, client: Client) -> dict[int, Goal]:
    return reviews.goals_of(session, [client.id])[client.id]


def _count() -> int:
    with portal().database.reading() as session:
        return reviews.count(session, me())
