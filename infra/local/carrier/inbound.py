"""A phone texts the practice: keywords, the signed webhook, and whatever TwiML comes back."""

from collections.abc import Callable
from urllib.parse import urljoin
from xml.etree import ElementTree

import phonenumbers

from infra.local.carrier import keywords
from infra.local.carrier.book import Book
from infra.local.carrier.deliveries import Deliveries
from infra.local.carrier.photos import PHOTOS, attached
from infra.local.carrier.postman import Postman, Reply
from infra.local.carrier.refusals import check
from infra.local.carrier.settings import CarrierSettings
from infra.local.carrier.texts import API_VERSION, INBOUND, Text


class Inbound:
    """Carries texts from phones to the practice. One that finds the webhook down is kept, and shown as not arrived."""

    def __init__(
        self,
        settings: CarrierSettings,
        book: Book,
        postman: Postman,
        deliveries: Deliveries,
        now: Callable[[], float],
        pointed_to: Callable[[str], str],
    ) -> None:
        self._settings = settings
        self._book = book
        self._postman = postman
        self._deliveries = deliveries
        self._now = now
        self._pointed_to = pointed_to

    def text_practice(self, phone: str, practice: str, body: str, photo: str = "") -> tuple[Text, list[Text]]:
        """Carry one text, with one of PHOTOS or none, and wait for the webhook's answer: the text, and the texts that
        came back in that answer.

        Raises Refusal when a number or the body cannot be.
        """
        check({"To": practice, "From": phone, "Body": body or photo})
        text = self._book.add(
            direction=INBOUND,
            sender=phone,
            recipient=practice,
            body=body,
            status="receiving",
            at=self._now(),
            media=photo if photo in PHOTOS else "",
        )
        self._heed_keyword(text)
        reply = self._postman.post(self._sms_url(text.recipient), self._form(text))
        text = self._book.received(text.sid, reply.status, at=self._now())
        return text, [self._answer(text, *message) for message in messages_in(reply)]

    def _heed_keyword(self, text: Text) -> None:
        if keywords.is_stop(text.body):
            self._confirm(text, keywords.STOPPED)
            self._book.block(text.sender, text.recipient)
        elif keywords.is_start(text.body) and text.recipient in self._book.blocks(text.sender):
            self._book.unblock(text.sender, text.recipient)
            self._confirm(text, keywords.STARTED)

    def _confirm(self, text: Text, body: str) -> None:
        if self._settings.confirm_keywords:
            self._answer(text, body, "")

    def _answer(self, text: Text, body: str, callback: str) -> Text:
        """A text back to the phone, which fails with 21610 when the phone is closed."""
        closed = text.recipient in self._book.blocks(text.sender)
        answer = self._book.add(
            direction="outbound-reply",
            sender=text.recipient,
            recipient=text.sender,
            body=body,
            status="failed" if closed else "queued",
            error_code=21610 if closed else None,
            at=self._now(),
            callback=urljoin(self._sms_url(text.recipient), callback) if callback else "",
        )
        self._deliveries.begin(answer)
        return answer

    def _sms_url(self, practice: str) -> str:
        return self._pointed_to(practice) or self._settings.sms_url

    def _form(self, text: Text) -> dict[str, str]:
        """The webhook's form; blank fields are sent, and signed (twilio.com/docs/messaging/guides/webhook-request)."""
        form = {
            "AccountSid": self._settings.account_sid,
            "ApiVersion": API_VERSION,
            "Body": text.body,
            "From": text.sender,
            "MessageSid": text.sid,
            **attached(text.sid, self._settings.account_sid, text.media),
            "NumSegments": str(text.segments),
            "SmsMessageSid": text.sid,
            "SmsSid": text.sid,
            "SmsStatus": "received",
            "To": text.recipient,
        }
        for side, number in (("From", text.sender), ("To", text.recipient)):
            form |= {f"{side}City": "", f"{side}State": "", f"{side}Zip": "", f"{side}Country": country(number)}
        return form


def country(number: str) -> str:
    """The two letters of the number's country, "" when it has none."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""
    except phonenumbers.NumberParseException:
        return ""


def messages_in(reply: Reply) -> list[tuple[str, str]]:
    """The body and the status callback of each `<Message>` in a webhook's answer that has something to say."""
    if reply.status != 200 or not reply.body.strip():
        return []
    try:
        response = ElementTree.fromstring(reply.body)  # noqa: S314  # nosec B314 # the practice's own answer, on this machine
    except ElementTree.ParseError:
        return []
    return [(body, callback) for body, callback in map(_message, response.iter("Message")) if body.strip()]


def _message(element: ElementTree.Element) -> tuple[str, str]:
    body = element.findtext("Body") or element.text or ""
    return body, element.get("statusCallback") or element.get("action") or ""
