"""Attachments from Twilio, and from nowhere else.

The address is built from ids, never taken from a request. Twilio answers with a redirect to its content network
(help article 223183748): that is followed to `CDN` alone, over TLS, without our credentials; anything else is refused.
"""

import re
from collections.abc import Callable, Collection
from typing import Final
from urllib.parse import urlsplit

import urllib3

from coach_portal.core.errors import PhotoError
from coach_portal.core.rules.photos import LARGEST

API: Final = "https://api.twilio.com"
CDN: Final = frozenset({"https://media.twiliocdn.com", "https://mms.twiliocdn.com"})
"""Origins that Twilio's redirects lead to, as observed: media.twiliocdn.com, and since 2026 mms.twiliocdn.com."""
MOST_HOPS: Final = 2
TIMEOUT = urllib3.Timeout(connect=5, read=10)
A_CHUNK: Final = 64 * 1024

_SID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REFUSALS = {404: "gone", 410: "gone"}


class TwilioMedia:
    """Fills `ports.MediaSource`. `token_of` knows the token of each account; `own` is the installation's account."""

    def __init__(
        self,
        own: str,
        token_of: Callable[[str], str | None],
        *,
        api_url: str | None = None,
        cdn: Collection[str] = CDN,
    ) -> None:
        self._own, self._token_of, self._cdn = own, token_of, cdn
        self._api = (api_url or API).rstrip("/")
        self._pool = urllib3.PoolManager(num_pools=4, retries=False, timeout=TIMEOUT)

    def fetch(self, account_sid: str | None, message_sid: str, media_sid: str) -> bytes:
        """One attachment of a text; see `ports.MediaSource`."""
        account = account_sid or self._own
        token = self._token_of(account)
        if token is None:
            raise PhotoError("no_token", permanent=False)
        if not all(_SID.fullmatch(sid) for sid in (account, message_sid, media_sid)):
            raise PhotoError("no_address", permanent=True)
        url = f"{self._api}/2010-04-01/Accounts/{account}/Messages/{message_sid}/Media/{media_sid}"
        credentials = urllib3.make_headers(basic_auth=f"{account}:{token}")
        try:
            answer = self._ask(url, credentials)
            for _ in range(MOST_HOPS):
                if answer.status not in _REDIRECTS:
                    break
                answer.close()
                answer = self._ask(self._allowed(answer.headers.get("Location", "")), {})
            return _read(answer)
        except urllib3.exceptions.HTTPError as error:
            raise PhotoError("not_reached", permanent=False) from error

    def _ask(self, url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        # Packed content would grow beyond its measure when it is unpacked.
        plain = {"Accept-Encoding": "identity", **headers}
        return self._pool.request("GET", url, headers=plain, redirect=False, preload_content=False)

    def _allowed(self, url: str) -> str:
        """The address of a redirect. Raises PhotoError where it leads out of Twilio."""
        try:
            parts = urlsplit(url)
            origin = f"{parts.scheme}://{parts.netloc}"
        except ValueError:
            origin = ""
        if origin.lower().removesuffix(":443") not in self._cdn:
            raise PhotoError("elsewhere", permanent=True)
        return url


def _read(answer: urllib3.BaseHTTPResponse) -> bytes:
    try:
        if answer.status != 200:
            # What was refused for now, and what Twilio has not ready yet, is asked for again.
            raise PhotoError(_REFUSALS.get(answer.status, f"http_{answer.status}"), permanent=answer.status == 410)
        content = bytearray()
        for chunk in answer.stream(A_CHUNK, decode_content=False):
            content += chunk
            if len(content) > LARGEST:
                raise PhotoError("too_large", permanent=True)
        return bytes(content)
    finally:
        answer.close()
