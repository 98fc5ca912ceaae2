"""What services ask of the world, as Protocols. Gateways fill them, `runtime` wires them, tests pass fakes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class CarrierText:
    """A text as the carrier knows it.

    `status` is the carrier's own word ("queued", "sent", "delivered", ...); `segments` how many it was cut into, None
    when not yet known; `error_code` its error code as text, None when all is well. `price_micros` is what it charged,
    in millionths of `currency`, None while it has not said so.
    """

    sid: str
    status: str
    segments: int | None = None
    error_code: str | None = None
    price_micros: int | None = None
    currency: str | None = None


class TextSender(Protocol):
    """Hands texts to a carrier, from one of our accounts there."""

    def of(self, account_sid: str | None) -> "TextSender":
        """The same for another account; None means the installation's own.

        Raises CarrierError when we have no token for it.
        """

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
        """Hand over one text; `valid_for` is how many seconds the carrier may keep trying, `media_url` where it
        finds a picture to send along.

        `message_id` goes into the status callback's address. Raises CarrierError when the carrier refused, and
        CarrierOutcomeUnknown when it may or may not have taken the text.
        """

    def find_text(
        self, *, to: str, from_: str, body: str, since: datetime, not_among: Collection[str] = ()
    ) -> CarrierText | None:
        """The text to this number with exactly this body that the carrier took at or after `since` (UTC), if any.

        `not_among` holds the carrier's ids of texts known to be others, which may say the same.
        Raises CarrierError or CarrierOutcomeUnknown when the carrier cannot be asked.
        """

    def look_up(self, sid: str) -> CarrierText | None:
        """What the carrier knows of a text of ours by its id, None when it knows none.

        Raises CarrierError or CarrierOutcomeUnknown when the carrier cannot be asked.
        """

    def texts_to(self, phone: str, since: datetime) -> "Sequence[KeptText]":
        """The texts that came in to a number of ours after `since` (UTC), the last thousand at most.

        Raises CarrierError or CarrierOutcomeUnknown when the carrier cannot be asked.
        """


class CarrierArchive(Protocol):
    """What the carrier still holds of texts of ours."""

    def of(self, account_sid: str | None) -> "CarrierArchive":
        """The same for another account; as `TextSender.of`."""

    def forget_text(self, sid: str) -> None:
        """Have the carrier delete a text with what came along, a call or a recording; one unknown there does no harm.

        Raises CarrierError, not permanent, while it is still on its way, and CarrierOutcomeUnknown.
        """

    def texts_between(self, ours: str, theirs: str) -> Sequence[str]:
        """The ids of the texts and calls between a number of ours and a phone that the carrier still has, a thousand of
        each kind and way.

        Raises CarrierError or CarrierOutcomeUnknown when the carrier cannot be asked.
        """


@dataclass(frozen=True, slots=True)
class CarrierCall:
    """A call as the carrier knows it: `status` in its own word ("queued", "ringing", "completed", ...), `seconds` how
    long it took, `answered_by` its guess at who did ("human", "machine_start", ...). Price as a text's."""

    sid: str
    status: str
    seconds: int | None = None
    answered_by: str | None = None
    error_code: str | None = None
    price_micros: int | None = None
    currency: str | None = None


class CallPlacer(Protocol):
    """Places calls at a carrier, from one of our accounts there."""

    def of(self, account_sid: str | None) -> "CallPlacer":
        """The same for another account; None means the installation's own.

        Raises CarrierError when we have no token for it.
        """

    def place_call(self, *, to: str, from_: str, message_id: int, await_beep: bool) -> CarrierCall:
        """Have a call placed. What is said on it is asked of our webhook, which `message_id` tells which call it is.

        `await_beep`: an answering machine is spoken to after its tone, not as soon as it is known to be one. Raises
        CarrierError when the carrier refused, and CarrierOutcomeUnknown when it may or may not be calling.
        """

    def find_call(self, *, to: str, from_: str, since: datetime, not_among: Collection[str] = ()) -> CarrierCall | None:
        """The call to this number that the carrier took at or after `since` (UTC), if any; `not_among` as for texts.

        Raises CarrierError or CarrierOutcomeUnknown when the carrier cannot be asked.
        """

    def look_up(self, sid: str) -> CarrierCall | None:
        """What the carrier knows of a call of ours by its id, None when it knows none.

        Raises CarrierError or CarrierOutcomeUnknown when the carrier cannot be asked.
        """


class Carrier(TextSender, CarrierArchive, Protocol):
    """A carrier that texts are handed to, and that forgets them when it is asked."""

    def of(self, account_sid: str | None) -> "Carrier":
        """The same for another account; as `TextSender.of`."""


class RecordingStore(Protocol):
    """Where the carrier keeps what was recorded."""

    def recording(self, sid: str, account_sid: str) -> bytes:
        """A recording as MP3. Raises CarrierError or CarrierOutcomeUnknown when it cannot be had."""


