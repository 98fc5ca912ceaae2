"""The weeks given back: their pictures, and what was answered."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.services.week import pictures, sundays
from coach_portal.core.services.week.pictures import Shown
from coach_portal.web.access import me, public
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

weeks = Blueprint("weeks", __name__)
SUNDAYS = "/clients/<int:client_id>/weeks"


@weeks.get("/w/<token>")
@public
def opened(token: str) -> Response:
    """The picture of a week, for whoever holds its address."""
    here = portal()
    with here.database.reading() as session:
        shown = pictures.opened_by(session, token, here.now())
    return as_picture(shown)


@weeks.get(f"{SUNDAYS}/<int:digest_id>.png")
def picture(client_id: int, digest_id: int) -> Response:
    """The same picture, for the client's coach."""
    with portal().database.reading() as session:
        shown = pictures.seen_by(session, me(), client_id, digest_id)
    return as_picture(shown)


@weeks.get(SUNDAYS)
def show(client_id: int) -> str:
    """A client's weeks as they were given back, newest first."""
    here = portal()
    with here.database.reading() as session:
        return render_template("weeks.html", page=sundays.read(session, me(), client_id, here.now()))


@weeks.post(f"{SUNDAYS}/<int:digest_id>/close")
def close(client_id: int, digest_id: int) -> ResponseReturnValue:
    """Let a picture's link open nothing from now on."""
    here = portal()
    with here.writing() as (session, _):
        digest = pictures.digest_of(session, me(), client_id, digest_id)
        pictures.close(session, me(), digest, here.files, here.now())
        say("The link to that picture opens nothing now.")
    return redirect(url_for("weeks.show", client_id=client_id), 303)


def as_picture(shown: Shown) -> Response:
    """The answer that shows it."""
    here = portal()
    drawn = Response(pictures.png_of(shown, here.files, here.pictures), mimetype="image/png")
    drawn.headers["Cache-Control"] = "no-store"
    drawn.headers["X-Robots-Tag"] = "noindex"
    drawn.headers["Content-Disposition"] = 'inline; filename="week.png"'
    return drawn
