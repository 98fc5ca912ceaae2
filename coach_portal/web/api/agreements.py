"""What coach and client agree: goals, and when the client is asked about them."""

from typing import Any

from coach_portal.core.models import CheckInSchedule, Goal
from coach_portal.core.schemas import ConsentOut, GoalOut, GoalSchema, HabitOut, ScheduleOut, ScheduleSchema
from coach_portal.core.services import listing
from coach_portal.core.services.listing import Page, Window
from coach_portal.core.services.moments import schedules
from coach_portal.core.services.pages import client_page
from coach_portal.core.services.progress import goals
from coach_portal.web.api.views import Work, creates, lists


@creates("/clients/<int:client_id>/goals", GoalOut, given=GoalSchema, tag="Goals")
def add_goal(work: Work, data: dict[str, Any], client_id: int) -> Goal:
    """Agree a goal

    Where it is much for a worst day, `smaller` says what would be less. It is agreed all the same.
    """
    client = work.client(client_id)
    goal = goals.add_goal(work.session, work.coach, client, data, work.now)
    less = goals.smaller_than(data, client.locale)
    goal.smaller = less.title if less else None
    return goal


@lists("/clients/<int:client_id>/goals", GoalOut, tag="Goals")
def list_goals(work: Work, window: Window, client_id: int) -> Page:
    """A client's goals, in the order they see them

    Retired goals are among them: wins speak of those too.
    """
    return listing.goals(work.session, work.client(client_id), window)


@lists("/clients/<int:client_id>/habits", HabitOut, tag="Goals")
def list_habits(work: Work, window: Window, client_id: int) -> Page:
    """How a client's active goals go, in the order they see them, all on one page"""
    return Page(client_page.habits_of(work.session, work.client(client_id), work.now), None)


@creates("/clients/<int:client_id>/schedules", ScheduleOut, given=ScheduleSchema, tag="Schedules")
def add_schedule(work: Work, data: dict[str, Any], client_id: int) -> CheckInSchedule:
    """Set when a client is asked

    A client has one evening question (`wins`) and one `reflection`: a second one replaces the first.
    """
    return schedules.add_schedule(work.session, work.coach, work.client(client_id), data, work.now)


@lists("/clients/<int:client_id>/schedules", ScheduleOut, tag="Schedules")
def list_schedules(work: Work, window: Window, client_id: int) -> Page:
    """When a client is asked"""
    return listing.schedules(work.session, work.client(client_id), window)


@lists("/clients/<int:client_id>/consents", ConsentOut, tag="Consent")
def list_consents(work: Work, window: Window, client_id: int) -> Page:
    """What a client agreed to and took back, from the first line on

    Lines are only ever added, and each is tied to the one before it in the practice by its hash.
    """
    return listing.consents(work.session, work.client(client_id), window)
