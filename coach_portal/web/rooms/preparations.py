"""What a coach reads before a session, and what they write down in it."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.rules.preparation.chart import chart
from coach_portal.core.services.preparing import commitments, own_versions, preparation
from coach_portal.web.access import me, public
from coach_portal.web.forms import Form, row_id
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

HERE = "/clients/<int:client_id>/appointments/<int:appointment_id>/preparation"

preparations = Blueprint("preparations", __name__, url_prefix=HERE)
before = Blueprint("before", __name__)


@preparations.get("")
def show(client_id: int, appointment_id: int) -> str:
    """The report before this session: one page."""
    return _page(client_id, appointment_id, Form({}))


@preparations.get("/paper.pdf")
def paper(client_id: int, appointment_id: int) -> Response:
    """The same on one page of A4."""
    here = portal()
    with here.database.reading() as session:
        page = preparation.read(session, me(), client_id, appointment_id, here.now())
        sheet = page.sheet(me().timezone, here.settings.public_url)
    drawn = Response(here.papers.pdf(sheet), mimetype="application/pdf")
    drawn.headers["Content-Disposition"] = 'inline; filename="preparation.pdf"'
    return drawn


@preparations.post("/agreed")
def agree(client_id: int, appointment_id: int) -> ResponseReturnValue:
    """Write down what was agreed."""
    here, goal_id = portal(), row_id(request.form.get("goal", ""))
    try:
        with here.writing() as (session, _):
            body = request.form.get("body", "")
            commitments.add(session, me(), client_id, appointment_id, body, goal_id, here.now())
    except Invalid as refused:
        return _page(client_id, appointment_id, Form(request.form, refused.fields)), 422
    return redirect(_address(client_id, appointment_id), 303)


@preparations.post("/agreed/<int:commitment_id>/remove")
def forget(client_id: int, appointment_id: int, commitment_id: int) -> ResponseReturnValue:
    """Take it off the list again."""
    here = portal()
    with here.writing() as (session, _):
        was = commitments.remove(session, me(), client_id, appointment_id, commitment_id, here.now())
        before = {"body": was.body, "goal": was.goal_id or ""}
    say("Taken off the list.", url_for(".agree", client_id=client_id, appointment_id=appointment_id), before)
    return redirect(_address(client_id, appointment_id), 303)


@preparations.post("/own-version")
def send_own(client_id: int, appointment_id: int) -> ResponseReturnValue:
    """Text the client a link to their own version."""
    here = portal()
    try:
        with here.writing() as (session, outbox):
            public_url = here.settings.public_url
            outbox.put(own_versions.send(session, me(), client_id, appointment_id, public_url, here.now()))
    except Invalid as refused:
        return _page(client_id, appointment_id, Form({}, refused.fields)), 422
    say("It is on its way.")
    return redirect(url_for(".show", client_id=client_id, appointment_id=appointment_id, _anchor="own"), 303)


@preparations.post("/own-version/close")
def close_own(client_id: int, appointment_id: int) -> ResponseReturnValue:
    """Let that link open nothing from now on."""
    here = portal()
    with here.writing() as (session, _):
        own_versions.close(session, me(), client_id, appointment_id, here.now())
    say("The link opens nothing now.")
    return redirect(url_for(".show", client_id=client_id, appointment_id=appointment_id, _anchor="own"), 303)


@before.get("/before/<token>")
@public
def opened(token: str) -> Response:
    """A client's own version, for whoever holds its address."""
    here = portal()
    with here.database.reading() as session:
        own = own_versions.opened_by(session, token, here.now())
    answer = Response(render_template("own_version.html", own=own), mimetype="text/html")
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _address(client_id: int, appointment_id: int) -> str:
    return url_for(".show", client_id=client_id, appointment_id=appointment_id, _anchor="agree")


def _page(client_id: int, appointment_id: int, form: Form) -> str:
    here = portal()
    with here.database.reading() as session:
        page = preparation.read(session, me(), client_id, appointment_id, here.now())
        choices = [("", "None of the goals"), *((str(goal.id), goal.title) for goal in page.goals)]
        sample = f"{here.settings.public_url}/before/..."
        draft = own_versions.draft(session, me(), page.client, page.appointment, sample, here.now())
        return render_template("preparation.html", page=page, form=form, chart=chart, choices=choices, draft=draft)
