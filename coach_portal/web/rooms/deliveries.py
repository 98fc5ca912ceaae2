"""Whether texts arrive: the last weeks, day by day."""

from flask import Blueprint, render_template, request

from coach_portal.core.services.sending import over_time
from coach_portal.web.access import me
from coach_portal.web.portal import portal
from coach_portal.web.rooms.practice import PLACES

deliveries = Blueprint("deliveries", __name__, url_prefix="/practice/delivery")

PLACES.append(("deliveries.show", "Delivery", "Whether your texts arrive, day by day, and why where they do not."))


@deliveries.get("")
def show() -> str:
    """The last 30 days, or 90."""
    days = 90 if request.args.get("days") == "90" else 30
    here = portal()
    with here.database.reading() as session:
        page = over_time.read(session, me(), days, here.now())
    return render_template("practice_delivery.html", page=page, span=days, spans=over_time.SPANS)
