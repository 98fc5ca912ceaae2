"""The page as it is drawn: the clock with its day, and each phone with its texts, suggestions and outlook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.models import Client, Coach, Message, Practice, SendingNumber
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services import scope
from coach_portal.core.services.replies import situation
from infra.local.phones import chips, happenings, outlook
from infra.local.phones.carrier_phones import Call, Handset, Text
from infra.local.phones.happenings import Happening
from infra.local.phones.outlook import Coming, Outlook

SHOWN = 24
"""How many of a phone's last texts are on it."""
APART = timedelta(minutes=12)
"""Texts further apart than this have the time between them."""
EVENING = 21
DAY = timedelta(days=1)

_TODAY = {"en": ("Today", "Yesterday"), "es": ("Hoy", "Ayer")}
_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
}


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text on a phone, with the time above it where some has passed."""

    text: Text
    stamp: str


@dataclass(frozen=True, slots=True)
class Phone:
    """One client's phone."""

    client: Client
    number: str
    bubbles: list[Bubble]
    chips: tuple[str, ...]
    next: Coming | None
    silence: str | None
    call: Call | None = None

    @property
    def language(self) -> str:
        """The client's language."""
        return self.client.locale.partition("-")[0]

    def is_paused(self, now: datetime) -> bool:
        """Whether their check-ins are on a pause."""
        return self.client.paused_until is not None and self.client.paused_until > now


@dataclass(frozen=True, slots=True)
class Dot:
    """Texts on the line of the day: how far along it (in percent), and whether they have been sent."""

    along: float
    past: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page shows."""

    now: datetime
    phones: list[Phone]
    coming: list[Coming]
    dots: list[Dot]
    happened: list[Happening]
    evening: datetime
    sunday: datetime

    def along(self, at: datetime, timezone: str) -> float:
        """How far along its day a moment lies, in percent."""
        return _along(at, at.astimezone(zone(timezone)).replace(hour=0, minute=0, second=0, microsecond=0))

    def when(self, at: datetime, timezone: str) -> str:
        """A moment lately: 9:12, or Thu 9:12."""
        local = at.astimezone(zone(timezone))
        is_today = local.date() == self.now.astimezone(zone(timezone)).date()
        return f"{'' if is_today else _WEEKDAYS['en'][local.weekday()]} {local.hour}:{local.minute:02}".strip()

    @property
    def next(self) -> Coming | None:
        """What falls due first."""
        return next((one for one in self.coming if one.at > self.now), None)

    @property
    def next_clients(self) -> list[Client]:
        """Everyone something falls due for then, the newest first."""
        due = {one.client.id: one.client for one in self.coming if self.next and one.at == self.next.at}
        return [due[client_id] for client_id in sorted(due, reverse=True)]


def read(session: Session, coach: Coach, handsets: Mapping[str, Handset], now: datetime) -> Page:
    """The page for this coach at this moment."""
    clients = session.scalars(scope.clients_of(coach).where(Client.archived_at.is_(None)).order_by(Client.id)).all()
    practice = session.get_one(Practice, coach.practice_id)
    ahead = outlook.look_ahead(session, clients, now)
    numbers = _numbers(session, practice)
    phones = [_phone(session, one, numbers[one.sending_number_id], handsets, ahead, now) for one in clients]
    return Page(
        now=now,
        phones=phones,
        coming=ahead.coming,
        dots=_dots(session, coach, ahead, now),
        happened=happenings.latest(session, coach, happenings.names_of(clients)),
        evening=_evening(now, coach.timezone),
        sunday=_sunday(now, coach.timezone),
    )


def _numbers(session: Session, practice: Practice) -> dict[int, str]:
    rows = session.execute(
        select(SendingNumber.id, SendingNumber.phone).where(SendingNumber.practice_id == practice.id)
    )
    return {row.id: row.phone for row in rows}


def _phone(
    session: Session, client: Client, number: str, handsets: Mapping[str, Handset], ahead: Outlook, now: datetime
) -> Phone:
    handset = handsets.get(client.phone, Handset((), ()))
    texts = [text for text in handset.texts if text.practice == number][-SHOWN:]
    around = situation.load(session.connection(), client.phone, number, now)
    suggested = chips.suggest(around.situation, around.goals, opted_out=client.consent == "revoked") if around else ()
    bubbles = _bubbles(texts, client, now)
    call = next((call for call in reversed(handset.calls) if call.practice == number), None)
    return Phone(client, number, bubbles, suggested, ahead.next_of(client.id), ahead.silences.get(client.id), call)


def _bubbles(texts: Sequence[Text], client: Client, now: datetime) -> list[Bubble]:
    language = "es" if client.locale.startswith("es") else "en"
    bubbles, before = list[Bubble](), datetime.min.replace(tzinfo=UTC)
    today, shown_day = now.astimezone(zone(client.timezone)).date(), None
    for text in texts:
        local = text.at.astimezone(zone(client.timezone))
        stamp = ""
        if text.at - before > APART or local.date() != shown_day:
            time = f"{local.hour}:{local.minute:02}"
            stamp = (
                time if local.date() == shown_day else f"{_day(local, (today - local.date()).days, language)} {time}"
            )
            shown_day = local.date()
        before = text.at
        bubbles.append(Bubble(text, stamp))
    return bubbles


def _day(local: datetime, days_ago: int, language: str) -> str:
    if days_ago in (0, 1):
        return _TODAY[language][days_ago]
    weekday = _WEEKDAYS[language][local.weekday()]
    return weekday if 0 < days_ago < 7 else f"{weekday} {local.day}"


def _dots(session: Session, coach: Coach, ahead: Outlook, now: datetime) -> list[Dot]:
    midnight = now.astimezone(zone(coach.timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
    questions = ("check_in", "wins", "digest", "programme", "by_hand", "invitation")
    sent = select(Message.created_at).where(
        Message.client_id.in_(scope.ids_of(coach)),
        Message.direction == "out",
        Message.kind.in_(questions),
        Message.state != "not_sent",
        Message.created_at >= midnight,
    )
    past = [Dot(_along(at, midnight), True) for at in session.scalars(sent)]
    due = [Dot(_along(one.at, midnight), False) for one in ahead.coming if now < one.at < midnight + DAY]
    return past + due


def _along(at: datetime, midnight: datetime) -> float:
    return round((at - midnight) / DAY * 100, 2)


def _evening(now: datetime, timezone: str) -> datetime:
    """Nine in the evening, today or, when that is near, tomorrow."""
    local = now.astimezone(zone(timezone)).replace(tzinfo=None)
    evening = local.replace(hour=EVENING, minute=0, second=0, microsecond=0)
    evening += DAY if local >= evening - timedelta(minutes=15) else timedelta()
    return evening.replace(tzinfo=zone(timezone)).astimezone(UTC)


def _sunday(now: datetime, timezone: str) -> datetime:
    """The coming Sunday, when the week has come back to everyone."""
    evening = _evening(now, timezone).astimezone(zone(timezone)).replace(tzinfo=None)
    evening += timedelta(days=7 - evening.isoweekday())
    return evening.replace(tzinfo=zone(timezone)).astimezone(UTC)
