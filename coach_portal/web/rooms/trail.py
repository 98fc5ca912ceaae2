"""The audit log: who saw and changed what."""

from flask import Blueprint, render_template, request

from coach_portal.core.services.records import trail as service
from coach_portal.web.access import LARGEST_ID, me
from coach_portal.web.forms import row_id
from coach_portal.web.portal import portal
from coach_portal.web.rooms.practice import PLACES
from coach_portal.web.trail_words import more, words_of

KINDS = {"all": "Everything", "saw": "Who looked", "changed": "Changes", "moved": "Data in and out"}

trail = Blueprint("trail", __name__, url_prefix="/practice/audit")

PLACES.append(("trail.show", "Audit log", "Who looked at whom, who changed what, and who took data out."))


@trail.get("")
def show() -> str:
    """A page of it, the newest first, narrowed as the address says."""
    kind = request.args.get("kind", "all")
    wanted = service.Wanted(
        kind=kind if kind in KINDS else "all",
        coach_id=_id("coach"),
        client_id=_id("client"),
        before=_id("before"),
    )
    here = portal()
    asked = {"coach": wanted.coach_id, "client": wanted.client_id}
    with here.database.reading() as session:
        return render_template(
            "practice_audit.html",
            page=service.read(session, me(), wanted),
            wanted=wanted,
            kinds=KINDS,
            asked=asked,
            now=here.now(),
            words_of=words_of,
            more=more,
        )


def _id(name: str) -> int | None:
    found = row_id(request.args.get(name, ""))
    return None if found is None else min(found, LARGEST_ID)
