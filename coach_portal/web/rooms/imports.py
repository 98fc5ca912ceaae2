"""Clients, goals and past wins from another system: a file is chosen, read and shown, and only then taken."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from coach_portal.core.errors import Invalid
from coach_portal.core.models import ImportDraft
from coach_portal.core.rules import csv_file
from coach_portal.core.schemas.imports import ALSO, KINDS, LARGEST, columns_of, read_rows
from coach_portal.core.services.records import imports as service
from coach_portal.core.services.records.incoming_clients import outlook
from coach_portal.web.access import me
from coach_portal.web.forms import Form
from coach_portal.web.notices import say
from coach_portal.web.portal import portal

MOST_SHOWN = 200
"""Rows named on the page; the file of them names all."""
FORM_ROOM = 64 * 1024

imports = Blueprint("imports", __name__, url_prefix="/clients/import")


@imports.url_value_preprocessor
def take_files(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Files are larger than forms. Said before anything reads what was sent."""
    if endpoint == "imports.read":
        request.max_content_length = LARGEST + FORM_ROOM


@imports.get("")
def choose() -> str:
    """Ask for a file."""
    return _choose({"kind": "clients"})


@imports.get("/example.csv")
def example() -> Response:
    """A file to begin with: the columns and one row."""
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else KINDS[0]
    row = {**_EXAMPLE, "goal": "5 squats", "title": ""} if kind == "wins" else _EXAMPLE
    columns = columns_of(kind)
    return _file(csv_file.written(columns, [[row.get(name, "") for name in columns]]), f"{kind}.csv")


@imports.post("")
def read() -> ResponseReturnValue:
    """Read the file, and show what is in it; nothing is saved but the file itself."""
    here, kind = portal(), request.form.get("kind", "")
    sent = request.files.get("file")
    content = csv_file.decoded(sent.read()) if sent else ""
    try:
        if kind not in KINDS:
            raise Invalid({"kind": "Say what is in the file."})
        if sent is None or not sent.filename:
            raise Invalid({"file": "Choose a file."})
        rows = read_rows(kind, content)
        with here.writing() as (session, _):
            draft = service.preview(session, me(), kind, content, rows.good, rows.bad, here.now())
            draft_id = draft.id
    except Invalid as refused:
        return _choose({"kind": kind}, refused), 422
    left_out = {"left_out": rows.left_out[:20]} if rows.left_out else {}
    return redirect(url_for("imports.show", draft_id=draft_id, **left_out), 303)


@imports.get("/<int:draft_id>")
def show(draft_id: int) -> str:
    """What came of the file: before it is taken what would, afterwards what did."""
    here = portal()
    with here.database.reading() as session:
        draft = service.draft_of(session, me(), draft_id)
        asks = draft.kind == "clients" and draft.good and not draft.taken_at
        return render_template(
            "import_preview.html",
            draft=draft,
            shown=draft.bad[:MOST_SHOWN],
            left_out=request.args.getlist("left_out"),
            says_consent=any("consent" in name or "opt" in name for name in request.args.getlist("left_out")),
            asking=outlook(session, me(), draft.good) if asks else None,
        )


@imports.get("/<int:draft_id>/to-mend.csv")
def to_mend(draft_id: int) -> ResponseReturnValue:
    """The rows that cannot be taken, each with what to do about it, to be mended and chosen again."""
    with portal().database.reading() as session:
        draft = service.draft_of(session, me(), draft_id)
        return _file(_bad_rows(draft), f"{draft.kind}-to-mend.csv")


@imports.post("/<int:draft_id>/take")
def take(draft_id: int) -> ResponseReturnValue:
    """Take the rows that can be taken. A second press finds it done."""
    here = portal()
    try:
        with here.writing() as (session, outbox):
            draft = service.draft_of(session, me(), draft_id)
            rows = read_rows(draft.kind, draft.content) if draft.content else None
            good, bad = (rows.good, rows.bad) if rows else ([], [])
            invite = request.form.get("invite") == "now"
            outbox.put(service.take(session, me(), draft, good, bad, here.now(), invite=invite))
    except Invalid as refused:
        return _choose({"kind": "clients"}, refused), 422
    except IntegrityError:  # somebody brought the same number in at this very moment: nothing was half done
        say("Somebody changed your clients just now. Nothing came in yet: press once more.")
    return redirect(url_for("imports.show", draft_id=draft_id), 303)


_EXAMPLE = {
    "name": "Alice Reyes",
    "phone": "(+1) 617 555 0123",
    "timezone": "America/New_York",
    "locale": "en",
    "country": "US",
    "title": "5 squats",
    "anchor": "after I brush my teeth",
    "area": "movement",
    "cadence": "daily",
    "amount": "5",
    "unit": "squats",
    "direction": "at_least",
    "since": "2026-01-05",
    "on": "2026-03-31",
}


def _choose(values: dict[str, str], refused: Invalid | None = None) -> str:
    columns = {kind: columns_of(kind) for kind in KINDS}
    return render_template(
        "import.html", form=Form(values, refused.fields if refused else {}), columns=columns, most=csv_file.MOST_ROWS
    )


def _bad_rows(draft: ImportDraft) -> str:
    columns = columns_of(draft.kind)
    cells = dict(csv_file.read(draft.content, columns, ALSO).rows) if draft.content else {}
    rows = [
        [line, *(cells.get(line, {}).get(name, "") for name in columns), " ".join(told.values())]
        for line, told in draft.bad
    ]
    return csv_file.written(["line", *columns, "what_to_do"], rows)


def _file(body: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    # The mark lets spreadsheets see that it is UTF-8.
    return Response(f"\ufeff{body}", content_type="text/csv; charset=utf-8", headers=headers)
