"""How a US number gets the carriers' leave to text: the steps, the words to paste, and what can be done meanwhile."""

from flask import Blueprint, render_template, url_for

from coach_portal.core.models import Practice
from coach_portal.core.rules import registration as rules
from coach_portal.core.services.people.clients import terms_of
from coach_portal.core.services.practice import numbers
from coach_portal.web.access import me
from coach_portal.web.portal import portal
from coach_portal.web.rooms.practice import PLACES

registration = Blueprint("registration", __name__, url_prefix="/practice/registration")

PLACES.append(
    ("registration.show", "Registering your number", "What US carriers want to know first, in words to paste.")
)


@registration.get("")
def show() -> str:
    """The steps."""
    here = portal()
    with here.database.reading() as session:
        practice = session.get_one(Practice, me().practice_id)
        terms = terms_of(practice, me(), practice.country)
        stop_page = here.settings.public_url + url_for("stop.ask_number")
        return render_template(
            "practice_registration.html",
            fields=rules.campaign(terms, stop_page),
            numbers=numbers.of_practice(session, practice.id),
            webhook=here.settings.webhook_url,
            checked_on=rules.CHECKED_ON,
        )
