"""The page's one sentence: the answer before any list."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from flask import url_for
from markupsafe import Markup

from coach_portal.core.services.pages.today import Matter, Today
from coach_portal.core.services.people.clients import first_name
from coach_portal.web import words
from coach_portal.web.phrasing import clock, count

LINK = Markup('<a href="{}">{}</a>')


def today(page: Today, timezone: str) -> Markup:
    """What wants the coach today, in a sentence or three, linked to where it is."""
    if not page.clients:
        return Markup("Invite your first client.")
    told = [_danger(page), _in_hand(page), _grave(page), _questions(page), _others(page), _quiet(page)]
    sentences = [sentence for sentence in told if sentence] or [Markup("Nothing wants you just now.")]
    meeting = next((one for one in page.meetings if one.appointment.starts_at > page.now), None)
    if meeting:
        at = clock(meeting.appointment.starts_at, timezone)
        sentences.append(Markup("{} is at {}.").format(_link(meeting.client.id, meeting.client.name), at))
    elif page.is_quiet and (first := next((hour.asked[0] for hour in page.hours if hour.asked), None)):
        sentences.append(_first_asked(first.client.id, first.client.name, first.at, timezone))
    return Markup(" ").join(sentences)


def _danger(page: Today) -> Markup | None:
    if not page.danger:
        return None
    who = _who(page.danger)
    if not who:
        return LINK.format("#danger", "Someone") + " needs you now."
    return _names(who) + (" needs you now." if len(who) == 1 else " need you now.")


def _in_hand(page: Today) -> Markup | None:
    if not page.in_hand:
        return None
    who = _who(page.in_hand)
    return Markup("Somebody has {} in hand.").format(_names(who) if who else LINK.format("#in-hand", "an alert"))


def _grave(page: Today) -> Markup | None:
    if not page.grave:
        return None
    who = _who(page.grave)
    return (_names(who) if who else LINK.format("#grave", "Someone")) + " wrote something you should read."


def _questions(page: Today) -> Markup | None:
    match page.questions:
        case []:
            return None
        case [Matter(client=client)] if client:
            return _link(client.id, client.name) + " wants an answer."
        case several:
            told = count(len(several), "{n} text", "{n} texts").capitalize()
            return LINK.format("#questions", told) + (" wants an answer." if len(several) == 1 else " want an answer.")


def _others(page: Today) -> Markup | None:
    if not page.others:
        return None
    number = len(page.others)
    only = page.others[0].client
    if number == 1 and only:
        return _link(only.id, only.name) + " wants a look."
    return LINK.format("#others", count(number, "{n} thing", "{n} things").capitalize()) + (
        " wants a look." if number == 1 else " want a look."
    )


def _quiet(page: Today) -> Markup | None:
    if not page.quiet:
        return None
    if page.quiet_count == 1:
        line = page.quiet[0].line
        return _link(line.id, line.name) + " has gone quiet."
    told = count(page.quiet_count, "{n} client", "{n} clients").capitalize()
    return LINK.format("#quiet", told) + " have gone quiet."


def _first_asked(client_id: int, name: str, at: datetime, timezone: str) -> Markup:
    return Markup("Next to be asked is {}, at {}.").format(_link(client_id, name), clock(at, timezone))


def _who(matters: Iterable[Matter]) -> dict[int, str]:
    return {matter.client.id: matter.client.name for matter in matters if matter.client}


def _names(who: Mapping[int, str]) -> Markup:
    return Markup(words.listed([str(_link(client_id, name)) for client_id, name in who.items()]))  # noqa: S704  # nosec B704 # each link escapes its name


def _link(client_id: int, name: str) -> Markup:
    return LINK.format(url_for("clients.show", client_id=client_id), first_name(name))
