"""Joining a practice by an invitation's link."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import CoachInvitation, Practice
from coach_portal.core.rules import roles
from coach_portal.core.services.colleagues import invitations
from coach_portal.core.services.signing_in import passwords
from coach_portal.core.services.signing_in import sign_in as people
from coach_portal.web.access import public
from coach_portal.web.forms import Form
from coach_portal.web.portal import portal

joining = Blueprint("joining", __name__)
LONGEST_NAME = 120


@joining.get("/join/<token>")
@public
def ask(token: str) -> ResponseReturnValue:
    """Say what the invitation is to, and ask for a name and a password."""
    with portal().database.reading() as session:
        return _page(session, token, Form({}))


@joining.post("/join/<token>")
@public
def join(token: str) -> ResponseReturnValue:
    """Take it up."""
    here, now, password = portal(), portal().clock.machine_now(), request.form.get("password", "")
    name = " ".join(request.form.get("name", "").replace("\0", "").split())
    with here.database.reading() as session:
        if invitations.invitation_of(session, here.links, token, now) is None:
            return _ended()
        try:
            if not 0 < len(name) <= LONGEST_NAME:
                raise Invalid({"name": "Write your name as clients may read it."})
            passwords.refuse_poor(password)
        except Invalid as refused:
            return _page(session, token, Form({"name": name}, refused.fields), 422)
    password_hash = people.hash_password(password)  # slow, so before the transaction
    with here.database.session() as session:
        row = invitations.invitation_of(session, here.links, token, now)
        joined = row is not None and invitations.join(session, row, name, password_hash, now) is not None
    return redirect(url_for("sign_in.form", done="joined"), 303) if joined else _ended()


def _page(session: Session, token: str, form: Form, status: int = 200) -> ResponseReturnValue:
    here = portal()
    row: CoachInvitation | None = invitations.invitation_of(session, here.links, token, here.clock.machine_now())
    if row is None:
        return _ended()
    practice = session.get_one(Practice, row.practice_id).name
    taken = invitations.signs_in_elsewhere(session, row)
    page = render_template("join.html", row=row, practice=practice, taken=taken, form=form, roles=roles)
    return page, status


def _ended() -> ResponseReturnValue:
    return render_template("link_ended.html", what="join"), 404
