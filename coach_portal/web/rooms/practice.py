"""The practice's own settings. Its first page leads to them; whoever adds one adds it to PLACES."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach
from coach_portal.core.rules import crisis_lines
from coach_portal.core.schemas.contact import OwnPhoneSchema, SecondContactSchema
from coach_portal.core.services.practice import at_a_glance, contacts
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

practice = Blueprint("practice", __name__, url_prefix="/practice")

PLACES = [
    ("sessions.show", "Before sessions", "When you are sent what to read, and your sessions in your own calendar."),
    (
        "reach.show",
        "Reaching you",
        "How you hear that someone wants you, and who stands in while you are away.",
    ),
    ("practice.safety", "When someone may be in danger", "Who is told, in which order, and the numbers to call."),
    ("hours.show", "Hours", "Between which hours you text, and from when on Sundays."),
    ("wording.show", "Wording", "How your check-ins, evening questions and reminders are said."),
    ("people.show", "People", "Who is in the practice and may do what; invitations, and clients without a coach."),
    ("account.show", "Your sign-in", "Your password, a second factor, and where you are signed in."),
    ("sundays.show", "Sundays", "The question that comes with the week, and the week as a picture."),
]
"""Endpoint, title and one sentence for each page of settings."""


@practice.app_context_processor
def stale_numbers_for_templates() -> dict[str, object]:
    """Let a page say that the numbers to call want checking, and since when."""
    return {"stale_numbers": _stale_numbers}


def _stale_numbers() -> date | None:
    is_stale = crisis_lines.stale(portal().clock.machine_now().date())
    return crisis_lines.checked_on() if is_stale else None


@practice.get("")
def show() -> str:
    """Where to find what."""
    with portal().database.reading() as session:
        return render_template("practice.html", places=PLACES, stands=at_a_glance.read(session, me()))


@practice.get("/safety")
def safety() -> str:
    """Who is told when someone may be in danger."""
    return _safety()


@practice.post("/safety/own-phone")
def own_phone() -> ResponseReturnValue:
    """Where this coach is texted."""
    here, schema = portal(), OwnPhoneSchema()
    try:
        with here.writing() as (session, _):
            phone = schema.read(typed(schema))["own_phone"]
            contacts.set_own_phone(session, session.get_one(Coach, me().id), phone, here.now())
    except Invalid as refused:
        return _safety(refused), 422
    say("Saved. You are texted and emailed." if phone else "Saved. You are emailed, not texted.")
    return redirect(url_for("practice.safety"), 303)


@practice.post("/safety/second-contact")
def second_contact() -> ResponseReturnValue:
    """Name who is told when a coach does not answer."""
    here, schema = portal(), SecondContactSchema()
    try:
        with here.writing() as (session, _):
            contacts.name_second_contact(session, me(), schema.read(typed(schema)), here.now())
    except Invalid as refused:
        return _safety(refused), 422
    say(f"Saved. {request.form['name'].strip()} is told when a coach does not answer within 15 minutes.")
    return redirect(url_for("practice.safety"), 303)


@practice.post("/safety/second-contact/remove")
def remove_second_contact() -> ResponseReturnValue:
    """Nobody but the coach is told."""
    here = portal()
    with here.writing() as (session, _):
        contacts.remove_second_contact(session, me(), here.now())
    say("Removed. Nobody but the coach is told now.")
    return redirect(url_for("practice.safety"), 303)


def _safety(refused: Invalid | None = None) -> str:
    here = portal()
    with here.database.reading() as session:
        named = contacts.second_contact(session, me())
        kept = {"name": named.name, "phone": named.phone, "email": named.email} if named else {}
        values = {"own_phone": me().phone, **kept} | (request.form.to_dict() if refused else {})
        return render_template(
            "practice_safety.html",
            form=Form(values, refused.fields if refused else {}),
            named=named,
            lines=[(code, crisis_lines.crisis_lines(code)) for code in crisis_lines.COUNTRIES],
            checked_on=crisis_lines.checked_on(),
        )
