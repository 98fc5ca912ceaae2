"""The page: phones to read and to text from, and the clock. Behind the portal's own sign-in, in its look."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coach_portal.core.models import SendingNumber
from coach_portal.core.services import scope
from coach_portal.web import notices
from coach_portal.web.access import me
from coach_portal.web.portal import portal
from infra.local.carrier.photos import PHOTOS, content
from infra.local.phones import reading
from infra.local.phones import told as told_of
from infra.local.phones.carrier_phones import CarrierAway, CarrierPhones, Handset, NotTaken
from infra.local.phones.clockwork import Clockwork

FARTHEST = timedelta(days=15)
"""The clock moves no farther at once: what falls due in a fortnight takes half a minute to send."""

phones = Blueprint("phones", __name__, url_prefix="/phones", template_folder="templates", static_folder="static")


@dataclass(frozen=True, slots=True)
class Table:
    """What the phones lie on: the carrier, and the clockwork."""

    carrier: CarrierPhones
    clockwork: Clockwork


@phones.get("")
def show() -> str:
    """Every client's phone, and the clock."""
    return _page("phones/page.html")


@phones.get("/live")
def live() -> Response:
    """The parts of the page that change by themselves; 304 while they have not."""
    parts = _page("phones/live.html")
    response = make_response(parts)
    response.set_etag(hashlib.sha256(parts.encode()).hexdigest()[:32])
    return response.make_conditional(request)


@phones.get("/told")
def told() -> str:
    """What coach and second contact were texted and emailed."""
    here = portal()
    with here.database.reading() as session:
        letters = told_of.read(session, me(), here.links)
        return render_template("phones/told.html", told=letters, phone=me().phone, zone=me().timezone, now=here.now())


@phones.post("/told/text")
def answer() -> Response:
    """Text the practice from the coach's own phone, as one answers what one was told."""
    with portal().database.reading() as session:
        coach, number = me(), told_of.number_of(session, me())
    words = request.form.get("words", "").strip()
    if words and coach.phone and number:
        _text(coach.phone, number, words, "")
    return redirect(url_for("phones.told"), 303)


@phones.get("/photos/<name>.jpg")
def photo(name: str) -> Response:
    """A photo that a phone sent, as it shows it itself."""
    if name not in PHOTOS:
        abort(404)
    return Response(content(name), mimetype="image/jpeg")


@phones.post("/<int:client_id>/text")
def text(client_id: int) -> Response:
    """Text the practice from a client's phone."""
    with portal().database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        phone, number = client.phone, session.get_one(SendingNumber, client.sending_number_id).phone
    body = (request.form.get("chip") or request.form.get("words") or "").strip()
    photo = request.form.get("photo", "")
    if body or photo:
        _text(phone, number, body, photo)
    return _back(f"phone-{client_id}")


@phones.post("/<int:client_id>/call")
def call(client_id: int) -> Response:
    """Answer, speak, press a key or hang up on a client's phone, or call the practice from it."""
    with portal().database.reading() as session:
        client = scope.client_of(session, me(), client_id)
        phone, number = client.phone, session.get_one(SendingNumber, client.sending_number_id).phone
    try:
        _table().carrier.call(phone, **_done_on_a_call(request.form, number))
    except (CarrierAway, NotTaken) as problem:
        notices.say(str(problem))
    return _back(f"phone-{client_id}")


def _done_on_a_call(form: Mapping[str, str], number: str) -> dict[str, str]:
    """What the buttons of a call ask the carrier for."""
    act, speech, on_this = form.get("act", ""), form.get("speech", "").strip(), {"sid": form.get("sid", "")}
    if form.get("keys"):
        return {"act": "keys", "keys": form["keys"], **on_this}
    if act == "say":
        return {"act": "say", "words": speech, **on_this} if speech else {"act": "silence", **on_this}
    if act == "mumble":
        return {"act": "say", "words": "mmh grmbl", "confidence": "0.1", **on_this}
    return {"act": "dial", "to": number} if act == "dial" else {"act": act, **on_this}


@phones.post("/clock")
def move() -> Response:
    """Move the clock on, doing whatever falls due on the way."""
    target = _moment(request.form.get("until", ""))
    if target is None:
        notices.say("The clock only goes forward, and at most a fortnight at once.")
    elif not _table().clockwork.set_off(target):
        notices.say("The clock is on its way already.")
    return _back("clock")


def _page(template: str) -> str:
    here, trouble = portal(), ""
    handsets: Mapping[str, Handset] = {}
    try:
        handsets = _table().carrier.all()
    except CarrierAway as away:
        trouble = str(away)
    now = here.now()
    with here.database.reading() as session:
        page = reading.read(session, me(), handsets, now)
        clockwork = _table().clockwork
        return render_template(template, page=page, clockwork=clockwork, trouble=trouble, zone=me().timezone)


def _text(phone: str, number: str, body: str, photo: str) -> None:
    try:
        _table().carrier.text(phone, number, body, photo)
    except (CarrierAway, NotTaken) as problem:
        notices.say(str(problem))


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
        return moment if timedelta() < moment - portal().now() <= FARTHEST else None
    except (ValueError, TypeError):
        return None


def _table() -> Table:
    table: Table = current_app.extensions["phones"]
    return table


def _back(place: str) -> Response:
    return redirect(url_for("phones.show", _anchor=place), 303)
