"""The carrier of the past: takes every text into the make-believe carrier's own book, dated as it was."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from coach_portal.core.ports import CarrierText, KeptText
from infra.local.carrier import keywords
from infra.local.carrier.book import Book

NUMBER_GONE = 30005
REACHED = 200


class Post:
    """Fills `ports.TextSender` and `ports.EmailSender`. Texts arrive at once, but for numbers that are gone."""

    def __init__(self, book: Book, gone_since: Mapping[str, datetime]):
        self.now = datetime.now(UTC)
        self.handed: list[int] = []
        self._book, self._gone_since = book, gone_since

    def of(self, account_sid: str | None) -> "Post":
        """There is but one account."""
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
        """Deliver a text of ours, and remember that it left."""
        gone = to in self._gone_since and self.now >= self._gone_since[to]
        self.handed.append(message_id)
        return self._deliver(to, from_, body, code=NUMBER_GONE if gone else None, media=media_url or "")

    def find_text(
        self, *, to: str, from_: str, body: str, since: datetime, not_among: Collection[str] = ()
    ) -> CarrierText | None:
        """Nothing ever broke off."""
        return None

    def send_email(self, *, to: str, subject: str, body: str, email_id: int) -> None:
        """Emails of the past were read long ago."""

    def forget_email(self, email_id: int) -> None:
        """Nobody kept them."""

    def look_up(self, sid: str) -> CarrierText | None:
        """Nothing is ever asked of the past."""
        return None

    def texts_to(self, phone: str, since: datetime) -> Sequence[KeptText]:
        """Nothing was ever missed."""
        return ()

    def answer(self, *, to: str, from_: str, body: str) -> CarrierText:
        """Deliver a text that came in a webhook's own answer."""
        return self._deliver(to, from_, body, direction="outbound-reply")

    def arrive(self, *, to: str, from_: str, body: str, photo: str = "") -> str:
        """A phone texts the practice; answers the carrier's id."""
        values = {"sender": from_, "recipient": to, "body": body, "at": self.now.timestamp(), "media": photo}
        text = self._book.add(direction="inbound", status="received", **values)  # type: ignore[arg-type]
        self._book.received(text.sid, REACHED, at=text.created)
        if keywords.is_stop(body):
            self.answer(to=from_, from_=to, body=keywords.STOPPED)
            self._book.block(from_, to)
        return text.sid

    def _deliver(
        self,
        to: str,
        from_: str,
        body: str,
        *,
        code: int | None = None,
        direction: str = "outbound-api",
        media: str = "",
    ) -> CarrierText:
        status = "undelivered" if code else "delivered"
        text = self._book.add(
            direction=direction,
            sender=from_,
            recipient=to,
            body=body,
            status=status,
            error_code=code,
            at=self.now.timestamp(),
            media=media,
        )
        return CarrierText(text.sid, status, text.segments, str(code) if code else None)
