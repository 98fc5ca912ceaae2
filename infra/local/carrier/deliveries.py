"""A text's way to its phone: queued, sent, delivered or undelivered, each told to the practice by a receipt."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from infra.local.carrier.book import Book
from infra.local.carrier.postman import Postman
from infra.local.carrier.settings import CarrierSettings
from infra.local.carrier.texts import API_VERSION, Text
from infra.local.carrier.timetable import Timetable
from infra.local.carrier.weather import Weather

log = logging.getLogger(__name__)


class Deliveries:
    """Moves texts on, and posts their status callbacks.

    As at Twilio, the first state ("queued") has no receipt: whoever made the text was told in the answer
    (twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks).
    """

    def __init__(
        self,
        settings: CarrierSettings,
        book: Book,
        postman: Postman,
        timetable: Timetable,
        weather: Weather,
        now: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._book = book
        self._postman = postman
        self._timetable = timetable
        self._weather = weather
        self._now = now

    def resume(self) -> None:
        """Go on with the texts that were under way when the carrier last stopped."""
        for text in self._book.unfinished():
            self.begin(text)

    def begin(self, text: Text) -> None:
        """Send a text on its way; a failed one only has its receipt posted."""
        if text.status == "failed":
            self._timetable.after(0, lambda: self._tell(text, text.status))
        else:
            self._timetable.after(self._settings.receipt_delay, lambda: self._move_on(text))

    def _move_on(self, text: Text) -> None:
        if text.status == "queued":
            text = self._book.move(text.sid, "sent", at=self._now())
            if not self._weather.forecast.shuffled:
                self._tell(text, "sent")
            self.begin(text)
            return
        status = "undelivered" if text.fate else "delivered"
        text = self._book.move(text.sid, status, at=self._now(), error_code=text.fate)
        self._tell(text, status)
        if self._weather.forecast.shuffled:
            self._tell(text, "sent")

    def _tell(self, text: Text, status: str) -> None:
        if not text.callback:
            return
        for _ in range(self._weather.copies()):
            reply = self._postman.post(text.callback, self._receipt(text, status))
            if reply.status is None or reply.status >= 300:
                log.debug("receipt not taken", extra={"sid": text.sid, "state": status, "status": reply.status})

    def _receipt(self, text: Text, status: str) -> dict[str, str]:
        """The form of a status callback (twilio.com/docs/messaging/guides/track-outbound-message-status)."""
        form = {
            "AccountSid": self._settings.account_sid,
            "ApiVersion": API_VERSION,
            "From": text.sender,
            "MessageSid": text.sid,
            "MessageStatus": status,
            "SmsSid": text.sid,
            "SmsStatus": status,
            "To": text.recipient,
        }
        if status in {"delivered", "undelivered"}:
            form["RawDlrDoneDate"] = datetime.fromtimestamp(text.updated, UTC).strftime("%y%m%d%H%M")
        if status in {"undelivered", "failed"}:
            form["ErrorCode"] = str(text.error_code)
        return form