class EmailSender(Protocol):
    """Hands emails to a mail server."""

    def send_email(self, *, to: str, subject: str, body: str, email_id: int) -> None:
        """Hand over one email in plain text.

        `email_id` makes its Message-ID where that is ours to choose, so that a second copy can be told as one. Raises
        EmailError when it was not taken, and EmailOutcomeUnknown when it may or may not have been.
        """

    def forget_email(self, email_id: int) -> None:
        """Keep no copy of an email, where one is kept at all."""


class EventPoster(Protocol):
    """Posts events to practices' other software."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Post JSON; answers the status, whatever it is. Raises PostError where there was no answer."""


class MessageQueue(Protocol):
    """Carries the ids of message rows that want sending. At least once, in no promised order."""

    def put(self, message_ids: Sequence[int], delay: timedelta = timedelta()) -> None:
        """Queue these ids; an empty sequence does nothing. They come after `delay`, or sooner if the queue cannot
        hold them that long."""


@dataclass(frozen=True, slots=True)
class KeptText:
    """A verified inbound text that could not be recorded. `params` is the carrier's form, `arrived_at` in UTC.

    `spoken` is the safety answer it was given all the same.
    """

    params: dict[str, str]
    arrived_at: datetime
    spoken: str | None = None

    @property
    def sid(self) -> str:
        """The carrier's id of the text."""
        return self.params["MessageSid"]

    @property
    def group(self) -> tuple[str, str]:
        """Whose texts stay in order among themselves: the two numbers'."""
        return self.params["To"], self.params["From"]

    def as_json(self) -> dict[str, Any]:
        """What a queue or a file holds of it."""
        return {"params": self.params, "arrived_at": self.arrived_at.isoformat(), "spoken": self.spoken}

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "KeptText":
        """The text again. Raises KeyError, TypeError or ValueError when it is none."""
        return cls(dict(kept["params"]), datetime.fromisoformat(kept["arrived_at"]), kept["spoken"])


class InboundBuffer(Protocol):
    """Keeps inbound texts while the database is away, each phone's in order, until they can be recorded."""

    def keep(self, text: KeptText) -> None:
        """Keep one text. Whatever this raises, the text is not kept."""


class FileStore(Protocol):
    """Keeps files that are made once and read by whoever may: pictures of weeks, for a while."""

    def put(self, name: str, content: bytes, content_type: str) -> None:
        """Keep a file under this name, such as "weeks/5-ab.png"; one that is there is replaced."""

    def get(self, name: str) -> bytes | None:
        """The file's content; None when there is none."""

    def delete(self, name: str) -> None:
        """Forget a file; one that is not there does no harm."""


class MediaSource(Protocol):
    """Where the attachments of clients' texts are had."""

    def fetch(self, account_sid: str | None, message_sid: str, media_sid: str) -> bytes:
        """One attachment of a text, from the carrier alone; `account_sid` None is the installation's own account.

        Raises PhotoError when it cannot be had, for now or for good.
        """


@dataclass(frozen=True, slots=True)
class MadePhoto:
    """A photo made anew, as JPEG: `full` of these pixels, and a `small` one."""

    full: bytes
    small: bytes
    width: int
    height: int


class PhotoMaker(Protocol):
    """Makes photos anew, so that nothing but the picture is kept."""

    def anew(self, content: bytes) -> MadePhoto:
        """The picture in this file. Raises PhotoError when it is none, or one too large to open."""


class PictureMaker(Protocol):
    """Turns our drawings into pictures that any phone shows."""

    def png(self, svg: str) -> bytes:
        """The drawing as PNG, at its own size."""


class Sealer(Protocol):
    """Seals what lies in the database and must not be read there; what another key sealed opens as None."""

    def seal(self, value: str) -> str: ...

    def unseal(self, sealed: str) -> str | None: ...


class SecretStore(Protocol):
    """Keeps what nobody may read: the tokens of practices' own accounts."""

    def get(self, name: str) -> str | None:
        """The secret of this name, None where there is none."""

    def put(self, name: str, value: str) -> None:
        """Keep a secret, in place of the one of that name."""

    def forget(self, name: str) -> None:
        """Keep it no longer; one that is not there is no error."""


class PaperMaker(Protocol):
    """Puts a report on paper."""

    def pdf(self, sheet: Any) -> bytes:
        """A `rules.preparation.sheet.Sheet`, which is not imported by what every Lambda imports, as a one-page PDF."""


class Clock(Protocol):
    """What time it is: for the practice's work, and for the machine."""

    def now(self) -> datetime:
        """The moment of the practice's work, aware, in UTC. A demo may run it ahead."""

    def machine_now(self) -> datetime:
        """The machine's own moment, for leases, sign-in, tokens and throttles, which no demo may move."""
