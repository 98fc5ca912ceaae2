"""Sessions with a client: agreeing one, with the reminder it brings, and calling it off."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.rules.schedule import zone
from coach_portal.core.schemas import AppointmentSchema
from coach_portal.core.services import scope
from coach_portal.core.services.preparing import appointments as service
from coach_portal.web import previews
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

appointments = Blueprint("appointments", __name__, url_prefix="/clients/<int:client_id>/appointments")
USUAL = {"local_time": "10:00", "minutes": "50", "remind_hours": "24", "repeat_weeks": "0", "times": "6"}


@appointments.get("/new")
def new(client_id: int) -> str:
    """Ask when, and whether the client is reminded."""
    return _form(client_id, Form(USUAL))


@appointments.post("/new")
def add(client_id: int) -> ResponseReturnValue:
    """Agree a session."""
    here, schema = portal(), AppointmentSchema()
    try:
        with here.writing() as (session, _):
            client = scope.client_of(session, me(), client_id)
            service.add_appointment(session, me(), client, schema.read(typed(schema)), here.now())
    except Invalid as refused:
        return _form(client_id, Form(request.form, refused.fields)), 422
    say("Saved.")
    return redirect(url_for("clients.show", client_id=client_id), 303)


@appointments.get("/<int:appointment_id>")
def edit(client_id: int, appointment_id: int) -> str:
    """Show when it is, to be moved."""
    with portal().database.reading() as session:
        _, appointment = scope.appointment_of(session, me(), client_id, appointment_id)
        starts = appointment.starts_at.astimezone(zone(me().timezone))
        values = {"day": starts.date().isoformat(), "local_time": f"{starts:%H:%M}", "minutes": appointment.minutes}
        values |= {"place": appointment.place or "", "remind_hours": str(appointment.remind_hours or 0)}
    return _form(client_id, Form(values), appointment_id)


@appointments.post("/<int:appointment_id>")
def move(client_id: int, appointment_id: int) -> ResponseReturnValue:
    """Agree another moment for it."""
    here, schema = portal(), AppointmentSchema()
    try:
        with here.writing() as (session, _):
            client, appointment = scope.appointment_of(session, me(), client_id, appointment_id)
            service.move_appointment(session, me(), client, appointment, schema.read(typed(schema)), here.now())
    except Invalid as refused:
        return _form(client_id, Form(request.form, refused.fields), appointment_id), 422
    say("Saved.")
    return redirect(url_for("clients.show", client_id=client_id), 303)


@appointments.post("/<int:appointment_id>/cancel")
def cancel(client_id: int, appointment_id: int) -> ResponseReturnValue:
    """Call a session off."""
    here = portal()
    with here.writing() as (session, _):
        _, appointment = scope.appointment_of(session, me(), client_id, appointment_id)
        service.cancel_appointment(session, me(), appointment, here.now())
    say("Called off. No reminder goes.")
    return redirect(url_for("clients.show", client_id=client_id), 303)


@appointments.post("/preview")
def preview(client_id: int) -> str:
    """The reminder as it will read, while day and time are being chosen."""
    here = portal()
    with here.database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        return render_template("parts/preview.html", preview=previews.of_appointment(client, request.form, here.now()))


def _form(client_id: int, form: Form, appointment_id: int | None = None) -> str:
    here = portal()
    with here.database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        shown = previews.of_appointment(client, form.values, here.now())
        return render_template(
            "appointment.html", client=client, form=form, preview=shown, appointment_id=appointment_id
        )
