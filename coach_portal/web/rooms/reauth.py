"""Before something weighty a coach's password is asked for again: a browser left open is not enough (ASVS 7.5.1)."""

from flask import request

from coach_portal.core.errors import Invalid
from coach_portal.core.services.signing_in import sign_in, throttles
from coach_portal.web.access import me
from coach_portal.web.portal import portal

WRONG = "That is not your password."


def check_password() -> None:
    """Refuse unless `current` in the form is this coach's password. Raises Invalid, TooManyTries.

    Slow on purpose: no transaction should be open.
    """
    here, now = portal(), portal().clock.machine_now()
    with here.database.session() as session:
        tries = throttles.count(session, {"account": me().email}, now)
    if not sign_in.is_password(request.form.get("current", ""), me().password_hash):
        raise Invalid({"current": WRONG})
    with here.database.session() as session:
        throttles.take_back(session, tries)
