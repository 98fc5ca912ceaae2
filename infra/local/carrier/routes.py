"""Which address does what."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from infra.local.carrier import photos
from infra.local.carrier.phones import all_phones, one_phone
from infra.local.carrier.refusals import E164, Refusal
from infra.local.carrier.texts import as_seen
from infra.local.carrier.weather import Forecast

if TYPE_CHECKING:
    from infra.local.carrier.carrier import Carrier

Answer = tuple[int, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked. `path` is unquoted and without its query."""

    method: str
    path: str
    query: dict[str, str]
    headers: "Message[str, str]"
    body: bytes = b""
    found: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, method: str, target: str, headers: "Message[str, str]", body: bytes) -> "Request":
        """Take an HTTP request apart."""
        url = urlsplit(target)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        return cls(method, unquote(url.path), query, headers, body)

    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def all_of(self, name: str) -> tuple[str, ...]:
        """A field of the form that may be given more than once."""
        return tuple(value for key, value in parse_qsl(self.body.decode("utf-8", "replace")) if key == name)

    def json(self) -> dict[str, Any]:
        """The body as a JSON object. Other sites' pages cannot post that type here without being allowed to."""
        if self.headers.get("Content-Type", "").partition(";")[0] != "application/json":
            raise ValueError("not application/json")
        asked = json.loads(self.body)
        if not isinstance(asked, dict):
            raise TypeError("not an object")
        return asked


def answer(carrier: "Carrier", request: Request) -> Answer:
    """Status and JSON for a request, or the bytes of a photo. Raises `rest.NoAnswer` when there is to be none."""
    for method, pattern, act in _ROUTES:
        found = pattern.fullmatch(request.path)
        if found and method == request.method:
            request.found.update(found.groupdict())
            return _act(act, carrier, request)
    return _refused(Refusal(20404, HTTPStatus.NOT_FOUND))


def _act(act: Callable[["Carrier", Request], Answer], carrier: "Carrier", request: Request) -> Answer:
    try:
        return act(carrier, request)
    except Refusal as refusal:
        return _refused(refusal)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return HTTPStatus.BAD_REQUEST, {"error": f"{type(error).__name__}: {error}"}


def _refused(refusal: Refusal) -> Answer:
    return refusal.status, refusal.as_resource()


def _create(carrier: "Carrier", request: Request) -> Answer:
    _let_in(carrier, request)
    carrier.hold_up()
    return carrier.rest.create(request.form())


def _list(carrier: "Carrier", request: Request) -> Answer:
    _let_in(carrier, request)
    return carrier.rest.list(request.query)


def _fetch(carrier: "Carrier", request: Request) -> Answer:
    _let_in(carrier, request)
    return carrier.rest.fetch(request.found["sid"])


def _forget(carrier: "Carrier", request: Request) -> Answer:
    _let_in(carrier, request)
    return carrier.rest.forget(request.found["sid"])


def _media(carrier: "Carrier", request: Request) -> Answer:
    _let_in(carrier, request)
    text = carrier.book.get(request.found["sid"])
    if text is None or not text.inbound or request.found["media"] != photos.media_sid(text.sid):
        raise Refusal(20404, HTTPStatus.NOT_FOUND)
    return HTTPStatus.OK, photos.content(text.media)


def _create_call(carrier: "Carrier", request: Request) -> Answer:
    _let_in(carrier, request)
    carrier.hold_up()
    return carrier.rest.place(request.form(), request.all_of("StatusCallbackEvent"))


def _list_calls(carrier: "Carrier", request: Request) -> Answer:
    _let_in(carrier, request)
    return carrier.rest.list_calls(request.query)


def _fetch_call(carrier: "Carrier", request: Request) -> Answer:
    _let_in(carrier, request)
    return carrier.rest.fetch_call(request.found["sid"])


def _list_recordings(carrier: "Carrier", request: Request) -> Answer:
    _let_in(carrier, request)
    return carrier.recordings.list(request.query)


def _recorded(act: str) -> Callable[["Carrier", Request], Answer]:
    """What is asked of a recording, a transcript or a call, each by its id."""

    def do(carrier: "Carrier", request: Request) -> Answer:
        _let_in(carrier, request)
        answer: Answer = getattr(carrier.recordings, act)(request.found["sid"])
        return answer

    return do


def _act_on_call(carrier: "Carrier", request: Request) -> Answer:
    return HTTPStatus.CREATED, carrier.calls.act(request.found["phone"], request.json())


def _list_numbers(carrier: "Carrier", request: Request) -> Answer:
    _let_in(carrier, request)
    return carrier.numbers.list(request.query)


def _update_number(carrier: "Carrier", request: Request) -> Answer:
    _let_in(carrier, request)
    return carrier.numbers.update(request.found["sid"], request.form())


