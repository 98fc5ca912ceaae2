"""The steps of a programme: writing, changing, moving and taking out."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.models import ProgrammeStep
from coach_portal.core.rules.texts.programmes import named, trouble
from coach_portal.core.schemas import AREAS, CADENCES, LOCALES
from coach_portal.core.schemas.programme import STEP_KINDS, USUAL_TIME, StepSchema
from coach_portal.core.services.people.clients import first_name
from coach_portal.core.services.programmes import library
from coach_portal.core.services.programmes.calendar import SAMPLE
from coach_portal.web import words
from coach_portal.web.access import me
from coach_portal.web.forms import Form, row_id, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal
from coach_portal.web.previews import Preview, with_amount
from coach_portal.web.prices import weight

programme_steps = Blueprint("programme_steps", __name__, url_prefix="/programmes/<int:programme_id>/steps")
WORDS = {"goal": ("title", "anchor", "unit", "body"), "message": ("body",), "question": ("body",)}
"""What each kind of step says in words."""
USUAL = {
    "starts": "after_step",
    "days": 7,
    "local_time": USUAL_TIME,
    "cadence": "daily",
    "direction": "at_least",
    "ask_days": list("1234567"),
    "ask_at": "08:30",
}


@programme_steps.get("/new")
def new(programme_id: int) -> str:
    """Ask for a step of a kind. The first of all begins at once."""
    kind = request.args.get("kind", "message")
    with portal().database.reading() as session:
        programme = library.programme_of(session, me(), programme_id)
        is_first = not library.steps_of(session, programme)
    begins = {"starts": "after_enrolment", "days": 0} if is_first else {}
    return _form(programme_id, Form(USUAL | begins | {"kind": kind if kind in STEP_KINDS else "message"}))


@programme_steps.post("/new")
def add(programme_id: int) -> ResponseReturnValue:
    """Add a step at the end."""
    here = portal()
    try:
        with here.writing() as (session, _):
            programme = library.programme_of(session, me(), programme_id)
            library.add_step(session, me(), programme, _read(), here.now())
    except Invalid as refused:
        return _form(programme_id, Form(_typed(), refused.fields)), 422
    say("Added. Those who are in the programme get it in their turn.")
    return redirect(url_for("programmes.show", programme_id=programme_id), 303)


@programme_steps.get("/<int:step_id>")
def edit(programme_id: int, step_id: int) -> str:
    """Show a step, to be changed."""
    with portal().database.reading() as session:
        _, step = library.step_of(session, me(), programme_id, step_id)
        values = _values(step)
    return _form(programme_id, Form(values), step_id)


@programme_steps.post("/<int:step_id>")
def change(programme_id: int, step_id: int) -> ResponseReturnValue:
    """Change a step for those still to come."""
    here = portal()
    try:
        with here.writing() as (session, _):
            programme, step = library.step_of(session, me(), programme_id, step_id)
            library.change_step(session, me(), programme, step, _read(), here.now())
    except Invalid as refused:
        return _form(programme_id, Form(_typed(), refused.fields), step_id), 422
    say("Saved. It holds for those for whom this step has not begun.")
    return redirect(url_for("programmes.show", programme_id=programme_id), 303)


@programme_steps.post("/<int:step_id>/move")
def move(programme_id: int, step_id: int) -> ResponseReturnValue:
    """Move a step one place up or down."""
    here = portal()
    with here.writing() as (session, _):
        programme, step = library.step_of(session, me(), programme_id, step_id)
        library.move_step(session, me(), programme, step, here.now(), up=request.form.get("to") != "down")
    return redirect(url_for("programmes.show", programme_id=programme_id, _anchor=f"step-{step_id}"), 303)


@programme_steps.post("/<int:step_id>/remove")
def remove(programme_id: int, step_id: int) -> ResponseReturnValue:
    """Take a step out."""
    here = portal()
    with here.writing() as (session, _):
        programme, step = library.step_of(session, me(), programme_id, step_id)
        library.remove_step(session, me(), programme, step, here.now())
    back = url_for(".put_back", programme_id=programme_id)
    say("Taken out. Whoever had it keeps what it brought.", back, {"step": str(step_id)})
    return redirect(url_for("programmes.show", programme_id=programme_id), 303)


@programme_steps.post("/put-back")
def put_back(programme_id: int) -> ResponseReturnValue:
    """Put a step back where it was."""
    here = portal()
    with here.writing() as (session, _):
        programme = library.programme_of(session, me(), programme_id)
        library.put_step_back(session, me(), programme, row_id(request.form.get("step", "")) or 0, here.now())
    return redirect(url_for("programmes.show", programme_id=programme_id), 303)


@programme_steps.post("/preview")
def preview(programme_id: int) -> str:
    """The step's text as it will read, while it is being written."""
    with portal().database.reading() as session:
        locale = library.programme_of(session, me(), programme_id).locale
    return render_template("parts/preview.html", preview=_preview(request.form.get("body", ""), locale))


def _read() -> dict[str, Any]:
    return StepSchema().read({name: value for name, value in _typed().items() if name in StepSchema().load_fields})


def _typed() -> dict[str, Any]:
    """What was typed; an action that begins with its number has said the amount too, and other languages lie below."""
    data = typed(StepSchema(), ["ask_days"])
    data.pop("words", None)
    if data.get("kind") == "goal":
        data = with_amount(data)
    if data.get("kind") != "goal" or not data.get("ask_at"):
        del data["ask_days"]
    said = {code: {name: request.form.get(f"{code}-{name}", "") for name in WORDS["goal"]} for code in LOCALES}
    return data | {"words": {code: one for code, one in said.items() if any(one.values())}}


def _values(step: ProgrammeStep) -> dict[str, Any]:
    values = {name: getattr(step, name) for name in StepSchema().load_fields if getattr(step, name) is not None}
    return {"ask_at": ""} | values | {"ask_days": list(step.ask_days or "")}


def _form(programme_id: int, form: Form, step_id: int | None = None) -> str:
    with portal().database.reading() as session:
        programme = library.programme_of(session, me(), programme_id)
        steps = list(library.steps_of(session, programme))
        kind = form.value("kind") if form.value("kind") in WORDS else "message"
        return render_template(
            "programme_step.html",
            programme=programme,
            step_id=step_id,
            form=form,
            kind=kind,
            said=WORDS[kind],
            is_first=not steps or steps[0].id == step_id,
            has_goal=any(step.kind == "goal" and step.id != step_id for step in steps),
            others=[(code, words.LANGUAGES.get(code, code)) for code in LOCALES if code != programme.locale],
            areas=[(area, area.capitalize()) for area in AREAS],
            cadences=CADENCES,
            preview=_preview(str(form.value("body") or ""), programme.locale),
        )


def _preview(body: str, locale: str) -> Preview:
    """The text as it reads for a client called Sam, with what is wrong with it, if anything."""
    wrong = trouble(body) if body.strip() else None
    shown = body if wrong else named(body.replace("\r\n", "\n"), client=SAMPLE, coach=first_name(me().name))
    is_sample = not shown.strip()
    body = "Your words, as they will read." if is_sample else shown
    return Preview(SAMPLE, body, weight(shown, str(g.signed_in.country)), locale, is_sample, wrong or "")
