"""What texts cost, what they may cost, and the numbers and the account they leave from."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach_portal.core.errors import Invalid
from coach_portal.core.gateways import wiring
from coach_portal.core.models import CheckInSchedule, Client, Goal
from coach_portal.core.ports import SecretStore
from coach_portal.core.rules import pacing, rates
from coach_portal.core.schemas.money import AccountSchema, CapSchema, NumberSchema
from coach_portal.core.services.practice import accounts, budget, forecasts, numbers
from coach_portal.web.access import me
from coach_portal.web.forms import Form, typed
from coach_portal.web.notices import say
from coach_portal.web.portal import portal
from coach_portal.web.rooms.practice import PLACES

money = Blueprint("money", __name__, url_prefix="/practice/money")

PLACES.append(("money.show", "Texts and money", "What this month has cost, what it may cost, and your numbers."))


@money.app_context_processor
def for_templates() -> dict[str, object]:
    """Let any page say what a client's texts will come to."""
    return {"monthly_forecast": _forecast}


def _forecast(client: Client, schedules: Iterable[CheckInSchedule], goals: Sequence[Goal]) -> str:
    return forecasts.of_client(client, schedules, goals).words


@money.app_template_filter("money")
def in_words(micros: int) -> str:
    """Millionths of a dollar as dollars and cents."""
    return rates.in_cents(micros)


@money.get("")
def show() -> str:
    """This month so far."""
    return _page()


@money.post("/cap")
def cap() -> ResponseReturnValue:
    """Set what a month may cost."""
    here, schema = portal(), CapSchema()
    try:
        wanted: Decimal | None = schema.read(typed(schema))["cap"]
        with here.writing() as (session, _):
            budget.set_cap(session, me(), None if wanted is None else int(wanted * 1_000_000), here.now())
    except Invalid as refused:
        return _page(refused), 422
    say("Saved. There is no limit." if wanted is None else f"Saved. A month may cost ${wanted:,.2f}.")
    return redirect(url_for("money.show"), 303)


@money.post("/numbers/<int:number_id>")
def register(number_id: int) -> ResponseReturnValue:
    """Say how a number is registered, and so how fast it may text."""
    here, schema = portal(), NumberSchema()
    with here.writing() as (session, _):
        number = numbers.number_of(session, me(), number_id)
        numbers.register(session, me(), number, schema.read(typed(schema))["sender_class"], here.now())
    say("Saved.")
    return redirect(url_for("money.show"), 303)


@money.post("/numbers/<int:number_id>/start")
def start(number_id: int) -> ResponseReturnValue:
    """Texts leave from this number again."""
    here = portal()
    with here.writing() as (session, _):
        numbers.start_again(session, me(), number_id, here.now())
    say("Texts leave from this number again.")
    return redirect(url_for("money.show"), 303)


@money.post("/account")
def account() -> ResponseReturnValue:
    """Text from the practice's own account."""
    here, schema = portal(), AccountSchema()
    try:
        brought = schema.read(typed(schema))
        with here.writing() as (session, _):
            secret = accounts.bring(session, me(), brought["account_sid"], brought["token"], here.now())
    except Invalid as refused:
        return _page(refused), 422
    _secrets().put(*secret)
    say("Saved. Your texts leave from your own account; its webhooks are believed within a minute.")
    return redirect(url_for("money.show"), 303)


@money.post("/account/leave")
def leave() -> ResponseReturnValue:
    """Text from the installation's account again."""
    here = portal()
    with here.writing() as (session, _):
        left = accounts.leave(session, me(), here.now())
    if left:
        _secrets().forget(left)
    say("Your texts leave from the portal's account again.")
    return redirect(url_for("money.show"), 303)


def _secrets() -> SecretStore:
    here = portal()
    settings = here.settings
    return wiring.secret_store(settings.secrets_prefix, here.database, settings.secret_key, here.clock.machine_now)


def _page(refused: Invalid | None = None) -> str:
    here = portal()
    with here.database.reading() as session:
        page = budget.read(session, me(), here.now())
        cap = page.practice.monthly_cap_micros
        kept = {"cap": "" if cap is None else f"{cap / 1_000_000:.2f}".removesuffix(".00")}
        typed_in = {name: value for name, value in request.form.items() if name != "token"} if refused else {}
        return render_template(
            "practice_money.html",
            page=page,
            form=Form(kept | typed_in, refused.fields if refused else {}),
            classes=pacing.CLASSES,
            account=accounts.masked(page.practice.account_sid),
            prices_of=rates.CHECKED_ON,
        )
