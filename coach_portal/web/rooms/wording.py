"""How a practice's repeated texts are said: the house's wordings, or its own."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.rules.texts.wordings import KINDS, houses_own
from coach_portal.core.schemas import LOCALES, WordingSchema
from coach_portal.core.services.moments import wordings as service
from coach_portal.web import previews
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

wording = Blueprint("wording", __name__, url_prefix="/practice/wording")


@wording.get("")
def show() -> str:
    """Every kind of text with its wordings, and a way to add one."""
    return _page(Form({"kind": request.args.get("kind", ""), "locale": request.args.get("locale", "")}))


@wording.post("")
def add() -> ResponseReturnValue:
    """Say it in this way too."""
    here, schema = portal(), WordingSchema()
    try:
        with here.writing() as (session, _):
            data = schema.read(typed(schema))
            service.add_wording(session, me(), data["kind"], data["locale"], data["body"], here.now())
    except Invalid as refused:
        return _page(Form(request.form, refused.fields)), 422
    say("Saved. It is used from the next text on.")
    return redirect(url_for("wording.show", kind=data["kind"], locale=data["locale"]), 303)


@wording.post("/<int:wording_id>/remove")
def remove(wording_id: int) -> ResponseReturnValue:
    """Say it in this way no more."""
    here = portal()
    with here.writing() as (session, _):
        gone = service.remove_wording(session, me(), wording_id, here.now())
        was = {"kind": gone.kind, "locale": gone.locale, "body": gone.body}
    say("Taken away.", url_for("wording.add"), was)
    return redirect(url_for("wording.show", kind=was["kind"], locale=was["locale"]), 303)


@wording.post("/preview")
def preview() -> str:
    """The wording as it will read, while it is being written."""
    shown = previews.of_wording(*_chosen(request.form.get("kind"), request.form.get("locale")), _body())
    return render_template("parts/preview.html", preview=shown)


def _page(form: Form) -> str:
    kind, locale = _chosen(form.value("kind"), form.value("locale"))
    with portal().database.reading() as session:
        own = [each for each in service.of_practice(session, me()) if (each.kind, each.locale) == (kind, locale)]
        return render_template(
            "practice_wording.html",
            form=form,
            kind=kind,
            locale=locale,
            own=own,
            house=houses_own(kind, locale),
            holds=KINDS[kind],
            preview=previews.of_wording(kind, locale, _body()),
        )


def _chosen(kind: str | None, locale: str | None) -> tuple[str, str]:
    return kind if kind in KINDS else "check_in", locale if locale in LOCALES else "en"


def _body() -> str:
    return request.form.get("body", "")[:400]
