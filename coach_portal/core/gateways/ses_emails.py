"""Emails through Amazon SES."""

from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectionClosedError, ReadTimeoutError

from coach_portal.core.errors import EmailError, EmailOutcomeUnknown

# One try: a send has no idempotency key, and the row is tried again by us.
_CONFIG = Config(connect_timeout=5, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 1})

FOR_GOOD = frozenset({"MessageRejected", "BadRequestException", "InvalidParameterValue"})
"""What SES says of this one email (SES API v2 reference, SendEmail). All else concerns the account, and mends."""


class SesEmails:
    """Fills `ports.EmailSender`. Region and credentials are what boto3 finds."""

    def __init__(self, from_: str) -> None:
        self._from = from_

    @cached_property
    def _ses(self) -> Any:
        return boto3.client("sesv2", config=_CONFIG)

    def send_email(self, *, to: str, subject: str, body: str, email_id: int) -> None:
        """Hand over one email; see `ports.EmailSender`. SES chooses the Message-ID; ours goes along as a tag."""
        simple = {
            "Subject": {"Data": subject, "Charset": "UTF-8"},
            "Body": {"Text": {"Data": body, "Charset": "UTF-8"}},
        }
        try:
            self._ses.send_email(
                FromEmailAddress=self._from,
                Destination={"ToAddresses": [to]},
                Content={"Simple": simple},
                EmailTags=[{"Name": "email_id", "Value": str(email_id)}],
            )
        except ClientError as error:
            raise _refusal(error) from error
        except (ReadTimeoutError, ConnectionClosedError) as error:
            raise EmailOutcomeUnknown(type(error).__name__) from error
        except BotoCoreError as error:
            raise EmailError(type(error).__name__, permanent=False) from error

    def forget_email(self, email_id: int) -> None:
        """Nothing to do: an email that left is its reader's."""


def _refusal(error: ClientError) -> EmailError | EmailOutcomeUnknown:
    code = str(error.response.get("Error", {}).get("Code", "unknown"))[:64]
    if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400) >= 500:
        return EmailOutcomeUnknown(code)
    return EmailError(code, permanent=code in FOR_GOOD)
