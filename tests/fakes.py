"""Fakes that record what was asked of them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from coach_portal.core.ports import CarrierCall, CarrierText, KeptText
from functions.runtime import Runtime
from tests.fake_posts import FakePosts


class Crash(Exception):
    """The process dies here: nothing that follows gets to run."""


@dataclass(frozen=True)
class Sent:
    """A text that was handed to the carrier."""

    to: str
    from_: str
    body: str
    message_id: int
    media_url: str | None = None


@dataclass
class FakeSender:
    """A carrier that takes everything, unless it is told of an error to raise.

    `refusing` is raised instead of taking a text, `breaking_off` after taking it, `mute` when asked about one.
    `meanwhile` happens once, during the next call.
    """

    sent: list[Sent] = field(default_factory=list)
    refusing: Exception | None = None
    breaking_off: Exception | None = None
    mute: Exception | None = None
    meanwhile: Callable[[], None] | None = None
    accounts: list[str | None] = field(default_factory=list)
    told: dict[str, CarrierText] = field(default_factory=dict)
    arrived: list[KeptText] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)

    def of(self, account_sid: str | None) -> "FakeSender":
        """The same carrier for every account; remembers whose it was asked to be."""
        self.accounts.append(account_sid)
        return self

    def send_text(
        self,
        *,
        to: str,
        from_: str,
        body: str,
        message_id: int,
        valid_for: int | None = None,
        media_url: str | None = None,
    ) -> CarrierText:
        """Take a text."""
        if self.meanwhile:
            happens, self.meanwhile = self.meanwhile, None
            happens()
        if self.refusing:
            raise self.refusing
        self.sent.append(Sent(to, from_, body, message_id, media_url))
        if self.breaking_off:
            raise self.breaking_off
        return CarrierText(self._sid(len(self.sent)), "queued", 1)

    def find_text(
        self, *, to: str, from_: str, body: str, since: datetime, not_among: Collection[str] = ()
    ) -> CarrierText | None:
        """The text, if it was taken."""
        if self.mute:
            raise self.mute
        for place, text in enumerate(self.sent, 1):
            if (text.to, text.from_, text.body) == (to, from_, body) and self._sid(place) not in not_among:
                return CarrierText(self._sid(place), "sent", 1)
        return None

    def look_up(self, sid: str) -> CarrierText | None:
        """What `told` says of the text."""
        if self.mute:
            raise self.mute
        return self.told.get(sid)

    def texts_to(self, phone: str, since: datetime) -> list[KeptText]:
        """Those of `arrived` to this number."""
        if self.mute:
            raise self.mute
        return [text for text in self.arrived if text.params["To"] == phone and text.arrived_at > since]

    def forget_text(self, sid: str) -> None:
        """Remember that it was to be forgotten."""
        if self.mute:
            raise self.mute
        self.forgotten.append(sid)

    def texts_between(self, ours: str, theirs: str) -> list[str]:
        """Those that were sent and not forgotten."""
        if self.mute:
            raise self.mute
        both = [self._sid(place) for place, text in enumerate(self.sent, 1) if {text.to, text.from_} == {ours, theirs}]
        return [sid for sid in both if sid not in self.forgotten]

    def bodies_to(self, phone: str) -> list[str]:
        """What this phone was sent."""
        return [text.body for text in self.sent if text.to == phone]

    def _sid(self, place: int) -> str:
        return f"SM{place:032x}"


@dataclass
class FakeMedia:
    """The carrier's store of attachments: what `there` holds by the attachment's id, or an error to raise instead."""

    there: dict[str, bytes] = field(default_factory=dict)
    refusing: Exception | None = None
    asked: list[tuple[str | None, str, str]] = field(default_factory=list)

    def fetch(self, account_sid: str | None, message_sid: str, media_sid: str) -> bytes:
        """The attachment."""
        self.asked.append((account_sid, message_sid, media_sid))
        if self.refusing:
            raise self.refusing
        return self.there[media_sid]


@dataclass(frozen=True)
class Called:
    """A call that was handed to the carrier."""

    to: str
    from_: str
    message_id: int
    await_beep: bool


@dataclass
class FakeCaller:
    """A carrier that places every call, unless it is told of an error to raise instead, or after placing it."""

    placed: list[Called] = field(default_factory=list)
    refusing: Exception | None = None
    breaking_off: Exception | None = None
    told: dict[str, CarrierCall] = field(default_factory=dict)

    def of(self, account_sid: str | None) -> "FakeCaller":
        """The same carrier for every account."""
        return self

    def place_call(self, *, to: str, from_: str, message_id: int, await_beep: bool) -> CarrierCall:
        """Place a call."""
        if self.refusing:
            raise self.refusing
        self.placed.append(Called(to, from_, message_id, await_beep))
        if self.breaking_off:
            raise self.breaking_off
        return CarrierCall(self.sid(len(self.placed)), "queued")

    def find_call(self, *, to: str, from_: str, since: datetime, not_among: Collection[str] = ()) -> CarrierCall | None:
        """The call, if it was placed."""
        for place, call in enumerate(self.placed, 1):
            if (call.to, call.from_) == (to, from_) and self.sid(place) not in not_among:
                return CarrierCall(self.sid(place), "ringing")
        return None

    def look_up(self, sid: str) -> CarrierCall | None:
        """What `told` says of the call."""
        return self.told.get(sid)

    def sid(self, place: int) -> str:
        """The carrier's id of the call placed as this one, from 1."""
        return f"CA{place:032x}"


