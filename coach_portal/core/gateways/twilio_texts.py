"""Texts through Twilio's REST API, on its own SDK.

Importing this module loads `twilio.rest` (0.1 s); whoever may not need it goes through `gateways.wiring`.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from requests.adapters import HTTPAdapter
from twilio.base import values
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessageInstance
from urllib3 import Retry

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.gateways.twilio_errors import TROUBLE, sort_error
from coach_portal.core.ports import Carrier, CarrierText, KeptText

TIMEOUT = 10.0
"""Seconds for connecting, and again for each wait on the answer."""

LONGEST_VALIDITY = 36_000
"""Seconds Twilio keeps trying at most (`ValidityPeriod` in its OpenAPI)."""

_PAGE = 1000  # Twilio's largest
_UNFINISHED = frozenset({"20009"})  # https://www.twilio.com/docs/api/errors/20009
_UNKNOWN_THERE = frozenset({"20404", "http_404"})
_LOOK_BACK = 50  # Twilio's default page: one request, and more than one client is ever sent in an hour
_SKEW = timedelta(seconds=5)  # Twilio's dates have whole seconds, and its clock is not ours


class TwilioTexts:
    """Fills `ports.Carrier`. `webhook_url` is the public base of `/twilio/*`, without a slash at its end."""

    def __init__(self, client: Client, *, webhook_url: str, another: Callable[[str], Carrier] | None = None) -> None:
        self._client = client
        self._messages = client.messages
        self._status_url = f"{webhook_url.rstrip('/')}/twilio/status"
        self._another = another

    def of(self, account_sid: str | None) -> Carrier:
        """The same for another account; see `ports.TextSender`."""
        return self._another(account_sid) if self._another and account_sid else self

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
        """Hand over one text; see `ports.TextSender`. `valid_for` beyond Twilio's ten hours is cut to that."""
        try:
            text = self._messages.create(
                to=to,
                from_=from_,
                body=body,
                status_callback=f"{self._status_url}?{urlencode({'message': message_id})}",
                validity_period=values.unset if valid_for is None else _validity(valid_for),
                media_url=values.unset if media_url is None else [media_url],
            )
        except TROUBLE as error:
            raise sort_error(error) from error
        return _known(text)

    def find_text(
        self, *, to: str, from_: str, body: str, since: datetime, not_among: Collection[str] = ()
    ) -> CarrierText | None:
        """The first such text; see `ports.TextSender`. Looks through the last 50 between the two numbers.

        The first, since a later one in the same words is likelier to be another message than an earlier one is.
        """
        try:
            texts = self._messages.list(to=to, from_=from_, limit=_LOOK_BACK)
        except TROUBLE as error:
            raise sort_error(error) from error
        earliest = since - _SKEW
        same = [
            text for text in texts if text.body == body and text.date_created >= earliest and text.sid not in not_among
        ]
        return _known(same[-1]) if same else None  # Twilio lists the newest first

    def look_up(self, sid: str) -> CarrierText | None:
        """One text by its id; see `ports.TextSender`."""
        try:
            return _known(self._messages(sid).fetch())
        except TROUBLE as error:
            raise sort_error(error) from error

    def forget_text(self, sid: str) -> None:
        """Delete one text, call or recording; see `ports.CarrierArchive`.

        Twilio deletes a text's media with it (its docs, Message, DELETE). What was recorded on a call, and the
        transcripts of that, are resources of their own, and are deleted before it.
        """
        for each in (*_what_hangs_on(self._client, sid), _sort(self._client, sid)):
            _delete(each)

    def texts_between(self, ours: str, theirs: str) -> Sequence[str]:
        """The texts and calls of both ways; see `ports.CarrierArchive`. Four requests."""
        ways = ({"to": theirs, "from_": ours}, {"to": ours, "from_": theirs})
        try:
            found = [
                each.sid
                for way in ways
                for kind in (self._messages, self._client.calls)
                for each in kind.list(**way, limit=_PAGE, page_size=_PAGE)
            ]
        except TROUBLE as error:
            raise sort_error(error) from error
        return [sid for sid in found if sid]

    def texts_to(self, phone: str, since: datetime) -> Sequence[KeptText]:
        """The texts that came in; see `ports.TextSender`. One request."""
        try:
            texts = self._messages.list(to=phone, date_sent_after=since, limit=_PAGE, page_size=_PAGE)
        except TROUBLE as error:
            raise sort_error(error) from error
        return [_arrived(text) for text in texts if text.direction == "inbound"]


