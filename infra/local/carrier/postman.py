"""Posts to the practice's webhooks the way Twilio does: a signed form, one more try when no connection was made."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urldefrag, urlencode, urlsplit
from uuid import uuid4

import urllib3
from twilio.request_validator import RequestValidator

log = logging.getLogger(__name__)

THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
# Twilio's defaults (webhooks-connection-overrides: ct, rt, rc, rp): a read is waited for 15 s and not tried again.
_TIMEOUT = urllib3.Timeout(connect=5, read=15)
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Reply:
    """What a webhook answered; `status` None when it was not reached, or said nothing in time."""

    status: int | None
    body: str = ""


class Postman:
    """Signs with the account's token. Goes nowhere but to this machine, whatever address it is given."""

    def __init__(self, auth_token: str) -> None:
        self._validator = RequestValidator(auth_token)
        self._pool = urllib3.PoolManager(num_pools=4, maxsize=16, retries=False, timeout=_TIMEOUT)

    def close(self) -> None:
        """Let go of open connections."""
        self._pool.clear()

    def post(self, url: str, form: Mapping[str, str]) -> Reply:
        """Post the form once; a second time only if no connection could be made."""
        if not _stays_here(url):
            log.warning("a webhook outside this machine was not called")
            return Reply(None)
        url = urldefrag(url).url
        headers = self._headers(url, form)
        for _ in range(_TRIES):
            try:
                answer = self._pool.request("POST", url, body=urlencode(form), headers=headers, redirect=False)
            except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
                continue
            except urllib3.exceptions.HTTPError:
                break
            return Reply(answer.status, answer.data.decode("utf-8", "replace"))
        return Reply(None)

    def _headers(self, url: str, form: Mapping[str, str]) -> dict[str, str]:
        return {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "I-Twilio-Idempotency-Token": str(uuid4()),
            "User-Agent": "TwilioProxy/1.1",
            "X-Twilio-Signature": self._validator.compute_signature(url, form),
        }


def _stays_here(url: str) -> bool:
    try:
        return urlsplit(url).hostname in THIS_MACHINE
    except ValueError:
        return False
