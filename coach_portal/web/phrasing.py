"""What templates say with: times where people are, first names, icons, and our codes in plain words."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask import Flask, g
from markupsafe import Markup

from coach_portal.core.models import CheckInSchedule, Client, Consent, Goal
from coach_portal.core.rules import rates, roles
from coach_portal.core.rules.carrier_codes import CARRIER_CODES
from coach_portal.core.rules.may_send import Decision
from coach_portal.core.rules.phone import readable
from coach_portal.core.rules.roles import Act
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts import consents, labels
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.words import Terms
from coach_portal.core.schemas import time_zones
from coach_portal.core.services.moments.silence import Silence
from coach_portal.core.services.pages.client_page import ClientPage, Week
from coach_portal.core.services.pages.transcript import goal_words
from coach_portal.core.services.people.clients import first_name
from coach_portal.web import call_words, csrf, drawing, programme_words, words
from coach_portal.web.portal import portal


def init_app(app: Flask) -> None:
    """Give templates their filters and functions."""
    app.jinja_env.filters.update(
        first_name=first_name,
        call=call_words.call,
        place=place,
        clock=clock,
        day=day,
        moment=moment,
        capital=capital,
        sends=sends,
        long_day=long_day,
        long_date=long_date,
        weekday=weekday,
        checked_day=checked_day,
        by_day=by_day,
        short_date=short_date,
        agreed=agreed,
        asks=asks,
        because=because,
        how_often=how_often,
        hours_in_words=hours_in_words,
        consent_line=consent_line,
        carrier_words=carrier_words,
        phone=readable,
        plain_number=plain_number,
        wall=wall,
        mark_words=drawing.MARKS_IN_WORDS.__getitem__,
        count=count,
        number=number,
        days_in_words=words.days_in_words,
        cadence=words.cadence,
        habit=words.habit,
        advised=words.advised,
        wished=words.wished,
        starts=programme_words.starts,
        asked_when=programme_words.asked,
        comes_next=programme_words.comes_next,
        dated=programme_words.dated,
        local_today=programme_words.local_today,
        price=rates.in_words,
    )
    _add_functions(app)


def _add_functions(app: Flask) -> None:
    app.jinja_env.globals.update(
        icon=drawing.icon,
        mark=drawing.mark,
        strip=drawing.strip,
        axis=drawing.axis,
        curve=drawing.curve,
    )
    app.jinja_env.globals.update(
        may=may,
        csrf=csrf_field,
        words=words,
        zones=time_zones,
        invitation=invitation,
        anchors=anchors,
        client_time=client_time,
    )


def may(act: Act) -> bool:
    """Whether whoever is signed in may do this."""
    return roles.may(g.signed_in.coach.role, act)


def csrf_field() -> Markup:
    """The hidden field every form of ours carries."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(csrf.FIELD, csrf.token())


def place(timezone: str) -> str:
    """The town in a zone's name: "America/New_York" is New York."""
    return timezone.rsplit("/", 1)[-1].replace("_", " ")


def clock(at: datetime, timezone: str) -> str:
    """The time on the wall there: 8:10."""
    local = at.astimezone(zone(timezone))
    return f"{local.hour}:{local.minute:02}"


def wall(local_time: str) -> str:
    """A wall time as it is said: "08:10" is 8:10."""
    return local_time.removeprefix("0")


def day(at: datetime | date, timezone: str = "UTC", now: datetime | None = None) -> str:
    """The day as seen from today: today, yesterday, tomorrow, Tue 18, Tue 1 Dec, or 18 September when far off."""
    that, today = _dates(at, timezone, now)
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}
    distance = (that - today).days
    if distance in near:
        return near[distance]
    if abs(distance) < 14:
        return f"{that:%a} {that.day}" if that.month == today.month else f"{that:%a} {that.day} {that:%b}"
    return f"{that.day} {that:%B}" if that.year == today.year else f"{that.day} {that:%B %Y}"


def moment(at: datetime, timezone: str, now: datetime | None = None) -> str:
    """Day and time: "tomorrow, 8:10"; today the time alone says it."""
    that = day(at, timezone, now)
    return clock(at, timezone) if that == "today" else f"{that}, {clock(at, timezone)}"


def capital(told: str) -> str:
    """Words as a sentence begins: "yesterday, 8:10" is Yesterday, 8:10."""
    return told[:1].upper() + told[1:]


def sends(decision: Decision, timezone: str, now: datetime) -> str:
    """What sending does: "Send now", or outside the hours "Send at 8:00" and "Send tomorrow at 8:00"."""
    if decision.rule != "outside_hours" or decision.next_at is None:
        return "Send now"
    that = day(decision.next_at, timezone, now)
    return f"Send {'' if that == 'today' else that + ' '}at {clock(decision.next_at, timezone)}"


def long_day(at: datetime | date, timezone: str = "UTC", now: datetime | None = None) -> str:
    """The day as a heading: Today, Yesterday, Tuesday 18 November."""
    that, today = _dates(at, timezone, now)
    near = {0: "Today", -1: "Yesterday"}
    return near.get((that - today).days) or f"{that:%A} {that.day} {that:%B}"


