"""The first page of a coach's day."""

from flask import Blueprint, render_template

from coach_portal.core.services.pages import today as service
from coach_portal.web import headlines
from coach_portal.web.access import me
from coach_portal.web.portal import portal

today = Blueprint("today", __name__)


@today.get("/")
def show() -> str:
    """Who needs the coach now, which texts want an answer, what is about to be sent, whom they meet."""
    here = portal()
    with here.database.reading() as session:
        page = service.read(session, me(), here.now())
        return render_template("today.html", page=page, headline=headlines.today(page, me().timezone))
