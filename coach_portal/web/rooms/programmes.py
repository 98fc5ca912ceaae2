"""Programmes: the list, one of them with its steps and who is in it, and the calendar of its texts."""

from datetime import date

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Programme
from coach_portal.core.schemas import LOCALES
from coach_portal.core.schemas.programme import CalendarSchema, ProgrammeSchema
from coach_portal.core.services.people.clients import first_name
from coach_portal.core.services.programmes import calendar, library, showing
from coach_portal.web import words
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

programmes = Blueprint("programmes", __name__, url_prefix="/programmes")
LANGUAGES = [(code, words.LANGUAGES.get(code, code)) for code in LOCALES]


@programmes.get("")
def index() -> str:
    """Every programme of the practice."""
    with portal().database.reading() as session:
        return render_template("programmes.html", lines=showing.lines(session, me()))


@programmes.get("/new")
def new() -> str:
    """Ask for a name."""
    return _form(Form({"locale": "en"}))


@programmes.post("/new")
def add() -> ResponseReturnValue:
    """Begin a programme."""
    here, schema = portal(), ProgrammeSchema()
    try:
        with here.writing() as (session, _):
            added = library.add(session, me(), schema.read(typed(schema)), here.now()).id
    except Invalid as refused:
        return _form(Form(request.form, refused.fields)), 422
    return redirect(url_for("programmes.show", programme_id=added), 303)


@programmes.get("/<int:programme_id>")
def show(programme_id: int) -> str:
    """Its steps, and who is where in it."""
    now = portal().now()
    with portal().database.reading() as session:
        programme = library.programme_of(session, me(), programme_id)
        steps = library.steps_of(session, programme)
        return render_template(
            "programme.html",
            programme=programme,
            steps=steps,
            begun=showing.begun_by_step(session, programme),
            inside=showing.who_is_in(session, me(), programme, now),
            past=showing.who_was_in(session, me(), programme, now),
            calendar=_ahead(session, programme, _today(), programme.locale),
            may_change=library.may_change(me(), programme),
            now=now,
        )


@programmes.get("/<int:programme_id>/edit")
def edit(programme_id: int) -> str:
    """Its name, to be changed."""
    with portal().database.reading() as session:
        programme = library.programme_of(session, me(), programme_id)
        values = {name: getattr(programme, name) or "" for name in ("name", "about", "locale")}
    return _form(Form(values), programme_id)


@programmes.post("/<int:programme_id>/edit")
def change(programme_id: int) -> ResponseReturnValue:
    """Name it otherwise."""
    here, schema = portal(), ProgrammeSchema()
    try:
        with here.writing() as (session, _):
            programme = library.programme_of(session, me(), programme_id)
            library.change(session, me(), programme, schema.read(typed(schema)), here.now())
    except Invalid as refused:
        return _form(Form(request.form, refused.fields), programme_id), 422
    say("Saved.")
    return redirect(url_for("programmes.show", programme_id=programme_id), 303)


@programmes.post("/<int:programme_id>/copy")
def copy(programme_id: int) -> ResponseReturnValue:
    """A programme of one's own with the same steps."""
    here = portal()
    with here.writing() as (session, _):
        programme = library.programme_of(session, me(), programme_id)
        copied = library.copy(session, me(), programme, here.now()).id
    say("Copied. This one is yours to change.")
    return redirect(url_for("programmes.show", programme_id=copied), 303)


@programmes.post("/<int:programme_id>/retire")
def retire(programme_id: int) -> ResponseReturnValue:
    """Put it away."""
    here = portal()
    with here.writing() as (session, _):
        library.retire(session, me(), library.programme_of(session, me(), programme_id), here.now())
    say("Put away. Whoever is in it goes on.", url_for(".take_up", programme_id=programme_id))
    return redirect(url_for("programmes.index"), 303)


@programmes.post("/<int:programme_id>/take-up")
def take_up(programme_id: int) -> ResponseReturnValue:
    """Take it up again."""
    here = portal()
    with here.writing() as (session, _):
        library.take_up(session, me(), library.programme_of(session, me(), programme_id), here.now())
    say("Clients can be started on it again.")
    return redirect(url_for("programmes.show", programme_id=programme_id), 303)


@programmes.get("/<int:programme_id>/calendar")
def show_calendar(programme_id: int) -> str:
    """All its texts day by day, as a client would get them, with what they weigh and cost."""
    asked = request.args.to_dict()
    try:
        wanted, errors = CalendarSchema().read(asked), {}
    except Invalid as refused:
        wanted, errors = {"starts_on": None, "locale": None}, refused.fields
    with portal().database.reading() as session:
        programme = library.programme_of(session, me(), programme_id)
        begins, locale = wanted["starts_on"] or _today(), wanted["locale"] or programme.locale
        return render_template(
            "programme_calendar.html",
            programme=programme,
            calendar=_ahead(session, programme, begins, locale),
            locale=locale,
            languages=LANGUAGES,
            form=Form(asked | {"starts_on": asked.get("starts_on") or str(begins), "locale": locale}, errors),
        )


def _ahead(session: Session, programme: Programme, begins: date, locale: str) -> calendar.Calendar:
    steps = library.steps_of(session, programme)
    told = {"locale": locale, "country": str(g.signed_in.country), "coach": first_name(me().name)}
    return calendar.ahead(programme, steps, begins, **told)


def _today() -> date:
    return portal().now().date()


def _form(form: Form, programme_id: int | None = None) -> str:
    return render_template("programme_name.html", form=form, programme_id=programme_id, languages=LANGUAGES)
