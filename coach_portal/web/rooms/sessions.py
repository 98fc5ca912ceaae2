"""How this coach is prepared for sessions, and their calendar's private address."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach
from coach_portal.core.schemas.session import PreparedSchema
from coach_portal.core.services import audit
from coach_portal.core.services.preparing import calendars
from coach_portal.web.access import me, public
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

sessions = Blueprint("sessions", __name__)
HERE = "/practice/sessions"


@sessions.get(HERE)
def show() -> str:
    """What is chosen."""
    return _page()


@sessions.post(HERE)
def prepare() -> ResponseReturnValue:
    """Choose when the preparation is emailed."""
    here, schema = portal(), PreparedSchema()
    given = {name: said for name, said in typed(schema).items() if said != ""}
    try:
        chosen = schema.read(given)
    except Invalid as refused:
        return _page(refused), 422
    with here.writing() as (session, _):
        coach = session.get_one(Coach, me().id)
        coach.prepare_at = chosen["local_time"] if chosen["when"] == "day" else None
        coach.prepare_hours = chosen["hours"] if chosen["when"] == "hours" else None
        audit.record(session, coach.practice_id, audit.by(coach), "choose_hour", f"coach:{coach.id}", here.now())
    say("Saved.")
    return redirect(url_for("sessions.show"), 303)


@sessions.post(f"{HERE}/calendar")
def open_calendar() -> ResponseReturnValue:
    """Make the calendar's address, or a new one in its place."""
    here = portal()
    with here.writing() as (session, _):
        coach = session.get_one(Coach, me().id)
        coach.calendar_surnames = "surnames" in request.form
        calendars.open_feed(session, coach, here.now())
    say("Copy the address into your calendar. Any earlier one opens nothing now.")
    return redirect(url_for("sessions.show", _anchor="calendar"), 303)


@sessions.post(f"{HERE}/calendar/close")
def close_calendar() -> ResponseReturnValue:
    """Let the address open nothing."""
    here = portal()
    with here.writing() as (session, _):
        calendars.close_feed(session, session.get_one(Coach, me().id), here.now())
    say("The address opens nothing now.")
    return redirect(url_for("sessions.show", _anchor="calendar"), 303)


@sessions.get("/calendar/<token>.ics")
@public
def feed(token: str) -> Response:
    """A coach's sessions, for whoever holds the address: their calendar."""
    here = portal()
    with here.database.reading() as session:
        written = calendars.feed(session, token, here.settings.public_url, here.now())
    answer = Response(written, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _page(refused: Invalid | None = None) -> str:
    here = portal()
    with here.database.reading() as session:
        coach = session.get_one(Coach, me().id)
        when = "day" if coach.prepare_at else "hours" if coach.prepare_hours else "page"
        kept = {"when": when, "local_time": coach.prepare_at or "07:30", "hours": coach.prepare_hours or ""}
        form = Form(kept | (request.form.to_dict() if refused else {}), refused.fields if refused else {})
        address = f"{here.settings.public_url}/calendar/{coach.calendar_token}.ics" if coach.calendar_token else ""
        return render_template("sessions.html", form=form, address=address, surnames=coach.calendar_surnames)
