"""Starting clients on a programme, and holding, taking up or ending it for one of them."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Enrolment, Programme
from coach_portal.core.schemas.programme import StartSchema
from coach_portal.core.services import scope
from coach_portal.core.services.pages import roster as rosters
from coach_portal.core.services.people import groups
from coach_portal.core.services.people.clients import first_name
from coach_portal.core.services.programmes import enrolling, library, showing
from coach_portal.web import words
from coach_portal.web.access import me
from coach_portal.web.forms import Form, row_id, wanted_of
from coach_portal.web.notices import say
from coach_portal.web.phrasing import count
from coach_portal.web.portal import portal

enrolments = Blueprint("enrolments", __name__)
NAMED = 3


@enrolments.get("/programmes/start")
def choose() -> str:
    """Whom to start on what: those ticked in the roster, a group, one client, or whoever is ticked here."""
    with portal().database.reading() as session:
        chosen = _ids(request.args)
        if "all" in request.args:
            chosen = rosters.read(session, me(), portal().now(), wanted_of(request.args)).ids
        if group_id := row_id(request.args.get("group", "")):
            chosen = groups.members(session, me(), groups.group_of(session, me(), group_id))
        return _page(session, scope.theirs(session, me(), chosen), Form(request.args))


@enrolments.post("/programmes/start")
def start() -> ResponseReturnValue:
    """Start those who were ticked."""
    here, form = portal(), request.form
    try:
        with here.writing() as (session, _):
            programme = library.programme_of(session, me(), row_id(form.get("programme", "")) or 0)
            data = StartSchema().read({"clients": _ids(form), "starts_on": form.get("starts_on", "")})
            started = enrolling.start(session, me(), programme, data["clients"], data["starts_on"], here.now())
            back = url_for("programmes.show", programme_id=programme.id)
    except Invalid as refused:
        with portal().database.reading() as session:
            return _page(session, _ids(form), Form(form, refused.fields)), 422
    told = count(len(started.enrolments), "{n} client begins", "{n} clients begin").capitalize()
    left = [one.name for one in started.left_out]
    who = words.listed(left) if len(left) <= NAMED else str(len(left))
    undo = url_for(".take_back") if started.enrolments else ""
    ids = ",".join(map(str, started.enrolments))
    say(f"{told}.{f' Left out: {who}.' if left else ''}", undo, {"enrolments": ids})
    return redirect(back, 303)


@enrolments.post("/programmes/take-back")
def take_back() -> ResponseReturnValue:
    """Take back a start for whom nothing has begun yet."""
    here = portal()
    ids = [id_ for said in request.form.get("enrolments", "").split(",") if (id_ := row_id(said))]
    with here.writing() as (session, _):
        taken = enrolling.take_back(session, me(), ids, here.now())
    told = count(taken, "{n} start taken back", "{n} starts taken back").capitalize()
    rest = " For the others the first step has begun: stop it on the page of the programme." if taken < len(ids) else ""
    say(f"{told}.{rest}")
    return redirect(url_for("programmes.index"), 303)


@enrolments.post("/enrolments/<int:enrolment_id>/pause")
def pause(enrolment_id: int) -> ResponseReturnValue:
    """Hold it for one client."""
    return _act(enrolment_id, enrolling.pause, "The programme rests for {name}.", ".resume")


@enrolments.post("/enrolments/<int:enrolment_id>/resume")
def resume(enrolment_id: int) -> ResponseReturnValue:
    """Go on where it was."""
    return _act(enrolment_id, enrolling.resume, "The programme goes on for {name}, where it was.")


@enrolments.post("/enrolments/<int:enrolment_id>/stop")
def stop(enrolment_id: int) -> ResponseReturnValue:
    """End it for one client."""
    return _act(enrolment_id, enrolling.stop, "The programme has ended for {name}. Goals stay.", ".take_up")


@enrolments.post("/enrolments/<int:enrolment_id>/take-up")
def take_up(enrolment_id: int) -> ResponseReturnValue:
    """Take a stop back."""
    return _act(enrolment_id, enrolling.take_up, "The programme goes on for {name}, where it was.")


def _act(enrolment_id: int, act: object, told: str, undo: str = "") -> ResponseReturnValue:
    here = portal()
    with here.writing() as (session, _):
        enrolment = enrolling.enrolment_of(session, me(), enrolment_id)
        act(session, me(), enrolment, here.now())  # type: ignore[operator]
        name = first_name(scope.client_of(session, me(), enrolment.client_id).name)
        back = _back(enrolment)
    say(told.format(name=name), url_for(undo, enrolment_id=enrolment_id) if undo else "")
    return redirect(back, 303)


def _back(enrolment: Enrolment) -> str:
    if request.form.get("from") == "client":
        return url_for("clients.show", client_id=enrolment.client_id)
    return url_for("programmes.show", programme_id=enrolment.programme_id)


def _ids(given: MultiDict[str, str]) -> list[int]:
    return [id_ for said in given.getlist("client") if (id_ := row_id(said))]


def _page(session: Session, chosen: list[int], form: Form) -> str:
    given = row_id(str(form.value("programme")))
    programme: Programme | None = library.programme_of(session, me(), given) if given else None
    ready = [one for one in library.of_practice(session, me()) if one.retired_at is None]
    return render_template(
        "programme_start.html",
        programme=programme,
        ready=[(one.id, one.name) for one in ready],
        clients=showing.may_start(session, me(), programme),
        chosen=chosen,
        groups=groups.in_use(session, me()),
        form=form,
    )
