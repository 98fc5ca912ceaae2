"""Whether the promises were kept, judged by the carrier's book and by what people know of themselves.

Our own tables are asked only for what a text is called (its kind), and at the end for what the coach reads there.
Each promise is one function with a name; tests prove of each that it sees a bug made on purpose.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from coach_portal.core.rules.schedule import moment_of, zone
from infra.simulation.carrier import Arrived, Handed
from infra.simulation.coaches import BY_HAND
from infra.simulation.people import JUST_NOW, Person
from infra.simulation.tempers import TITLE

CLOCKS = timedelta(minutes=2)
"""How far a machine's clock may be off in this world, with some margin."""
AUTOMATED = frozenset({"check_in", "wins", "digest", "reminder"})
TEXTS_PER_DAY = 2
OPENS, CLOSES = "08:00", "21:00"
LONGEST_WAIT = timedelta(hours=4)
FOUND_WITHIN = timedelta(minutes=25)
"""A text that no webhook brought is found by asking the carrier; so late at most it counts as received."""
ANSWERED_WITHIN, TOLD_WITHIN = timedelta(minutes=1), timedelta(minutes=30)
"""Danger: the answer comes in the webhook's own response; the alert passes the tick, the queue and its troubles."""
LINE = "988"
ANEW = timedelta(hours=20)
"""The same words may come again on another day."""


@dataclass(frozen=True)
class Breach:
    """A broken promise: its name, and what happened."""

    promise: str
    what: str

    def __str__(self) -> str:
        return f"{self.promise}: {self.what}"


@dataclass
class Evidence:
    """What the judge goes by. `handed` is the carrier's whole book, `new` what came to it since the last look.

    `kinds` are what we call the texts, by the ids of their messages; `coaches_phones` are by their practice's number.
    """

    people: Mapping[str, Person]
    handed: Sequence[Handed]
    kinds: dict[int, str] = field(default_factory=dict)
    coaches_phones: Mapping[str, str] = field(default_factory=dict)
    new: Sequence[Handed] = ()

    def to_clients(self) -> Iterator[tuple[Handed, Person, str]]:
        """Each new text to a client, with what it is called."""
        for text in self.new:
            if text.to in self.people:
                yield text, self.people[text.to], self.kinds.get(text.message_id, "")

    def to(self, phone: str) -> list[Handed]:
        """All texts to one phone so far."""
        return [text for text in self.handed if text.to == phone]


Promise = Callable[[Evidence], Iterator[str]]


def no_text_twice(seen: Evidence) -> Iterator[str]:
    """What did not fail is not handed over again, nor is the same said anew. A safety answer may be."""
    taken: dict[object, Handed] = {}
    for text in seen.handed:
        kind = seen.kinds.get(text.message_id)
        if not text.sid or kind in {"safety", "coach_alert"}:
            continue
        said = (text.to, text.body) if kind in AUTOMATED else text.message_id
        before = taken.get(said)
        if before is not None and before.status != "undelivered" and text.at - before.at < ANEW:
            yield f"{kind} to {text.to} left at {before.at} and at {text.at}"
        taken[said] = text


def none_without_consent(seen: Evidence) -> Iterator[str]:
    """Before somebody said YES they get the invitation, and nothing that they did not ask for."""
    for text, person, kind in seen.to_clients():
        agreed_at = min((each.at for each in person.agreements), default=None)
        if (agreed_at is None or text.at < agreed_at) and kind != "invitation" and not _answers(text, person):
            yield f"{kind} to {person.name} at {text.at}, who agreed at {agreed_at}"


def none_after_an_opt_out(seen: Evidence) -> Iterator[str]:
    """From the moment a STOP was received until a START: one goodbye, and answers to what they text themselves."""
    for text, person, kind in seen.to_clients():
        stop = _stopped_by(person, text.at)
        if stop is not None and kind not in {"safety", "goodbye", "help"}:
            yield f"{kind} to {person.name} at {text.at}, who stopped at {stop.at} ({stop.body!r})"


def none_in_forbidden_hours(seen: Evidence) -> Iterator[str]:
    """From 8:00 to 21:00 where the client is; answers to their own text excepted."""
    for text, person, kind in seen.to_clients():
        timezone = _zone_at(person, text.at)
        opens, closes = (moment_of(_day(text.at, timezone), hour, timezone) for hour in (OPENS, CLOSES))
        if not opens - CLOCKS <= text.at < closes + CLOCKS and not _answers(text, person):
            yield f"{kind} to {person.name} at {text.at.astimezone(zone(timezone))}"


def none_above_the_cap(seen: Evidence) -> Iterator[str]:
    """At most two automated texts on a local day."""
    days: Counter[tuple[str, str]] = Counter()
    for text in seen.handed:
        person = seen.people.get(text.to)
        if person is None or not text.sid or seen.kinds.get(text.message_id) not in AUTOMATED:
            continue
        if text.status != "undelivered":
            days[text.to, str(_day(text.at, _zone_at(person, text.at)))] += 1
    for (phone, day), count in days.items():
        if count > TEXTS_PER_DAY:
            yield f"{count} automated texts to {seen.people[phone].name} on {day}"


