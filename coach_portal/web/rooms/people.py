"""The people of the practice: who is there, inviting, and whether everybody needs a second factor."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.rules import roles
from coach_portal.core.services.colleagues import invitations, people
from coach_portal.core.services.signing_in import factors
from coach_portal.core.services.signing_in.throttles import TooManyTries
from coach_portal.web.access import me
from coach_portal.web.forms import Form
from coach_portal.web.notices import say
from coach_portal.web.portal import portal
from coach_portal.web.rooms.sign_in import wait

PEOPLE = "/practice/people"
colleagues = Blueprint("people", __name__, url_prefix=PEOPLE)


@colleagues.get("")
def show() -> str:
    """Who is there; the owner invites from here."""
    return _page(Form({"role": "coach"}))


@colleagues.post("")
def invite() -> ResponseReturnValue:
    """Send an invitation."""
    here = portal()
    try:
        with here.database.session() as session:
            email, role = request.form.get("email", ""), request.form.get("role", "")
            row = invitations.invite(session, me(), email, role, here.clock.machine_now())
            address = row.email
    except Invalid as refused:
        return _page(Form(request.form, refused.fields)), 422
    except TooManyTries as refused:
        return wait(refused, lambda problem: _page(Form(request.form, {"email": problem})))
    say(f"The invitation is on its way to {address}.")
    return redirect(url_for("people.show", _anchor="invited"), 303)


@colleagues.post("/invitations/<int:invitation_id>/again")
def send_again(invitation_id: int) -> ResponseReturnValue:
    """Send a new link."""
    here = portal()
    try:
        with here.database.session() as session:
            address = invitations.send_again(session, me(), invitation_id, here.clock.machine_now()).email
    except TooManyTries as refused:
        return wait(refused, lambda problem: _page(Form({"role": "coach"}, {"email": problem})))
    say(f"A new link is on its way to {address}. The one before no longer works.")
    return redirect(url_for("people.show", _anchor="invited"), 303)


@colleagues.post("/invitations/<int:invitation_id>/withdraw")
def withdraw(invitation_id: int) -> ResponseReturnValue:
    """Let the link open nothing."""
    here = portal()
    with here.database.session() as session:
        invitations.withdraw(session, me(), invitation_id, here.clock.machine_now())
    say("Withdrawn. Its link no longer works.")
    return redirect(url_for("people.show", _anchor="invited"), 303)


@colleagues.post("/second-factor")
def require_factor() -> ResponseReturnValue:
    """Want a second factor of everybody, or leave it to each."""
    here, is_required = portal(), "required" in request.form
    with here.database.session() as session:
        factors.require_of_all(session, me(), is_required, here.clock.machine_now())
    say("From now on everybody sets one up before anything else." if is_required else "Each decides for themselves.")
    return redirect(url_for("people.show"), 303)


def _page(form: Form) -> str:
    here, now = portal(), portal().clock.machine_now()
    with here.database.reading() as session:
        page = people.read(session, me(), now)
        return render_template("people.html", page=page, form=form, now=now, roles=roles)
