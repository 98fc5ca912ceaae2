"""Step 8, moments: when to ask again, and when someone is back."""

from datetime import date, datetime, time, timedelta

from .amounts import Quantity, number_of, quantities
from .clauses import clauses_of
from .clock import clock_times
from .reading import Reading
from .text import NUMBER

_WAKING = range(7, 23)
_LEAST_MINUTES = 5
_STEP = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "s": timedelta(seconds=1)}


def ask_again_at(reading: Reading, now: datetime) -> datetime | None:
    """The moment a text names for asking again, or None when it names none."""
    day = now.date() + timedelta(days=1) if reading.has("tomorrow") else now.date()
    part = _part_of_day(reading)
    span = _span(reading)
    soon = span if span and reading.has("wait") else _in_minutes(reading)
    if soon:
        return now + soon
    clock = None if span and _is_only_a_span(reading) else _clock(reading, now, day, part)
    if clock:
        return clock
    if span:
        return now + span
    if part:
        return _at(now, day, part)
    weekday = _next_weekday(reading, now.date())
    if weekday:
        return datetime.combine(weekday, time(9))
    return datetime.combine(day, time(9)) if day != now.date() else None


def _at(now: datetime, day: date, part: str) -> datetime:
    hour, minute = (int(piece) for piece in part.split(":"))
    moment = datetime.combine(day, time(hour, minute))
    return moment if moment > now else moment + timedelta(days=1) if day == now.date() and hour < 12 else moment


def _part_of_day(reading: Reading) -> str | None:
    """The hour that stands for the last part of day named ("after work" is 18:00)."""
    tomorrow = {place for cue in reading.cues.get("tomorrow", ()) for place in range(cue.first, cue.end)}
    greeted = {at for cue in reading.cues.get("greeting", ())[:1] for at in range(cue.first, cue.end) if cue.first == 0}
    for cue in reading.cues.get("part_of_day", ()):
        if cue.first in greeted and len(reading.words()) > cue.end:
            continue  # "morning coach, not yet"
        for place in range(cue.end - 1, cue.first - 1, -1):
            value = reading.lexicon.value("parts", reading.tokens[place].word)
            if value and (place not in tomorrow or cue.end - cue.first > 1):
                return value
    return None


def _span(reading: Reading) -> timedelta | None:
    """How long to wait: "in 2 hours", "give me twenty minutes"."""
    waits = [one for one in quantities_with_waits(reading) if one.unit in _STEP]
    return waits[0].value * _STEP[waits[0].unit or "min"] if waits else None


def _is_only_a_span(reading: Reading) -> bool:
    """Whether the only number says how long: "give me 15 mins" names no hour."""
    units = [one for one in quantities_with_waits(reading) if one.unit in _STEP]
    places = {at for one in units for at in range(one.first, one.end)}
    numbers = {at for at, token in enumerate(reading.tokens) if token.kind == NUMBER}
    return bool(numbers) and numbers <= places


def _in_minutes(reading: Reading) -> timedelta | None:
    """ "Text me in 20": a number with no unit is minutes."""
    for cue in reading.cues.get("in_minutes", ()):
        number = number_of(reading, cue.first + 1)
        if number and number >= _LEAST_MINUTES:
            return timedelta(minutes=number)
    return None


def quantities_with_waits(reading: Reading) -> list[Quantity]:
    """The quantities of a text, those behind "in" with them."""
    open_cues = {name: cues for name, cues in reading.cues.items() if name not in ("not_amount", "clock")}
    return quantities(reading._replace(cues=open_cues))


def _clock(reading: Reading, now: datetime, day: date, part: str | None) -> datetime | None:
    for hour, minute, half in clock_times(reading):
        moments = [
            datetime.combine(day, time(hour=value, minute=minute))
            for value in ([hour, hour + 12] if hour < 12 and half is None else [_hour(hour, half)])
            if 0 <= value < 24
        ]
        evening = part is not None and part >= "15:00"
        ahead = [one for one in moments if one > now and one.hour in _WAKING and not (evening and one.hour < 12)]
        if ahead:
            return ahead[0]
        if half is None and day == now.date():
            again = [one + timedelta(days=1) for one in moments if one.hour in _WAKING]
            return again[0] if again else None
    return None


def _hour(hour: int, half: str | None) -> int:
    if half == "p" and hour < 12:
        return hour + 12
    return 0 if half == "a" and hour == 12 else hour


def _next_weekday(reading: Reading, today: date, back: bool = False) -> date | None:
    for place, token in enumerate(reading.tokens):
        number = reading.lexicon.value("weekdays", token.word)
        if number is not None and not (back and _is_leaving(reading, place)):
            return today + timedelta(days=(int(number) - today.weekday() - 1) % 7 + 1)
    return None


def back_on(reading: Reading, now: datetime) -> datetime | None:
    """The first day someone is back, at midnight, or None when they do not say."""
    today = now.date()
    found = _named_date(reading, today) or _next_weekday(reading, today, back=True) or _after_a_while(reading, today)
    if found is None and any(not _is_leaving(reading, cue.first) for cue in reading.cues.get("tomorrow", ())):
        found = today + timedelta(days=1)
    return datetime.combine(found, time()) if found else None


def _is_leaving(reading: Reading, place: int) -> bool:
    """Whether the day named at a place is the one they leave on: "off to Spain tomorrow", not "off till tomorrow"."""
    first = next((clause.first for clause in clauses_of(reading) if clause.first <= place < clause.end), 0)
    said = {token.word for token in reading.tokens[first:place]}
    classes = reading.lexicon.classes
    return bool(said & classes["leaving"]) and not said & classes["until"]


def _named_date(reading: Reading, today: date) -> date | None:
    """ "Till the 15th", "hasta el 2 de enero": the next such date."""
    tokens, lexicon = reading.tokens, reading.lexicon
    for place, token in enumerate(tokens):
        if token.kind != NUMBER or not token.word.isdigit() or not 1 <= int(token.word) <= 31:
            continue
        around = [tokens[at].word for at in range(max(0, place - 3), min(len(tokens), place + 4)) if at != place]
        months = [int(value) for word in around if (value := lexicon.value("months", word))]
        before = tokens[place - 1].word if place else ""
        ends = place + 1 < len(tokens) and tokens[place + 1].word in lexicon.classes["ordinal_endings"]
        if months or ends or before in lexicon.classes["date_opener"]:
            return _next_date(int(token.word), months[0] if months else None, today)
    return None


def _next_date(day: int, month: int | None, today: date) -> date | None:
    at = today + timedelta(days=1)
    for _ in range(400):
        if at.day == day and (month is None or at.month == month):
            return at
        at += timedelta(days=1)
    return None


def _after_a_while(reading: Reading, today: date) -> date | None:
    """ "For a week", "por tres días", "give it a fortnight"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    for place, token in enumerate(tokens):
        days = lexicon.value("spans", token.word)
        if days is None:
            continue
        before = tokens[place - 1] if place else None
        many = 1.0
        if before is not None:
            many = (
                float(before.word)
                if before.kind == NUMBER and before.word.isdigit()
                else float(lexicon.value("numbers", before.word) or lexicon.value("few", before.word) or 1)
            )
        if before is not None and before.word in lexicon.classes["this_or_next"]:
            continue
        return today + timedelta(days=int(days) * int(many))
    return None
