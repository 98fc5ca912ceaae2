"""What follows when a goal has become automatic, or fails: one click each, and a way back."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.services import audit, scope
from coach_portal.core.services.people.clients import first_name
from coach_portal.core.services.progress import goals as goal_service
from coach_portal.core.services.progress import growing as service
from coach_portal.core.services.replies import wishes as wish_service
from coach_portal.web.access import me
from coach_portal.web.forms import row_id
from coach_portal.web.notices import say
from coach_portal.web.portal import portal
from coach_portal.web.rooms.sign_in import safe_next

growing = Blueprint("growing", __name__, url_prefix="/clients/<int:client_id>/goals/<int:goal_id>")
growing_steps = Blueprint("growing_steps", __name__)
wishes = Blueprint("wishes", __name__, url_prefix="/clients/<int:client_id>/wishes/<int:wish_id>")


@growing_steps.get("/clients/next-steps")
def show() -> str:
    """Every goal that is ready to grow, to carry another, to be retired or to shrink."""
    here = portal()
    with here.database.reading() as session:
        return render_template("next_steps.html", offers=service.offers(session, me(), here.now()))


@growing.post("/thank")
def thank(client_id: int, goal_id: int) -> ResponseReturnValue:
    """Retire a goal that has become the client's own, and thank them for it."""
    here = portal()
    with here.writing() as (session, _):
        client, goal = scope.goal_of(session, me(), client_id, goal_id)
        message_id = service.retire_with_thanks(session, me(), client, goal, here.now())
        thanked = f" and {first_name(client.name)} is thanked by text" if message_id else ""
        back = {"message": str(message_id or ""), "next": _next(client_id)}
        say(f"{goal.title} is retired{thanked}.", url_for(".bring_back", client_id=client_id, goal_id=goal_id), back)
    return redirect(_next(client_id), 303)


@growing.post("/bring-back")
def bring_back(client_id: int, goal_id: int) -> ResponseReturnValue:
    """Take that back, and the text where it has not left."""
    here = portal()
    with here.writing() as (session, _):
        _, goal = scope.goal_of(session, me(), client_id, goal_id)
        service.bring_back(session, me(), goal, row_id(request.form.get("message", "")), here.now())
        say(f"{goal.title} goes on.")
    return redirect(_next(client_id), 303)


@growing.post("/let-be")
def let_be(client_id: int, goal_id: int) -> ResponseReturnValue:
    """Not now: leave the goal as it is for some weeks."""
    here = portal()
    with here.writing() as (session, _):
        client, goal = scope.goal_of(session, me(), client_id, goal_id)
        service.let_be(session, me(), client, goal, here.now())
        back = url_for(".advise_again", client_id=client_id, goal_id=goal_id)
        say(f"{goal.title} stays as it is. We ask again in four weeks.", back, {"next": _next(client_id)})
    return redirect(_next(client_id), 303)


@growing.post("/advise-again")
def advise_again(client_id: int, goal_id: int) -> ResponseReturnValue:
    """Take that back."""
    here = portal()
    with here.writing() as (session, _):
        _, goal = scope.goal_of(session, me(), client_id, goal_id)
        service.advise_again(session, me(), goal, here.now())
    return redirect(_next(client_id), 303)


@growing.post("/change-back")
def change_back(client_id: int, goal_id: int) -> ResponseReturnValue:
    """Agree again what was agreed before the last change."""
    here = portal()
    with here.writing() as (session, _):
        _, goal = scope.goal_of(session, me(), client_id, goal_id)
        undone = goal_service.take_back_change(session, me(), goal, here.now())
        say(f"It is {goal.title} again." if undone else "There is nothing to take back.")
    return redirect(_next(client_id), 303)


@wishes.post("/undo")
def undo_wish(client_id: int, wish_id: int) -> ResponseReturnValue:
    """Ask as before a client's wish."""
    here = portal()
    with here.writing() as (session, _):
        client = scope.client_of(session, me(), client_id)
        wish_service.undo(session, audit.by(me()), client, wish_id, here.now())
        say(f"{first_name(client.name)} is asked as before.")
    return redirect(_next(client_id), 303)


def _next(client_id: int) -> str:
    wanted = request.form.get("next", "")
    return safe_next(wanted) if wanted else url_for("clients.show", client_id=client_id)
