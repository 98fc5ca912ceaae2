"""Emails through SES, as moto plays it, and as it answers on bad days."""

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from coach_portal.core.errors import EmailError, EmailOutcomeUnknown
from coach_portal.core.gateways.ses_emails import SesEmails

FROM = "portal@example.com"


@pytest.fixture
def ses(monkeypatch):
    for name, value in {"ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "x", "DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    with mock_aws():
        yield boto3.client("sesv2")


def send(emails: SesEmails) -> None:
    emails.send_email(to="alice@example.com", subject="Ruth needs you now", body="Open https://x.example", email_id=7)


class BadDay:
    """An SES that raises."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def send_email(self, **_: object) -> None:
        """Raise."""
        raise self.error


def on_a_bad_day(error: Exception) -> SesEmails:
    emails = SesEmails(FROM)
    emails.__dict__["_ses"] = BadDay(error)  # in place of the client it would make at first need
    return emails


def refusal(code: str, status: int = 400) -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "SendEmail")


def test_an_email_goes_out_from_an_identity_that_is_verified(ses):
    ses.create_email_identity(EmailIdentity=FROM)
    send(SesEmails(FROM))
    (sent,) = ses_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages
    assert (sent.source, sent.destinations["ToAddresses"]) == (FROM, ["alice@example.com"])
    assert (sent.subject, sent.body) == ("Ruth needs you now", "Open https://x.example")


def test_an_identity_that_is_not_verified_refuses(ses):
    with pytest.raises(EmailError) as refused:
        send(SesEmails(FROM))
    assert refused.value.code == "MessageRejected"


@pytest.mark.parametrize(
    ("error", "permanent"),
    [
        (refusal("MessageRejected"), True),
        (refusal("TooManyRequestsException", 429), False),
        (refusal("MailFromDomainNotVerifiedException"), False),
        (refusal("AccountSuspendedException"), False),
        (EndpointConnectionError(endpoint_url="https://email.example"), False),
    ],
)
def test_a_refusal_is_for_good_or_for_now(error, permanent):
    with pytest.raises(EmailError) as refused:
        send(on_a_bad_day(error))
    assert refused.value.permanent is permanent


@pytest.mark.parametrize(
    "error", [refusal("InternalFailure", 500), ReadTimeoutError(endpoint_url="https://email.example")]
)
def test_what_broke_off_may_have_left(error):
    with pytest.raises(EmailOutcomeUnknown):
        send(on_a_bad_day(error))
