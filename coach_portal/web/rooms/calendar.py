"""The calendar: sessions to come, day by day."""

from datetime import date, timedelta

from flask import Blueprint, render_template, request

from coach_portal.core.rules.schedule import zone
from coach_portal.core.services.pages import agenda
from coach_portal.web.access import me
from coach_portal.web.portal import portal

calendar = Blueprint("calendar", __name__)


@calendar.get("/calendar")
def show() -> str:
    """Four weeks from today, or from the day that is asked for."""
    here = portal()
    today = here.now().astimezone(zone(me().timezone)).date()
    with here.database.reading() as session:
        page = agenda.read(session, me(), _day(request.args.get("from", "")) or today)
    weeks = timedelta(weeks=agenda.WEEKS)
    before, after = page.first - weeks, page.first + weeks
    return render_template("calendar.html", page=page, today=today, now=here.now(), before=before, after=after)


def _day(written: str) -> date | None:
    """A day that was sent, if it is one of our times."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None
