"""What clients report, and what needs a human."""

from coach_portal.core.schemas import AlertOut, MissOut, ReflectionOut, WinOut
from coach_portal.core.services import listing
from coach_portal.core.services.listing import Page, Window
from coach_portal.web.api.views import Work, lists


@lists("/clients/<int:client_id>/wins", WinOut, tag="Records")
def list_wins(work: Work, window: Window, client_id: int) -> Page:
    """What a client did, the last told first"""
    return listing.wins(work.session, work.client(client_id), window)


@lists("/clients/<int:client_id>/misses", MissOut, tag="Records")
def list_misses(work: Work, window: Window, client_id: int) -> Page:
    """What a client said they did not do, the last told first"""
    return listing.misses(work.session, work.client(client_id), window)


@lists("/clients/<int:client_id>/reflections", ReflectionOut, tag="Records")
def list_reflections(work: Work, window: Window, client_id: int) -> Page:
    """A client's answers to reflective questions, the newest first"""
    return listing.reflections(work.session, work.client(client_id), window)


@lists("/clients/<int:client_id>/alerts", AlertOut, tag="Alerts")
def list_alerts_of_client(work: Work, window: Window, client_id: int) -> Page:
    """What about a client needs, or needed, a human; the newest first"""
    return listing.alerts(work.session, work.coach, window, work.client(client_id))


@lists("/alerts", AlertOut, tag="Alerts")
def list_alerts(work: Work, window: Window) -> Page:
    """What needs, or needed, a human; the newest first

    `closed_at` is empty for what nobody has taken care of yet.
    """
    return listing.alerts(work.session, work.coach, window)
