"""Where people stop their texts on the web, without signing in. Looking stops nothing: programs look at links too."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Client, Practice
from coach_portal.core.rules.phone import masked
from coach_portal.core.schemas.contact import StopSchema
from coach_portal.core.services.people import stopping
from coach_portal.core.services.signing_in import throttles
from coach_portal.web.access import public
from coach_portal.web.csrf import carries_its_own_proof
from coach_portal.web.forms import Form, typed
from coach_portal.web.portal import portal
from coach_portal.web.stop_words import BY_NUMBER, stop_words

stop = Blueprint("stop", __name__, url_prefix="/stop")


@stop.get("/<token>")
@public
def ask(token: str) -> ResponseReturnValue:
    """Whose texts to which phone, and the one button."""
    here = portal()
    with here.database.reading() as session:
        client = stopping.whose(session, here.links, token)
        if client is None:
            return render_template("stop_unknown.html"), 404
        return _page(client, session.get_one(Practice, client.practice_id), token)


@stop.post("/<token>")
@public
@carries_its_own_proof
def stop_now(token: str) -> ResponseReturnValue:
    """Stop them."""
    here = portal()
    with here.writing() as (session, _):
        client = stopping.whose(session, here.links, token)
        if client is None:
            return render_template("stop_unknown.html"), 404
        practice = session.get_one(Practice, client.practice_id)
        wording = stop_words(client.locale).what.format(practice=practice.name, ending=_ending(client))
        stopping.by_link(session, client, wording, here.now())
        return _page(client, practice, token)


@stop.get("")
@public
def ask_number() -> str:
    """Ask which number."""
    return render_template("stop_number.html", form=Form({}), what=BY_NUMBER, done=False)


@stop.post("")
@public
def stop_number() -> ResponseReturnValue:
    """Stop all texts to the number written down; the answer is the same whether we know it or not."""
    here, schema = portal(), StopSchema()
    try:
        phone = schema.read(typed(schema))["phone"]
        with here.database.session() as session:
            throttles.count(session, {"stop": throttles.network(request.remote_addr or "")}, here.clock.machine_now())
        with here.writing() as (session, outbox):
            outbox.put(stopping.by_number(session, phone, BY_NUMBER, here.now()))
    except Invalid as refused:
        return render_template("stop_number.html", form=Form(request.form, refused.fields), what=BY_NUMBER), 422
    except throttles.TooManyTries:
        wait = {"phone": "That was many numbers from one place. Wait an hour, or text STOP from the phone itself."}
        return render_template("stop_number.html", form=Form(request.form, wait), what=BY_NUMBER), 429
    return render_template("stop_number.html", form=Form({}), what=BY_NUMBER, done=True)


def _page(client: Client, practice: Practice, token: str) -> str:
    words = stop_words(client.locale)
    told = {"practice": practice.name, "ending": _ending(client)}
    return render_template("stop.html", said=words, told=told, token=token, stopped=client.consent == "revoked")


def _ending(client: Client) -> str:
    return masked(client.phone)[-2:]