@dataclass(frozen=True)
class Letter:
    """An email that was handed to the mail server."""

    to: str
    subject: str
    body: str
    email_id: int


@dataclass
class FakeEmails:
    """A mail server that takes everything, unless it is told of an error to raise instead, or after taking it."""

    sent: list[Letter] = field(default_factory=list)
    refusing: Exception | None = None
    breaking_off: Exception | None = None

    def send_email(self, *, to: str, subject: str, body: str, email_id: int) -> None:
        """Take an email."""
        if self.refusing:
            raise self.refusing
        self.sent.append(Letter(to, subject, body, email_id))
        if self.breaking_off:
            raise self.breaking_off

    def forget_email(self, email_id: int) -> None:
        """Keep it no longer."""
        self.sent = [letter for letter in self.sent if letter.email_id != email_id]

    def to(self, address: str) -> list[Letter]:
        """What this person was sent."""
        return [letter for letter in self.sent if letter.to == address]


@dataclass
class FakeQueue:
    """A queue that keeps what was put on it, unless it is `away`."""

    message_ids: list[int] = field(default_factory=list)
    away: bool = False
    later: dict[int, timedelta] = field(default_factory=dict)

    def put(self, message_ids: Sequence[int], delay: timedelta = timedelta()) -> None:
        """Keep the ids; those with a delay in `later`."""
        if self.away:
            raise ConnectionError
        if delay:
            self.later |= dict.fromkeys(message_ids, delay)
        else:
            self.message_ids.extend(message_ids)

    def take_all(self) -> list[int]:
        """Everything queued so far; the queue is empty after."""
        taken, self.message_ids = self.message_ids, []
        return taken


@dataclass
class FakeBuffer:
    """Keeps what it is given, unless it is `away`."""

    kept: list[KeptText] = field(default_factory=list)
    away: bool = False

    def keep(self, text: KeptText) -> None:
        """Keep a text."""
        if self.away:
            raise ConnectionError
        self.kept.append(text)


@dataclass
class FakeClock:
    """A clock that stands still until it is moved. The machine's moves with it unless it is held apart."""

    at: datetime

    def now(self) -> datetime:
        """The moment."""
        return self.at

    def machine_now(self) -> datetime:
        """The moment."""
        return self.at

    def move_to(self, moment: datetime) -> None:
        """It is this moment now."""
        self.at = moment.astimezone(UTC)

    def move_on(self, **by: float) -> None:
        """Time passes."""
        self.at += timedelta(**by)


@dataclass(frozen=True)
class FakeRuntime(Runtime):
    """A runtime whose carrier records."""

    queue: FakeQueue
    clock: FakeClock
    buffer: FakeBuffer = field(default_factory=FakeBuffer)
    sender: FakeSender = field(default_factory=FakeSender)  # type: ignore[assignment]
    caller: FakeCaller = field(default_factory=FakeCaller)  # type: ignore[assignment]
    calls: FakeQueue = field(default_factory=FakeQueue)  # type: ignore[assignment]
    emails: FakeEmails = field(default_factory=FakeEmails)  # type: ignore[assignment]
    posts: FakePosts = field(default_factory=FakePosts)  # type: ignore[assignment]
    media: FakeMedia = field(default_factory=FakeMedia)  # type: ignore[assignment]
