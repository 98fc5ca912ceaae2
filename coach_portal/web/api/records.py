"""What clients report, and what needs a human."""

from coach_portal.core.schemas import AlertOut, MissOut, ReflectionOut, WinOut
from coach_portal.core.services import listing
from coach_portal.core.services.listing import Page, Window
from coach_portal.web.api.blueprint import Work, reads, v1
from coach_portal.web.api.paging import page_of, windowed


@v1.get("/clients/<int:client_id>/wins", tags=["Records"])
@windowed
@reads
@v1.response(200, page_of(WinOut))
def list_wins(work: Work, window: Window, client_id: int) -> Page:
    """What a client did, the last told first"""
    return listing.wins(work.session, work.client(client_id), window)


@v1.get("/clients/<int:client_id>/misses", tags=["Records"])
@windowed
@reads
@v1.response(200, page_of(MissOut))
def list_misses(work: Work, window: Window, client_id: int) -> Page:
    """What a client said they did not do, the last told first"""
    return listing.misses(work.session, work.client(client_id), window)


@v1.get("/clients/<int:client_id>/reflections", tags=["Records"])
@windowed
@reads
@v1.response(200, page_of(ReflectionOut))
def list_reflections(work: Work, window: Window, client_id: int) -> Page:
    """A client's answers to reflective questions, the newest first"""
    return listing.reflections(work.session, work.client(client_id), window)


@v1.get("/clients/<int:client_id>/alerts", tags=["Alerts"])
@windowed
@reads
@v1.response(200, page_of(AlertOut))
def list_alerts_of_client(work: Work, window: Window, client_id: int) -> Page:
    """What about a client needs, or needed, a human; the newest first"""
    return listing.alerts(work.session, work.coach, window, work.client(client_id))


@v1.get("/alerts", tags=["Alerts"])
@windowed
@reads
@v1.response(200, page_of(AlertOut))
def list_alerts(work: Work, window: Window) -> Page:
    """What needs, or needed, a human; the newest first

    `closed_at` is empty for what nobody has taken care of yet.
    """
    return listing.alerts(work.session, work.coach, window)
