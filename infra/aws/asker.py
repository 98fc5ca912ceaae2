"""Who asks, where AWS stands in front of the portal."""

from collections.abc import Callable, Iterable
from typing import Any

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def asked_by(inner: Wsgi) -> Wsgi:
    """Who asks is whom AWS saw at the other end. Zappa takes the first of X-Forwarded-For, which anyone can write."""

    def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        context = (environ.get("lambda.event") or {}).get("requestContext") or {}
        seen = context.get("http") or context.get("identity") or {}
        environ["REMOTE_ADDR"] = seen.get("sourceIp", "")
        return inner(environ, start_response)

    return serve