def _what_hangs_on(client: Client, sid: str) -> list[Any]:
    try:
        if sid.startswith("RE"):
            return list(client.recordings(sid).transcriptions.list())
        if not sid.startswith("CA"):
            return []
        recordings = client.recordings.list(call_sid=sid)
    except TROUBLE as error:
        if sort_error(error).code in _UNKNOWN_THERE:
            return []
        raise sort_error(error) from error
    return [each for recording in recordings for each in (*_what_hangs_on(client, str(recording.sid)), recording)]


def _delete(resource: Any) -> None:
    """Delete something at Twilio; whatever is gone already is no fault."""
    try:
        resource.delete()
    except TROUBLE as error:
        told = sort_error(error)
        if told.code in _UNFINISHED:
            raise CarrierError(told.code, "it is still on its way", permanent=False) from error
        if told.code not in _UNKNOWN_THERE:
            raise told from error


def _sort(client: Client, sid: str) -> Any:
    """The resource with this id: Twilio's ids begin with what they are of."""
    of = {"CA": client.calls, "RE": client.recordings}.get(sid[:2], client.messages)
    return of(sid)


def twilio_client(account_sid: str, auth_token: str, *, api_url: str | None = None, timeout: float = TIMEOUT) -> Client:
    """The SDK's client; `api_url` is another base for the REST API, such as `http://127.0.0.1:8500`.

    Such a base is called as it stands: no proxy, region or edge that the environment names for Twilio applies to it.
    """
    _hush_the_wire()
    http = TwilioHttpClient(timeout=timeout)
    for scheme in ("https://", "http://"):
        http.session.mount(scheme, HTTPAdapter(pool_maxsize=32, max_retries=_retry_when_told_to_wait()))
    client = Client(account_sid, auth_token, http_client=http)
    if api_url:
        client.api.base_url = api_url
        client.region = client.edge = None
        http.session.trust_env = False
    return client


def _retry_when_told_to_wait() -> Retry:
    """Two more tries after a 429, which was never processed; none after anything else.

    `total` stays None: with a number there, urllib3 would also repeat a 413 or 503 that carries Retry-After, and
    creating a message has no idempotency key. `read=False` hands a time-out on as it is.
    """
    return Retry(
        total=None,
        connect=0,
        read=False,
        redirect=0,
        other=0,
        status=2,
        status_forcelist=[429],
        allowed_methods=None,
        raise_on_status=False,
        backoff_factor=0.5,
        backoff_jitter=0.2,
        retry_after_max=5,
    )


def _hush_the_wire() -> None:
    """These two log whole addresses, and a list's address holds phone numbers."""
    logging.getLogger("twilio.http_client").setLevel(logging.WARNING)
    logging.getLogger("urllib3.connectionpool").setLevel(logging.WARNING)


def _validity(seconds: int) -> int:
    return max(1, min(seconds, LONGEST_VALIDITY))


def _known(text: MessageInstance) -> CarrierText:
    if not (text.sid and text.status):
        raise CarrierOutcomeUnknown("the answer names no message")
    return CarrierText(
        sid=text.sid,
        status=str(text.status),
        segments=int(text.num_segments) if str(text.num_segments).isdigit() else None,
        error_code=str(text.error_code) if text.error_code else None,
        price_micros=micros(text.price),
        currency=text.price_unit or None,
    )


def micros(price: str | None) -> int | None:
    """Twilio writes what it charged as a sum below nothing: "-0.00750"."""
    try:
        return round(-Decimal(price) * 1_000_000) if price else None
    except InvalidOperation:
        return None


def _arrived(text: MessageInstance) -> KeptText:
    """A listed text as the webhook would have brought it."""
    form = {
        "MessageSid": text.sid or "",
        "AccountSid": text.account_sid or "",
        "From": text.from_ or "",
        "To": text.to or "",
        "Body": (text.body or "").replace("\0", ""),
        "NumMedia": str(text.num_media or 0),
        "NumSegments": str(text.num_segments or 1),
    }
    return KeptText(form, text.date_sent or text.date_created)
