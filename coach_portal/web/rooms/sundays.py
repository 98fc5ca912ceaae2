"""The practice's Sundays: the questions it adds to ours, and how the week's picture reaches its clients."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.rules.texts.language import language
from coach_portal.core.schemas import LOCALES
from coach_portal.core.schemas.sunday import LONGEST_QUESTION, PicturesSchema, QuestionSchema
from coach_portal.core.services.week import questions
from coach_portal.web import words
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

sundays = Blueprint("sundays", __name__, url_prefix="/practice/sundays")

THEMES = [
    ("noticing", "Noticing"),
    ("help", "What helps, what gets in the way"),
    ("ahead", "What it is for, what comes next"),
    ("kindness", "Kindness, after a hard week"),
]


@sundays.get("")
def show() -> str:
    """Our questions and theirs."""
    return _page(Form({"theme": "noticing", "locale": "en"}))


@sundays.post("/questions")
def add() -> ResponseReturnValue:
    """Add a question."""
    here, schema = portal(), QuestionSchema()
    try:
        with here.writing() as (session, _):
            questions.add(session, me(), schema.read(typed(schema)), here.now())
    except Invalid as refused:
        return _page(Form(request.form, refused.fields)), 422
    say("Added. Each client gets it once, in the course of a quarter.")
    return redirect(url_for("sundays.show"), 303)


@sundays.post("/questions/<int:question_id>/retire")
def retire(question_id: int) -> ResponseReturnValue:
    """Ask a question no more."""
    here = portal()
    with here.writing() as (session, _):
        questions.retire(session, me(), question_id, here.now())
    say("It is asked no more. What was answered stays.")
    return redirect(url_for("sundays.show"), 303)


@sundays.post("/pictures")
def pictures() -> ResponseReturnValue:
    """Choose how pictures reach clients."""
    here, schema = portal(), PicturesSchema()
    try:
        with here.writing() as (session, _):
            questions.set_pictures(session, me(), schema.read(typed(schema))["pictures"], here.now())
    except Invalid as refused:
        return _page(Form({"theme": "noticing", "locale": "en"}, refused.fields)), 422
    say("Saved. It holds from the next Sunday on.")
    return redirect(url_for("sundays.show"), 303)


def _page(form: Form) -> str:
    with portal().database.reading() as session:
        return render_template(
            "sundays.html",
            form=form,
            own=questions.listed(session, me()),
            pictures=questions.pictures(session, me()),
            themes=THEMES,
            theme_names=dict(THEMES),
            ours=language("en").asking.questions,
            languages=[(code, words.LANGUAGES.get(code, code)) for code in LOCALES],
            longest=LONGEST_QUESTION,
        )