def _let_in(carrier: "Carrier", request: Request) -> None:
    carrier.rest.let_in(request.found["account"], request.headers.get("Authorization", ""))


def _phones(carrier: "Carrier", request: Request) -> Answer:
    return HTTPStatus.OK, all_phones(carrier.book, carrier.calls.seen())


def _phone(carrier: "Carrier", request: Request) -> Answer:
    return HTTPStatus.OK, one_phone(carrier.book, request.found["phone"])


def _text(carrier: "Carrier", request: Request) -> Answer:
    asked = request.json()
    text, replies = carrier.inbound.text_practice(
        request.found["phone"], asked["to"], asked["body"], asked.get("photo", "")
    )
    return HTTPStatus.CREATED, as_seen(text) | {"replies": [as_seen(reply) for reply in replies]}


def _see_weather(carrier: "Carrier", request: Request) -> Answer:
    return HTTPStatus.OK, carrier.weather.forecast.as_json()


def _set_weather(carrier: "Carrier", request: Request) -> Answer:
    carrier.weather.becomes(Forecast.read(request.json()))
    return _see_weather(carrier, request)


def _see_clock(carrier: "Carrier", request: Request) -> Answer:
    return HTTPStatus.OK, carrier.clock.as_json()


def _set_clock(carrier: "Carrier", request: Request) -> Answer:
    carrier.clock.set(request.json())
    carrier.calls.let_time_pass()
    return _see_clock(carrier, request)


def _healthy(carrier: "Carrier", request: Request) -> Answer:
    return HTTPStatus.OK, {"ok": True}


_MESSAGES = r"/2010-04-01/Accounts/(?P<account>\w+)/Messages"
_CALLS = r"/2010-04-01/Accounts/(?P<account>\w+)/Calls"
_RECORDINGS = r"/2010-04-01/Accounts/(?P<account>\w+)/Recordings"
_TRANSCRIPTS = r"/2010-04-01/Accounts/(?P<account>\w+)/Transcriptions"
_NUMBERS = r"/2010-04-01/Accounts/(?P<account>\w+)/IncomingPhoneNumbers"
_ONE = rf"/phones/(?P<phone>{E164.pattern})"
_ROUTES = tuple(
    (method, re.compile(pattern), act)
    for method, pattern, act in (
        ("POST", rf"{_MESSAGES}\.json", _create),
        ("GET", rf"{_MESSAGES}\.json", _list),
        ("GET", rf"{_MESSAGES}/(?P<sid>\w+)\.json", _fetch),
        ("DELETE", rf"{_MESSAGES}/(?P<sid>\w+)\.json", _forget),
        ("GET", rf"{_MESSAGES}/(?P<sid>\w+)/Media/(?P<media>\w+)", _media),
        ("POST", rf"{_CALLS}\.json", _create_call),
        ("GET", rf"{_CALLS}\.json", _list_calls),
        ("GET", rf"{_CALLS}/(?P<sid>\w+)\.json", _fetch_call),
        ("DELETE", rf"{_CALLS}/(?P<sid>\w+)\.json", _recorded("forget_call")),
        ("GET", rf"{_RECORDINGS}\.json", _list_recordings),
        ("GET", rf"{_RECORDINGS}/(?P<sid>\w+)\.wav", _recorded("play")),
        ("GET", rf"{_RECORDINGS}/(?P<sid>\w+)\.json", _recorded("fetch")),
        ("DELETE", rf"{_RECORDINGS}/(?P<sid>\w+)\.json", _recorded("forget")),
        ("GET", rf"{_RECORDINGS}/(?P<sid>\w+)/Transcriptions\.json", _recorded("transcripts")),
        ("DELETE", rf"{_RECORDINGS}/\w+/Transcriptions/(?P<sid>\w+)\.json", _recorded("forget_transcript")),
        ("GET", rf"{_TRANSCRIPTS}/(?P<sid>\w+)\.json", _recorded("fetch_transcript")),
        ("DELETE", rf"{_TRANSCRIPTS}/(?P<sid>\w+)\.json", _recorded("forget_transcript")),
        ("POST", rf"{_ONE}/call", _act_on_call),
        ("GET", rf"{_NUMBERS}\.json", _list_numbers),
        ("POST", rf"{_NUMBERS}/(?P<sid>\w+)\.json", _update_number),
        ("GET", r"/phones\.json", _phones),
        ("GET", rf"{_ONE}\.json", _phone),
        ("POST", rf"{_ONE}/text", _text),
        ("GET", "/weather", _see_weather),
        ("POST", "/weather", _set_weather),
        ("GET", "/clock", _see_clock),
        ("POST", "/clock", _set_clock),
        ("GET", "/healthz", _healthy),
    )
)
