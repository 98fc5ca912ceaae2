"""Sessions of a coach and a client."""

from typing import Any

from coach_portal.core.models import Appointment
from coach_portal.core.schemas import AppointmentOut, AppointmentSchema
from coach_portal.core.services import listing
from coach_portal.core.services.listing import Page, Window
from coach_portal.core.services.preparing import appointments
from coach_portal.web.api.views import Work, creates, lists


@creates("/clients/<int:client_id>/appointments", AppointmentOut, given=AppointmentSchema, tag="Appointments")
def add_appointment(work: Work, data: dict[str, Any], client_id: int) -> Appointment:
    """Agree a session

    The client is reminded by text so many hours before, in the hours in which texts may go.
    """
    return appointments.add_appointment(work.session, work.coach, work.client(client_id), data, work.now)


@lists("/clients/<int:client_id>/appointments", AppointmentOut, tag="Appointments")
def list_appointments(work: Work, window: Window, client_id: int) -> Page:
    """A client's sessions, past ones and those called off too"""
    return listing.appointments(work.session, work.client(client_id), window)
