"""One person of the practice, for its owner: another role, clients handed over, a lost second factor, leaving."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach
from coach_portal.core.rules import roles
from coach_portal.core.services import scope
from coach_portal.core.services.colleagues import handover, leaving, people
from coach_portal.core.services.signing_in import factors
from coach_portal.web.access import me
from coach_portal.web.forms import Form, row_id
from coach_portal.web.notices import say
from coach_portal.web.phrasing import count
from coach_portal.web.portal import Outbox, portal

person = Blueprint("person", __name__, url_prefix="/practice/people/<int:coach_id>")

Act = Callable[[Session, Outbox, Coach], str]
"""Does something about somebody; answers what to say."""


@person.get("")
def show(coach_id: int) -> str:
    """What the owner may do about somebody."""
    return _page(coach_id, Form({}))


@person.post("/role")
def change_role(coach_id: int) -> ResponseReturnValue:
    """Give another role."""

    def act(session: Session, _: Outbox, who: Coach) -> str:
        people.change_role(session, _owner(session), who, request.form.get("role", ""), portal().now())
        return f"{who.name} is {roles.NAMES[who.role]} now."

    return _do(coach_id, act)


@person.post("/clients")
def hand_over(coach_id: int) -> ResponseReturnValue:
    """Hand all clients of theirs over."""

    def act(session: Session, outbox: Outbox, who: Coach) -> str:
        owner, to = _owner(session), _successor(session)
        if to is None:
            raise Invalid({"to": "Choose who takes them over."})
        wanted = people.clients_of(session, who)
        done = handover.hand_over(session, owner, wanted, to, portal().now(), tell="tell" in request.form)
        outbox.put(done.message_ids)
        return _moved(len(done.clients), len(done.message_ids), to.name)

    return _do(coach_id, act)


@person.post("/second-factor/off")
def take_factor_off(coach_id: int) -> ResponseReturnValue:
    """Help somebody in who lost phone and recovery codes."""

    def act(session: Session, _: Outbox, who: Coach) -> str:
        factors.take_off(session, me(), who, portal().clock.machine_now())
        return f"{who.name} signs in by password alone, and sets up a new second factor then."

    return _do(coach_id, act)


@person.post("/leave")
def leave(coach_id: int) -> ResponseReturnValue:
    """Let somebody go."""
    here = portal()
    back = f"{here.settings.public_url}{url_for('people.show')}"

    def act(session: Session, outbox: Outbox, who: Coach) -> str:
        owner, to = _owner(session), _successor(session)
        now, machine_now = here.now(), here.clock.machine_now()
        gone = leaving.leave(session, owner, who, to, back, now, machine_now, tell="tell" in request.form)
        outbox.put(gone.message_ids)
        held = count(gone.held, " {n} client is held until you hand them over.", " {n} clients are held.")
        return f"{who.name} has left, and is signed out everywhere.{held if gone.held else ''}"

    return _do(coach_id, act, onward="people.show")


def _owner(session: Session) -> Coach:
    return session.get_one(Coach, me().id)


def _successor(session: Session) -> Coach | None:
    chosen = row_id(request.form.get("to", ""))
    return people.colleague(session, me(), chosen) if chosen else None


def _moved(moved: int, told: int, name: str) -> str:
    who = count(moved, "{n} client is", "{n} clients are").capitalize()
    texts = f" {count(told, '{n} text tells', '{n} texts tell').capitalize()} them so." if told else ""
    return f"{who} with {name} now.{texts}"


def _do(coach_id: int, act: Act, onward: str = "person.show") -> ResponseReturnValue:
    try:
        with portal().writing() as (session, outbox):
            said = act(session, outbox, people.colleague(session, me(), coach_id))
    except Invalid as refused:
        return _page(coach_id, Form(request.form, refused.fields)), 422
    say(said)
    return redirect(url_for(onward, coach_id=coach_id if onward == "person.show" else None), 303)


def _page(coach_id: int, form: Form) -> str:
    with portal().database.reading() as session:
        who = people.colleague(session, me(), coach_id)
        scope.require(me(), "manage_people")
        return render_template(
            "person.html",
            who=who,
            form=form,
            roles=roles,
            clients=len(people.clients_of(session, who)),
            successors=handover.successors(session, me(), but_for=who.id),
            has_factor=factors.codes_left(session, who) is not None,
        )
