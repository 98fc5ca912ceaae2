"""The one call to Amazon SQS that a webhook makes, without boto3, whose import costs a cold start a fifth of a second.

Signed as "Signature Version 4" in AWS's general reference describes. Whoever does more with SQS uses boto3.
"""

import hashlib
import hmac
import json
import os
import re
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

TIMEOUT = 5.0
"""Seconds for connecting, and again for the answer."""
_REGION = re.compile(r"^sqs\.([a-z0-9-]+)\.amazonaws\.com")
_JSON = "application/x-amz-json-1.0"


class NotTaken(Exception):
    """SQS could not be asked, or refused. The message holds its status or the kind of trouble, never a body."""


class Credentials(NamedTuple):
    """What requests are signed with."""

    key: str
    secret: str
    token: str | None


class SqsApi:
    """Sends to the queue at one address. Safe for many threads: each keeps a connection of its own."""

    def __init__(self, queue_url: str) -> None:
        self._queue_url = queue_url
        self._at = urlsplit(queue_url)
        self._mine = threading.local()

    def send_message_batch(self, entries: Sequence[dict[str, Any]]) -> list[str]:
        """Send up to ten entries (Id, MessageBody, ...); answers the ids that SQS did not take. Raises NotTaken."""
        answer = self._ask("SendMessageBatch", {"QueueUrl": self._queue_url, "Entries": list(entries)})
        return [entry["Id"] for entry in answer.get("Failed", [])]

    def _ask(self, action: str, asked: dict[str, Any]) -> dict[str, Any]:
        body = json.dumps(asked).encode()
        headers = sign(self._at.netloc, f"AmazonSQS.{action}", body, _credentials(), self._region(), datetime.now(UTC))
        for is_last in (False, True):
            try:
                return self._exchange(body, headers)
            except (OSError, HTTPException) as error:
                # A connection kept while warm may have been closed at the other end; a new one tells.
                self._mine.connection = None
                if is_last:
                    raise NotTaken(type(error).__name__) from None
        raise NotTaken

    def _exchange(self, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        connection = getattr(self._mine, "connection", None) or self._connect()
        connection.request("POST", "/", body, headers)
        response = connection.getresponse()
        said = response.read()
        if response.status != 200:
            raise NotTaken(f"http_{response.status}")
        answer: dict[str, Any] = json.loads(said)
        return answer

    def _connect(self) -> HTTPConnection:
        kind = HTTPSConnection if self._at.scheme == "https" else HTTPConnection
        self._mine.connection = kind(self._at.hostname or "", self._at.port, timeout=TIMEOUT)
        made: HTTPConnection = self._mine.connection
        return made

    def _region(self) -> str:
        found = _REGION.match(self._at.netloc)
        return found[1] if found else os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION", "us-east-1")


def sign(host: str, target: str, body: bytes, credentials: Credentials, region: str, now: datetime) -> dict[str, str]:
    """The headers of a signed request to SQS."""
    stamp, day = f"{now:%Y%m%dT%H%M%SZ}", f"{now:%Y%m%d}"
    headers = {"content-type": _JSON, "host": host, "x-amz-date": stamp, "x-amz-target": target}
    if credentials.token:
        headers["x-amz-security-token"] = credentials.token
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = "\n".join(["POST", "/", "", lines, names, hashlib.sha256(body).hexdigest()])
    scope = f"{day}/{region}/sqs/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(request.encode()).hexdigest()])
    key = f"AWS4{credentials.secret}".encode()
    for part in (day, region, "sqs", "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    signed = f"AWS4-HMAC-SHA256 Credential={credentials.key}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "authorization": signed}


def _credentials() -> Credentials:
    """Lambda's, from the environment; anywhere else what boto3 would find."""
    env = os.environ
    if env.get("AWS_ACCESS_KEY_ID") and env.get("AWS_SECRET_ACCESS_KEY"):
        return Credentials(env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"], env.get("AWS_SESSION_TOKEN"))
    import botocore.session

    found = botocore.session.Session().get_credentials()
    if found is None:
        raise NotTaken("no credentials")
    frozen = found.get_frozen_credentials()
    return Credentials(frozen.access_key, frozen.secret_key, frozen.token)
