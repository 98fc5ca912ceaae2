"""A client's own page, for whoever holds its address: nobody signs in here. Looking changes nothing."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Client
from coach_portal.core.rules import pictures as picture_rules
from coach_portal.core.rules.may_send import CALLS_PER_WEEK, FOREVER
from coach_portal.core.rules.schedule import moment_of, zone
from coach_portal.core.rules.texts.language import Language, language
from coach_portal.core.rules.texts.moments import moment_in
from coach_portal.core.schemas import LOCALES
from coach_portal.core.schemas.client import OwnHoursSchema
from coach_portal.core.services import audit
from coach_portal.core.services.calls import agreeing
from coach_portal.core.services.moments import pauses
from coach_portal.core.services.pages import own_page as pages
from coach_portal.core.services.people import own_data, own_pages
from coach_portal.core.services.replies import wishes
from coach_portal.core.services.week import pictures
from coach_portal.web.access import public
from coach_portal.web.charts import calendar
from coach_portal.web.csrf import carries_its_own_proof
from coach_portal.web.forms import row_id, typed
from coach_portal.web.own_words import code_of, own_words
from coach_portal.web.portal import portal
from coach_portal.web.rooms.weeks import as_picture

own_page = Blueprint("own_page", __name__, url_prefix="/me/<token>")
Act = Callable[[Session, Client, datetime], str | None]


@own_page.errorhandler(NotFound)
def closed(_: NotFound) -> tuple[str, int]:
    """The link opens nothing, or no longer. Whose it was is not told, so neither is their language."""
    return render_template("own_page_closed.html", languages=[own_words(code) for code in ("en", "es")]), 404


@own_page.after_request
def keep_private(answer: Response) -> Response:
    """No index lists it, no cache keeps it, and the address goes nowhere with a click."""
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@own_page.get("")
@public
def show(token: str) -> str:
    """Goals, calendar, wins, weeks, and how they are texted."""
    return _page(token)


@own_page.get("/weeks/<int:digest_id>.png")
@public
def picture(token: str, digest_id: int) -> Response:
    """The picture of one of their weeks."""
    here = portal()
    with here.database.reading() as session:
        client = own_pages.opened_by(session, token, here.now())
        digest = pages.week_of(session, client, digest_id)
        if digest is None:
            raise NotFound("no such week")
        shown = pictures.shown(session, digest)
    return as_picture(shown)


@own_page.get("/data.json")
@public
def data(token: str) -> Response:
    """All that is theirs, to take away."""
    here = portal()
    with here.database.reading() as session:
        told = own_data.read(session, own_pages.opened_by(session, token, here.now()), here.now())
    answer = Response(json.dumps(told, ensure_ascii=False, indent=1), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@own_page.post("/hours")
@public
@carries_its_own_proof
def hours(token: str) -> ResponseReturnValue:
    """No texts before one hour and after another."""
    schema = OwnHoursSchema()
    try:
        chosen = schema.read(typed(schema))
    except Invalid:
        return _page(token, bad_hours=True), 422
    return _do(token, lambda session, client, now: _chosen(token, session, client, "hours", chosen, now))


@own_page.post("/pace")
@public
@carries_its_own_proof
def pace(token: str) -> ResponseReturnValue:
    """How often they are asked."""
    wanted = {"pace": _one_of(("full", "half", "weekly"), "pace")}
    return _do(token, lambda session, client, now: _chosen(token, session, client, "pace", wanted, now))


@own_page.post("/way")
@public
@carries_its_own_proof
def way(token: str) -> ResponseReturnValue:
    """By text or by call. What they read before they agreed is what the ledger keeps."""
    wanted = _one_of(("text", "call"), "way")

    def act(session: Session, client: Client, now: datetime) -> str:
        said = own_words(client.locale)
        agreeing.choose(session, client, _call_terms(said, pages.coach_of(session, client)), wanted, now)
        return _say(said.SAVED)

    return _do(token, act)


@own_page.post("/language")
@public
@carries_its_own_proof
def speak(token: str) -> ResponseReturnValue:
    """The language of the page and the texts."""
    wanted = _one_of(LOCALES, "locale")

    def act(session: Session, client: Client, now: datetime) -> str:
        undo = {"locale": client.locale}
        client.locale = wanted
        by = own_pages.by_client(client.id)
        audit.record(session, client.practice_id, by, "choose_language", f"client:{client.id}", now)
        return _say(own_words(wanted).SAVED, url_for(".speak", token=token), undo)

    return _do(token, act)


@own_page.post("/pause")
@public
@carries_its_own_proof
def pause(token: str) -> ResponseReturnValue:
    """Nothing is asked for so many days, or until they say so."""
    days = _one_of(("3", "7", "14", ""), "days")

    def act(session: Session, client: Client, now: datetime) -> str:
        until = _back_after(int(days), client, now) if days else None
        pauses.begin(session.connection(), client.practice_id, client.id, until, now)
        by = own_pages.by_client(client.id)
        audit.record(session, client.practice_id, by, "pause", f"client:{client.id}", now)
        return _say(own_words(client.locale).BREAK_TAKEN, url_for(".resume", token=token))

    return _do(token, act)


@own_page.post("/resume")
@public
@carries_its_own_proof
def resume(token: str) -> ResponseReturnValue:
    """Begin again."""

    def act(session: Session, client: Client, now: datetime) -> str:
        pauses.end(session.connection(), client.id, now)
        by = own_pages.by_client(client.id)
        audit.record(session, client.practice_id, by, "resume", f"client:{client.id}", now)
        return _say(own_words(client.locale).BEGUN)

    return _do(token, act)


@own_page.post("/undo")
@public
@carries_its_own_proof
def undo(token: str) -> ResponseReturnValue:
    """Take back what they have just chosen."""
    wish_id = row_id(request.form.get("wish", ""))

    def act(session: Session, client: Client, now: datetime) -> str:
        wishes.undo(session, own_pages.by_client(client.id), client, wish_id or 0, now)
        return _say(own_words(client.locale).AS_BEFORE)

    return _do(token, act)


@own_page.post("/close")
@public
@carries_its_own_proof
def close(token: str) -> ResponseReturnValue:
    """The address opens nothing from now on."""
    here = portal()
    with here.writing() as (session, _):
        client = own_pages.opened_by(session, token, here.now())
        said = own_words(client.locale)
        own_pages.close(session, own_pages.by_client(client.id), client, here.now())
    return render_template("own_page_closed.html", languages=[said])


def _do(token: str, act: Act) -> ResponseReturnValue:
    here = portal()
    with here.writing() as (session, _):
        act(session, own_pages.opened_by(session, token, here.now()), here.now())
    return redirect(url_for(".show", token=token), 303)


def _chosen(
    token: str, session: Session, client: Client, kind: str, chosen: dict[str, str | None], now: datetime
) -> str:
    wish = wishes.choose(session, client, kind, chosen, now)
    return _say(own_words(client.locale).SAVED, url_for(".undo", token=token), {"wish": str(wish.id)})


def _say(words: str, undo_at: str = "", fields: dict[str, str] | None = None) -> str:
    flash({"words": words, "undo": undo_at, "fields": list((fields or {}).items())}, "own")  # type: ignore[arg-type]
    return words


def _one_of(options: tuple[str, ...], name: str) -> str:
    sent = request.form.get(name)
    if sent is None or sent not in options:
        abort(400)
    return sent


def _back_after(days: int, client: Client, now: datetime) -> datetime:
    """The morning they are back."""
    today: date = now.astimezone(zone(client.timezone)).date()
    return moment_of(today + timedelta(days=days), "00:00", client.timezone)


def _page(token: str, *, bad_hours: bool = False) -> str:
    here = portal()
    with here.database.reading() as session:
        page = pages.read(session, token, here.now())
        told = picture_rules.told(_newest(session, page), page.client.locale) if page.weeks else ""
        client, local = page.client, zone(page.client.timezone)
        spoken, said = language(client.locale), own_words(client.locale)
        return render_template(
            "own_page.html",
            page=page,
            said=said,
            code=code_of(client.locale),
            token=token,
            calendar=calendar,
            months=spoken.grammar.months,
            next_when=page.next_at and _when(page.next_at, here.now(), local, spoken),
            weeks=[(week, week.week_start + timedelta(days=6)) for week in page.weeks],
            open_until=client.page_until and client.page_until.astimezone(local).date(),
            paused_until=client.paused_until and _local_date(client.paused_until, local),
            hours=(_hours(said, client.texts_from, range(8, 21)), _hours(said, client.texts_until, range(9, 22))),
            stop_at=here.links.stop(client.id, client.created_at).removeprefix(here.settings.public_url),
            told=told,
            bad_hours=bad_hours,
            call_terms=_call_terms(said, page.coach),
        )


def _call_terms(said: Any, coach: str) -> str:
    words: str = said.CALL_TERMS.format(coach=coach, per_week=CALLS_PER_WEEK)
    return words


def _when(at: datetime, now: datetime, local: ZoneInfo, spoken: Language) -> str:
    return moment_in(at.astimezone(local).replace(tzinfo=None), now.astimezone(local).date(), spoken)


def _local_date(at: datetime, local: ZoneInfo) -> date | None:
    return None if at >= FOREVER else at.astimezone(local).date()


def _hours(said: Any, chosen: str | None, hours: Iterable[int]) -> list[tuple[str, str]]:
    """The hours to choose from, the one in force among them."""
    times = sorted({f"{hour:02}:00" for hour in hours} | ({chosen} if chosen else set()))
    return [("", said.NO_BOUND), *((time, time) for time in times)]


def _newest(session: Session, page: pages.OwnPage) -> picture_rules.PicturedWeek:
    return pictures.week_of(session, page.client, page.weeks[0].week_start)