def long_date(at: datetime, timezone: str) -> str:
    """Weekday and date, even when it is today: Thursday 20 November."""
    local = at.astimezone(zone(timezone))
    return f"{local:%A} {local.day} {local:%B}"


def weekday(day: date) -> str:
    """A near day by its weekday: Tue 18."""
    return f"{day:%a} {day.day}"


def checked_day(day: date) -> str:
    """A day with its year: 20 November 2026."""
    return f"{day.day} {day:%B %Y}"


def short_date(day: date) -> str:
    """A day without its year: 9 Nov."""
    return f"{day.day} {day:%b}"


def by_day(conversation: Iterable[Any], timezone: str) -> list[tuple[date, list[Any]]]:
    """A conversation, or a timeline, cut into its days, as they were where the client is."""
    days = groupby(conversation, lambda said: said.at.astimezone(zone(timezone)).date())
    return [(day, list(texts)) for day, texts in days]


def count(number_of: int, one: str, many: str) -> str:
    """ "one text", "3 texts": the words take {n}, and small numbers are spelt."""
    spelt = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    shown = spelt[number_of] if number_of < len(spelt) else str(number_of)
    return (one if number_of == 1 else many).format(n=shown)


def number(value: float | None) -> str:
    """A number as people write it: 5, 0.5."""
    return "" if value is None else f"{value:.10g}"


def agreed(goal: Goal) -> str:
    """A goal as it was agreed, with its amount: 5 squats; at most 2 coffees."""
    told = labels.agreed(goal_words(goal), language("en"), anchored=False, alone=True)
    if goal.direction != "at_most" or labels.says_limit(told, language("en")):
        return told
    return f"At most {told[:1].lower()}{told[1:]}"


def asks(week: Week) -> str:
    """What a schedule asks about, in few words."""
    if week.schedule.kind != "check_in":
        return words.KINDS[week.schedule.kind].lower()
    titles = [goal.title for goal in week.goals]
    return words.listed(titles) if len(titles) <= 3 else f"{titles[0]} and {len(titles) - 1} more"


def because(silence: Silence, name: str) -> str:
    """Why a day is silent, after "because"."""
    return words.because(silence.rule, name, is_over=silence.is_over)


def how_often(schedule: CheckInSchedule) -> str:
    """On which days a schedule asks."""
    return words.how_often(schedule.days, schedule.every_days)


def hours_in_words(page: ClientPage, name: str) -> str:
    """Between which hours texts go to a client, and what caps them."""
    practice, client = page.practice, page.client
    opens = max(practice.texts_from, client.texts_from or "")
    closes = min(practice.texts_until, client.texts_until or "24:00")
    sunday = max(opens, practice.sunday_from)
    told = f"Texts go between {wall(opens)} and {wall(closes)}"
    told += f", on Sundays from {wall(sunday)}" if sunday > opens else ""
    return f"{told}, {name}’s time; at most {client.texts_per_day} a day and {client.texts_per_week} a week."


def consent_line(line: Consent, timezone: str, now: datetime) -> str:
    """One line of the ledger: "YES by text on 22 September, 18:04"."""
    how = {"text": "by text", "coach": "through the coach", "web": "on the web", "carrier": "at the carrier"}
    said = {"granted": "YES", "declined": "NO", "revoked": "Stopped", "invited": "Asked"}
    by = "" if line.event == "invited" else f" {how.get(line.method, line.method)}"
    return f"{said[line.event]}{by}, {moment(line.at, timezone, now)}."


def invitation() -> str:
    """The text a new client gets, as it reads for anyone."""
    me = g.signed_in
    terms = Terms(me.practice, first_name(me.coach.name), contact=me.coach.email, country=me.country)
    return consents.invitation(terms, "Sam", "en")


def anchors(others: Iterable[Goal], name: str) -> str:
    """What an anchor is, and which of this client's are taken."""
    taken = words.listed([f"“{goal.anchor}”" for goal in others])
    return f"Something {name} does anyway, at the same place." + (f" Taken: {taken}." if taken else "")


def client_time(client: Client, name: str) -> str:
    """Whose clock a time is on, and what it shows now."""
    return f"On {name}’s clock in {place(client.timezone)}, where it is {clock(portal().now(), client.timezone)} now."


def plain_number(value: object) -> object:
    """A number for a field, without a needless ".0"; what was typed stays as it was."""
    return number(value) if isinstance(value, float) else value


def carrier_words(code: str) -> str:
    """Why the carrier did not deliver, and its code."""
    known = CARRIER_CODES.get(code)
    return f"{known.meaning} ({code})." if known else f"the carrier says {code}."


def _dates(at: datetime | date, timezone: str, now: datetime | None) -> tuple[date, date]:
    today = (now or portal().now()).astimezone(zone(timezone)).date()
    if not isinstance(at, datetime):
        return at, today
    return at.astimezone(zone(timezone)).date(), today
