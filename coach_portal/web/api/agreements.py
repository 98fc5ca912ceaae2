"""What coach and client agree: goals, and when the client is asked about them."""

from typing import Any

from coach_portal.core.models import CheckInSchedule, Goal
from coach_portal.core.schemas import GoalOut, GoalSchema, ScheduleOut, ScheduleSchema
from coach_portal.core.services import goals, listing, schedules
from coach_portal.core.services.listing import Page, Window
from coach_portal.web.api.blueprint import Work, reads, v1, writes
from coach_portal.web.api.paging import page_of, windowed


@v1.post("/clients/<int:client_id>/goals", tags=["Goals"])
@v1.arguments(GoalSchema)
@writes
@v1.response(201, GoalOut)
def add_goal(work: Work, data: dict[str, Any], client_id: int) -> Goal:
    """Agree a goal"""
    return goals.add_goal(work.session, work.coach, work.client(client_id), data, work.now)


@v1.get("/clients/<int:client_id>/goals", tags=["Goals"])
@windowed
@reads
@v1.response(200, page_of(GoalOut))
def list_goals(work: Work, window: Window, client_id: int) -> Page:
    """A client's goals, in the order they see them

    Retired goals are among them: wins speak of those too.
    """
    return listing.goals(work.session, work.client(client_id), window)


@v1.post("/clients/<int:client_id>/schedules", tags=["Schedules"])
@v1.arguments(ScheduleSchema)
@writes
@v1.response(201, ScheduleOut)
def add_schedule(work: Work, data: dict[str, Any], client_id: int) -> CheckInSchedule:
    """Set when a client is asked

    A client has one evening question (`wins`) and one `reflection`: a second one replaces the first.
    """
    return schedules.add_schedule(work.session, work.coach, work.client(client_id), data, work.now)


@v1.get("/clients/<int:client_id>/schedules", tags=["Schedules"])
@windowed
@reads
@v1.response(200, page_of(ScheduleOut))
def list_schedules(work: Work, window: Window, client_id: int) -> Page:
    """When a client is asked"""
    return listing.schedules(work.session, work.client(client_id), window)
