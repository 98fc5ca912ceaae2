"""Whether the promises were kept, judged by the carrier's book and by what people know of themselves.

Our own tables are asked only for what a text is called (its kind), and at the end for what the coach reads there.
Each promise is one function with a name; tests prove of each that it sees a bug made on purpose.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise, product

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
LINE, SPELLED = "988", "9 8 8"
"""The line to call, as it is written and as it is said."""
CALLS_PER_DAY = 2
"""One, and one more for whom it did not reach."""
CALLS_PER_WEEK, A_WEEK = 10, timedelta(days=7)
A_CALL_EVERY = timedelta(seconds=1)
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

    def calls(self) -> list[Handed]:
        """All calls that were taken so far."""
        return [call for call in self.handed if call.aloud and call.sid]

    def to(self, phone: str) -> list[Handed]:
        """All texts to one phone so far."""
        return [text for text in self.handed if text.to == phone]


Promise = Callable[[Evidence], Iterator[str]]


def no_text_twice(seen: Evidence) -> Iterator[str]:
    """What did not fail is not handed over again, nor is the same said anew. A safety answer may be."""
    taken: dict[object, Handed] = {}
    for text in seen.handed:
        kind = seen.kinds.get(text.message_id)
        if not text.sid or text.aloud or kind in {"safety", "coach_alert"}:
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
        if not text.aloud and text.status != "undelivered":
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


def no_call_twice(seen: Evidence) -> Iterator[str]:
    """A call is handed over once, on one day another only after one that nobody took, and ten in a week at most."""
    days: dict[tuple[str, date], list[Handed]] = {}
    for call in seen.calls():
        person = seen.people[call.to]
        days.setdefault((call.to, _day(call.at, _zone_at(person, call.at))), []).append(call)
    for (phone, day), calls in days.items():
        reached = [call.status not in {"busy", "no-answer"} for call in calls]
        if len({call.message_id for call in calls}) < len(calls) or any(reached[:-1]) or len(calls) > CALLS_PER_DAY:
            yield f"{seen.people[phone].name} was called {len(calls)} times on {day}: {[c.status for c in calls]}"
    weeks = Counter((call.to, other.at) for call, other in product(seen.calls(), repeat=2) if _in_its_week(call, other))
    for (phone, since), count in weeks.items():
        if count > CALLS_PER_WEEK:
            yield f"{seen.people[phone].name} was called {count} times in the week from {since}"


def no_call_without_its_own_consent(seen: Evidence) -> Iterator[str]:
    """Who is called has agreed to calls, beside texts, and has not ended them by their key since."""
    for call in seen.calls():
        person = seen.people[call.to]
        agreed_at = [at for at in person.call_agreements if at <= call.at + CLOCKS]
        ended_at = [_received_at(each) for each in person.call_stops if _received_at(each) <= call.at]
        if not agreed_at or (ended_at and max(ended_at) > max(agreed_at)):
            yield f"{person.name} was called at {call.at}; agreed {agreed_at}, ended {ended_at}"


def calls_keep_the_pace(seen: Evidence) -> Iterator[str]:
    """The account's calls are a second apart, but where a machine's clock was set in between."""
    for before, call in pairwise(seen.calls()):
        is_close = call.at - before.at < A_CALL_EVERY
        if is_close and call.at.hour == before.at.hour:
            yield f"calls were handed over at {before.at} and {call.at}"


def danger_aloud_answered_and_told(seen: Evidence) -> Iterator[str]:
    """Danger said on a call: the lines to call are said there and then, and the coach is told."""
    for person in seen.people.values():
        for said, answer in person.dangers_aloud:
            if SPELLED not in answer:
                yield f"{person.name} spoke of danger at {said.at} and heard: {answer}"
            alerts = [each.at for each in seen.to(seen.coaches_phones[person.number]) if each.at >= said.at]
            if not alerts or min(alerts) > said.at + TOLD_WITHIN:
                yield f"{person.name} spoke of danger at {said.at}; coach told {min(alerts, default=None)}"


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
AT_THE_END: tuple[Promise, ...] = (
    every_danger_answered_and_told, every_digest_once, no_call_twice, no_call_without_its_own_consent,
    calls_keep_the_pace, danger_aloud_answered_and_told,
)  # fmt: skip


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


def _in_its_week(call: Handed, other: Handed) -> bool:
    return call.to == other.to and other.at <= call.at < other.at + A_WEEK - CLOCKS


def _took_up_again(person: Person, text: Handed) -> bool:
    return any(since <= each.at <= text.at for since, _ in person.paused for each in person.agreements)


def _zone_at(person: Person, moment: datetime) -> str:
    return [timezone for since, timezone in person.zones if since <= moment][-1]


def _day(moment: datetime, timezone: str) -> date:
    return moment.astimezone(zone(timezone)).date()
