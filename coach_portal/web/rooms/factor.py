"""Setting up the second factor, its recovery codes, and taking it off. Each asks for the password again."""

from collections.abc import Callable

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach
from coach_portal.core.services.signing_in import factors
from coach_portal.core.services.signing_in.throttles import TooManyTries
from coach_portal.web.access import before_factor, me
from coach_portal.web.notices import say
from coach_portal.web.portal import portal
from coach_portal.web.rooms.reauth import check_password
from coach_portal.web.rooms.sign_in import wait

factor = Blueprint("factor", __name__, url_prefix="/account/factor")


@factor.get("")
@before_factor
def show() -> str:
    """How it stands."""
    return _page({})


@factor.post("/begin")
@before_factor
def begin() -> ResponseReturnValue:
    """Make a new secret to bring into an app."""

    def act(session: Session, coach: Coach) -> None:
        factors.begin(session, coach, portal().seal, portal().clock.machine_now())

    return _with_password(act) or redirect(url_for("factor.show"), 303)


@factor.post("")
@before_factor
def confirm() -> ResponseReturnValue:
    """Turn it on, and show the recovery codes this once."""
    here = portal()
    shown, hashes = factors.new_codes()  # slow, so before the transaction
    try:
        with here.database.session() as session:
            coach = session.get_one(Coach, me().id)
            code = request.form.get("code", "")
            factors.confirm(session, coach, code, hashes, here.seal, here.clock.machine_now())
    except Invalid as refused:
        return _page(refused.fields), 422
    return render_template("recovery_codes.html", codes=shown)


@factor.post("/codes")
def new_codes() -> ResponseReturnValue:
    """New recovery codes in place of the old."""
    shown, hashes = factors.new_codes()
    refused = _with_password(lambda session, coach: factors.keep_codes(session, coach, hashes))
    return refused or render_template("recovery_codes.html", codes=shown)


@factor.post("/off")
def turn_off() -> ResponseReturnValue:
    """Sign in by the password alone."""
    refused = _with_password(lambda session, coach: factors.turn_off(session, coach, portal().clock.machine_now()))
    if refused:
        return refused
    say("Your second factor is off.")
    return redirect(url_for("account.show"), 303)


def _with_password(act: Callable[[Session, Coach], None]) -> ResponseReturnValue | None:
    """Do it if the password is right; what to answer where it is not."""
    try:
        check_password()
        with portal().database.session() as session:
            act(session, session.get_one(Coach, me().id))
    except Invalid as refused:
        return _page(refused.fields), 422
    except TooManyTries as refused:
        return wait(refused, lambda problem: _page({"current": problem}))
    return None


def _page(errors: dict[str, str]) -> str:
    here = portal()
    with here.database.reading() as session:
        waiting = factors.address(session, me(), here.seal)
        left = factors.codes_left(session, me())
    secret, address = waiting or ("", "")
    qr = segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff") if address else ""
    spaced = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    return render_template("factor.html", errors=errors, secret=spaced, qr=Markup(qr), codes_left=left)  # noqa: S704  # nosec B704
