"""What a client agreed to and took back, to read, to keep and to hand to whoever asks for proof."""

import json

from flask import Response, render_template

from coach_portal.core.rules import csv_file
from coach_portal.core.schemas.consent import COLUMNS, ConsentOut
from coach_portal.core.services import scope
from coach_portal.core.services.people import ledger
from coach_portal.web.access import me
from coach_portal.web.portal import portal
from coach_portal.web.rooms.clients import clients


@clients.get("/<int:client_id>/consent")
def consent(client_id: int) -> str:
    """Every line, and the link by which the client can stop all texts themselves."""
    here = portal()
    with here.database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        lines = ledger.lines_of(session, client)
        stop_link = here.links.stop(client.id, client.created_at)
        return render_template("consent.html", client=client, lines=lines, stop_link=stop_link, now=here.now())


@clients.get("/<int:client_id>/consent.csv")
def consent_csv(client_id: int) -> Response:
    """The lines as a table for a spreadsheet."""
    rows = [[line[name] for name in COLUMNS] for line in _lines(client_id)]
    return _file(csv_file.written(COLUMNS, rows), "text/csv; charset=utf-8", f"consent-{client_id}.csv")


@clients.get("/<int:client_id>/consent.json")
def consent_json(client_id: int) -> Response:
    """The lines as they are, so that the chain can be checked from them."""
    told = json.dumps({"client_id": client_id, "lines": _lines(client_id)}, ensure_ascii=False, indent=1)
    return _file(told, "application/json", f"consent-{client_id}.json")


def _lines(client_id: int) -> list[dict[str, object]]:
    with portal().database.reading() as session:
        lines = ledger.lines_of(session, scope.client_of(session, me(), client_id))
        told: list[dict[str, object]] = ConsentOut(many=True).dump(lines)
        return told


def _file(body: str, mimetype: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type=mimetype, headers=headers)
