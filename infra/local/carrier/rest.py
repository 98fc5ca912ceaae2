"""Twilio's REST API, as far as texts and calls go: create, fetch and list."""

import hmac
from base64 import b64encode
from collections.abc import Callable, Mapping
from http import HTTPStatus

from infra.local.carrier.book import Book
from infra.local.carrier.call import as_resource as call_resource
from infra.local.carrier.calls import Calls
from infra.local.carrier.deliveries import Deliveries
from infra.local.carrier.listing import list_messages
from infra.local.carrier.refusals import Refusal, check
from infra.local.carrier.settings import CarrierSettings
from infra.local.carrier.texts import as_resource
from infra.local.carrier.weather import Weather


class NoAnswer(Exception):
    """The other side gets no answer; `at_once` says whether the line is cut or merely silent."""

    def __init__(self, *, at_once: bool) -> None:
        super().__init__()
        self.at_once = at_once


class RestApi:
    """One account's messages and calls. Every method answers with a status and what becomes JSON, or raises Refusal."""

    def __init__(
        self,
        settings: CarrierSettings,
        book: Book,
        deliveries: Deliveries,
        calls: Calls,
        weather: Weather,
        now: Callable[[], float],
    ) -> None:
        self._account = settings.account_sid
        self._book = book
        self._deliveries = deliveries
        self._calls = calls
        self._weather = weather
        self._now = now
        pair = f"{settings.account_sid}:{settings.auth_token}"
        self._password = b"Basic " + b64encode(pair.encode())

    def let_in(self, account_sid: str, authorization: str) -> None:
        """Raise Refusal unless these are the account and its token."""
        if not hmac.compare_digest(self._password, authorization.encode()):
            raise Refusal(20003, HTTPStatus.UNAUTHORIZED)
        if account_sid != self._account:
            raise Refusal(20404, HTTPStatus.NOT_FOUND)

    def create(self, form: Mapping[str, str]) -> tuple[int, dict[str, object]]:
        """Take one text, and send it on its way. Raises NoAnswer when the weather wants it."""
        return self._in_this_weather(lambda: self._take(form))

    def place(self, form: Mapping[str, str], events: tuple[str, ...]) -> tuple[int, dict[str, object]]:
        """Take one call, and let it ring. Raises NoAnswer when the weather wants it."""
        return self._in_this_weather(lambda: call_resource(self._calls.place(form, events), self._account))

    def fetch_call(self, sid: str) -> tuple[int, dict[str, object]]:
        """One call."""
        return HTTPStatus.OK, call_resource(self._calls.get(sid), self._account)

    def list_calls(self, query: Mapping[str, str]) -> tuple[int, dict[str, object]]:
        """The calls between two numbers, all on one page of as many as are asked for."""
        size = max(1, min(int(query.get("PageSize", 50)), 1000))
        found = self._calls.between(query.get("To"), query.get("From"))[:size]
        uri = f"/2010-04-01/Accounts/{self._account}/Calls.json?PageSize={size}"
        page: dict[str, object] = {
            "calls": [call_resource(call, self._account) for call in found],
            "end": max(len(found) - 1, 0),
            "first_page_uri": f"{uri}&Page=0",
            "next_page_uri": None,
            "page": 0,
            "page_size": size,
            "previous_page_uri": None,
            "start": 0,
            "uri": f"{uri}&Page=0",
        }
        return HTTPStatus.OK, page

    def _in_this_weather(self, take: Callable[[], dict[str, object]]) -> tuple[int, dict[str, object]]:
        fault = self._weather.next_create()
        resource = take() if fault.taken else {}
        if fault.kind == "429":
            raise Refusal(20429, HTTPStatus.TOO_MANY_REQUESTS)
        if fault.kind == "500":
            raise Refusal(20500, HTTPStatus.INTERNAL_SERVER_ERROR)
        if fault.kind != "ok":
            raise NoAnswer(at_once=fault.kind == "reset")
        return HTTPStatus.CREATED, resource

    def fetch(self, sid: str) -> tuple[int, dict[str, object]]:
        """One message."""
        text = self._book.get(sid)
        if text is None:
            raise Refusal(20404, HTTPStatus.NOT_FOUND)
        return HTTPStatus.OK, as_resource(text, self._account)

    def forget(self, sid: str) -> tuple[int, None]:
        """Delete one message, unless it is still on its way."""
        text = self._book.get(sid)
        if text is None:
            raise Refusal(20404, HTTPStatus.NOT_FOUND)
        if text.status in {"queued", "sent"}:
            raise Refusal(20009, HTTPStatus.CONFLICT)
        self._book.forget(sid)
        return HTTPStatus.NO_CONTENT, None

    def list(self, query: Mapping[str, str]) -> tuple[int, dict[str, object]]:
        """One page of messages."""
        return HTTPStatus.OK, list_messages(self._book, self._account, query)

    def _take(self, form: Mapping[str, str]) -> dict[str, object]:
        check(form)
        if form["From"] in self._book.blocks(form["To"]):
            raise Refusal(21610)
        text = self._book.add(
            direction="outbound-api",
            sender=form["From"],
            recipient=form["To"],
            body=form["Body"],
            status="queued",
            fate=self._weather.next_delivery(),
            at=self._now(),
            callback=form.get("StatusCallback", ""),
            media=form.get("MediaUrl", ""),
        )
        self._deliveries.begin(text)
        return as_resource(text, self._account)
