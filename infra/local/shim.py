"""Turns an HTTP request into the event that API Gateway would send, so that one machine runs the very handlers."""

import base64
import logging
from collections.abc import Callable, Iterable
from typing import Any

from functions import call_status, delivery_status, receive_sms, voice

Environ = dict[str, Any]
Handler = Callable[[dict[str, Any], Any], dict[str, Any]]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]

log = logging.getLogger(__name__)

LARGEST_BODY = 256 * 1024
ALWAYS = [
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
]
STATUS = {200: "200 OK", 204: "204 No Content", 400: "400 Bad Request", 403: "403 Forbidden"}

WEBHOOKS: dict[str, Handler] = {
    "/twilio/sms": receive_sms.handler,
    "/twilio/status": delivery_status.handler,
    "/twilio/voice/call": voice.handler,
    "/twilio/voice/status": call_status.handler,
}


def with_webhooks(portal: Wsgi) -> Wsgi:
    """The portal, with Twilio's webhooks answered by their functions before it sees them."""

    def serve(environ: Environ, start_response: Any) -> Iterable[bytes]:
        handler = WEBHOOKS.get(environ["PATH_INFO"])
        if handler is None:
            return portal(environ, start_response)
        if environ["REQUEST_METHOD"] != "POST":
            answer = _plain(start_response, "405 Method Not Allowed", [("Allow", "POST")])
            # Whoever asks for the head alone would take words for the next answer.
            return [] if environ["REQUEST_METHOD"] == "HEAD" else answer
        if int(environ.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            return _plain(start_response, "413 Content Too Large")
        return _answer(handler, environ, start_response)

    return serve


def event_of(environ: Environ) -> dict[str, Any]:
    """The request as an HTTP API event, payload format 2.0."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    headers = {key[5:].replace("_", "-").lower(): value for key, value in environ.items() if key.startswith("HTTP_")}
    path = environ["PATH_INFO"]
    return {
        "version": "2.0",
        "routeKey": f"POST {path}",
        "rawPath": path,
        "rawQueryString": environ.get("QUERY_STRING", ""),
        "headers": headers | {"content-type": environ.get("CONTENT_TYPE", "")},
        "requestContext": {
            "http": {"method": "POST", "path": path, "sourceIp": environ.get("REMOTE_ADDR", "")},
        },
        "body": base64.b64encode(body).decode("ascii"),
        "isBase64Encoded": True,
    }


def _answer(handler: Handler, environ: Environ, start_response: Any) -> Iterable[bytes]:
    try:
        answer = handler(event_of(environ), None)
    except Exception as error:
        # The carrier tries again on a 5xx; anything else would tell it that a text was taken when it was not.
        log.exception("webhook failed", extra={"path": environ["PATH_INFO"], "error": type(error).__name__})
        return _plain(start_response, "500 Internal Server Error")
    start_response(STATUS[answer["statusCode"]], [*answer["headers"].items(), *ALWAYS])
    return [answer["body"].encode()]


def _plain(start_response: Any, status: str, headers: list[tuple[str, str]] | None = None) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"), *(headers or []), *ALWAYS])
    return [f"{status}\n".encode()]