def none_past_its_deadline(seen: Evidence) -> Iterator[str]:
    """A question leaves within four hours of the time it was agreed for, or not at all."""
    for text, person, kind in seen.to_clients():
        if kind != "check_in":
            continue
        timezone = _zone_at(person, text.at)
        day = _day(text.at, timezone)
        # A change of times or zones on the day itself leaves both in question.
        times = {time for since, time in person.asked_at if since <= text.at}
        asked = [moment_of(day, time, timezone) for time in times]
        if not any(at - CLOCKS <= text.at <= at + LONGEST_WAIT + CLOCKS for at in asked):
            yield f"asked {person.name} at {text.at}, agreed was {sorted(times)}"


def none_during_a_pause(seen: Evidence) -> Iterator[str]:
    """Whoever is away is not asked."""
    for text, person, kind in seen.to_clients():
        away = any(since + CLOCKS <= text.at < until - CLOCKS for since, until in person.paused)
        if away and kind in {"check_in", "wins", "digest"} and not _took_up_again(person, text):
            yield f"{kind} to {person.name} at {text.at}, who is away"


def nothing_of_another_practice(seen: Evidence) -> Iterator[str]:
    """A client is texted from their own practice's number, about their own goals."""
    for text, person, kind in seen.to_clients():
        if text.from_ != person.number:
            yield f"{kind} to {person.name} from {text.from_}"
        if not set(TITLE.findall(text.body)) <= set(person.titles):
            yield f"{kind} to {person.name} about what is none of theirs: {text.body}"


def every_danger_answered_and_told(seen: Evidence) -> Iterator[str]:
    """The lines to call within a minute of the webhook, and the coach told."""
    for person in seen.people.values():
        for text in person.dangers:
            late = timedelta() if text.taken_at else FOUND_WITHIN
            since = text.taken_at or text.at
            answers = [each.at for each in seen.to(person.phone) if LINE in each.body and each.at >= text.at]
            if not answers or min(answers) > since + late + ANSWERED_WITHIN + JUST_NOW * (not text.taken_at):
                yield f"{person.name} wrote of danger at {text.at}; answered {min(answers, default=None)}"
            alerts = [each.at for each in seen.to(seen.coaches_phones[person.number]) if each.at >= text.at]
            if not alerts or min(alerts) > since + late + TOLD_WITHIN:
                yield f"{person.name} wrote of danger at {text.at}; coach told {min(alerts, default=None)}"


def every_digest_once(seen: Evidence) -> Iterator[str]:
    """A client gets one digest for a week at most."""
    weeks: dict[tuple[str, str], set[int]] = {}
    for text in seen.handed:
        person = seen.people.get(text.to)
        stays = text.sid and text.status != "undelivered"
        if person is not None and stays and seen.kinds.get(text.message_id) == "digest":
            day = _day(text.at, _zone_at(person, text.at))
            weeks.setdefault((text.to, f"{day:%G-%V}"), set()).add(text.message_id)
    for (phone, week), messages in weeks.items():
        if len(messages) > 1:
            yield f"{seen.people[phone].name} got {len(messages)} digests for {week}"


ALL_ALONG: tuple[Promise, ...] = (
    no_text_twice,
    none_without_consent,
    none_after_an_opt_out,
    none_in_forbidden_hours,
    none_above_the_cap,
    none_past_its_deadline,
    none_during_a_pause,
    nothing_of_another_practice,
)
"""What is looked at every day; those below, and those of `records`, only when all is over."""
AT_THE_END: tuple[Promise, ...] = (every_danger_answered_and_told, every_digest_once)


def look(seen: Evidence, promises: tuple[Promise, ...]) -> list[Breach]:
    """Every broken promise that shows."""
    return [Breach(promise.__name__, what) for promise in promises for what in promise(seen)]


def _answers(text: Handed, person: Person) -> bool:
    """Whether it came soon after the client's own text, or as soon as that was found."""
    limit = JUST_NOW + FOUND_WITHIN
    return BY_HAND not in text.body and any(each.at <= text.at <= each.at + limit for each in reversed(person.wrote))


def _stopped_by(person: Person, moment: datetime) -> Arrived | None:
    """The STOP that holds at a moment, if one does."""
    stopped = [each for each in person.stops if _received_at(each) <= moment]
    if not stopped:
        return None
    last = stopped[-1]
    return None if any(last.at <= each.at <= moment for each in person.agreements) else last


def _received_at(text: Arrived) -> datetime:
    return text.taken_at or text.at + FOUND_WITHIN


def _took_up_again(person: Person, text: Handed) -> bool:
    return any(since <= each.at <= text.at for since, _ in person.paused for each in person.agreements)


def _zone_at(person: Person, moment: datetime) -> str:
    return [timezone for since, timezone in person.zones if since <= moment][-1]


def _day(moment: datetime, timezone: str) -> date:
    return moment.astimezone(zone(timezone)).date()
