"""A client's progress board, to be looked at together in a session."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.rules.habit import library
from coach_portal.core.schemas.goal import AREAS, IdeaSchema
from coach_portal.core.services import scope
from coach_portal.core.services.progress import board as service
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

board = Blueprint("board", __name__, url_prefix="/clients/<int:client_id>/board")


@board.get("")
def show(client_id: int) -> str:
    """To try, in effort, win."""
    return _page(client_id, Form({}))


@board.post("/ideas")
def add(client_id: int) -> ResponseReturnValue:
    """Something to try one day: typed, or one of the examples."""
    here, schema = portal(), IdeaSchema()
    try:
        with here.writing() as (session, _):
            client = scope.client_of(session, me(), client_id)
            chosen = library.example(request.form.get("example", ""), client.locale)
            given = {"title": chosen.title, "area": chosen.area} if chosen else typed(schema)
            service.add_idea(session, me(), client, schema.read(given), here.now())
    except Invalid as refused:
        return _page(client_id, Form(request.form, refused.fields)), 422
    return redirect(url_for(".show", client_id=client_id, _anchor="try"), 303)


@board.post("/ideas/<int:idea_id>/drop")
def drop(client_id: int, idea_id: int) -> ResponseReturnValue:
    """Not this one."""
    here = portal()
    with here.writing() as (session, _):
        idea = service.idea_of(session, scope.client_of(session, me(), client_id), idea_id)
        service.drop(session, me(), idea, here.now())
        say(f"{idea.title} is off the board.", url_for(".keep", client_id=client_id, idea_id=idea_id))
    return redirect(url_for(".show", client_id=client_id), 303)


@board.post("/ideas/<int:idea_id>/keep")
def keep(client_id: int, idea_id: int) -> ResponseReturnValue:
    """This one after all."""
    here = portal()
    with here.writing() as (session, _):
        idea = service.idea_of(session, scope.client_of(session, me(), client_id), idea_id)
        service.keep(session, me(), idea, here.now())
    return redirect(url_for(".show", client_id=client_id), 303)


def _page(client_id: int, form: Form) -> str:
    here = portal()
    with here.database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        return render_template(
            "board.html",
            client=client,
            board=service.read(session, client, here.now()),
            form=form,
            areas=[(area, area.capitalize()) for area in AREAS],
            examples=library.examples(client.locale),
        )
