"""More ways to look at a client, beside what is now: their goals over weeks, and all that happened on one line."""

from datetime import datetime

from flask import Response, render_template, request

from coach_portal.core.rules.texts.language import language
from coach_portal.core.services.pages import progress_page
from coach_portal.core.services.pages import timeline as timelines
from coach_portal.web import charts
from coach_portal.web.access import me, unattended
from coach_portal.web.portal import portal
from coach_portal.web.rooms.clients import changed_since, clients

LETTERS = "MTWTFSS"


@clients.get("/<int:client_id>/progress")
def progress(client_id: int) -> str:
    """Every day of every goal, its strength and its amounts, over a quarter, half a year or more."""
    return _progress(client_id, "client_progress.html")


@clients.get("/<int:client_id>/progress/live")
@unattended
def progress_live(client_id: int) -> Response:
    """The same as it stands now; 304 while nothing changed."""
    return changed_since(_progress(client_id, "client_progress_live.html"))


@clients.get("/<int:client_id>/timeline")
def timeline(client_id: int) -> str:
    """All that happened, newest first, a page at a time; one kind alone if wanted."""
    return _timeline(client_id, "client_timeline.html")


@clients.get("/<int:client_id>/timeline/live")
@unattended
def timeline_live(client_id: int) -> Response:
    """Its newest page as it stands now; 304 while nothing changed."""
    return changed_since(_timeline(client_id, "client_timeline_live.html"))


def _progress(client_id: int, template: str) -> str:
    here, weeks = portal(), request.args.get("weeks", type=int)
    with here.database.reading() as session:
        page = progress_page.read(session, me(), client_id, here.now(), weeks)
        months = language("en").grammar.months
        return render_template(template, page=page, tab="progress", charts=charts, LETTERS=LETTERS, months=months)


def _timeline(client_id: int, template: str) -> str:
    here, before = portal(), _moment(request.args.get("before", ""))
    with here.database.reading() as session:
        page = timelines.read(session, me(), client_id, here.now(), request.args.get("show", "all"), before)
        return render_template(template, page=page, tab="timeline", first=before is None)


def _moment(written: str) -> datetime | None:
    """The moment an address names; None for what is none."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    return at if at.tzinfo else None
