"""Alerts: one on a page with all that was done about it, and the page that its link opens without signing in."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.services import audit, scope
from coach_portal.core.services.alerting import alert_page
from coach_portal.core.services.alerting import alerts as service
from coach_portal.web.access import me, public
from coach_portal.web.csrf import carries_its_own_proof
from coach_portal.web.portal import portal
from coach_portal.web.rooms.sign_in import safe_next

alerts = Blueprint("alerts", __name__, url_prefix="/alerts")
alert_links = Blueprint("alert_links", __name__, url_prefix="/a")


@alerts.get("/<int:alert_id>")
def show(alert_id: int) -> str:
    """One alert, the words that raised it, whom to call, and every step."""
    here = portal()
    with here.database.reading() as session:
        page = alert_page.read(session, scope.alert_of(session, me(), alert_id))
        return render_template("alert.html", page=page, now=here.now())


@alerts.post("/<int:alert_id>/acknowledge")
def acknowledge(alert_id: int) -> ResponseReturnValue:
    """The coach has this in hand: nobody else is told."""
    here = portal()
    with here.writing() as (session, _):
        alert = scope.alert_of(session, me(), alert_id)
        service.acknowledge(session, alert, audit.by(me()), me().name, here.now())
    return redirect(url_for("alerts.show", alert_id=alert_id), 303)


@alerts.post("/<int:alert_id>/close")
def close(alert_id: int) -> ResponseReturnValue:
    """The coach has taken care of this."""
    here = portal()
    with here.writing() as (session, _):
        service.close_alert(session, me(), scope.alert_of(session, me(), alert_id), here.now())
    return redirect(safe_next(request.form.get("next", "")), 303)


@alert_links.get("/<token>")
@public
def open_link(token: str) -> ResponseReturnValue:
    """What an alert's link opens. Looking changes nothing: programs that check links look too."""
    here = portal()
    with here.database.reading() as session:
        found = alert_page.for_holder(session, here.links, token, here.clock.machine_now())
        if found is None:
            return render_template("alert_link_ended.html"), 410
        alert, actor, name = found
        page = alert_page.read(session, alert)
        return render_template("alert_link.html", page=page, token=token, actor=actor, name=name, now=here.now())


@alert_links.post("/<token>")
@public
@carries_its_own_proof
def acknowledge_by_link(token: str) -> ResponseReturnValue:
    """Whoever holds the link has it in hand."""
    here = portal()
    with here.writing() as (session, _):
        found = alert_page.for_holder(session, here.links, token, here.clock.machine_now())
        if found is None:
            return render_template("alert_link_ended.html"), 410
        alert, actor, name = found
        service.acknowledge(session, alert, actor, name, here.now())
    return redirect(url_for("alert_links.open_link", token=token), 303)
