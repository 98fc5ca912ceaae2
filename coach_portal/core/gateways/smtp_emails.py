"""Emails through an SMTP server."""

import smtplib
import ssl
from contextlib import suppress

from coach_portal.core.errors import EmailError, EmailOutcomeUnknown
from coach_portal.core.gateways.email_address import Way
from coach_portal.core.gateways.letters import letter

TIMEOUT = 10.0
"""Seconds for each step of the conversation."""
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class SmtpEmails:
    """Fills `ports.EmailSender`. A connection for each email: there are few, and a kept one goes stale."""

    def __init__(self, way: Way, from_: str) -> None:
        self._way, self._from = way, from_

    def send_email(self, *, to: str, subject: str, body: str, email_id: int) -> None:
        """Hand over one email; see `ports.EmailSender`."""
        message = letter(to=to, from_=self._from, subject=subject, body=body, email_id=email_id)
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise _refusal(error, handed_over=False) from error
        try:
            server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            server.close()
            raise _refusal(error, handed_over=True) from error
        with suppress(OSError, smtplib.SMTPException):  # it is taken, whatever the goodbye is like
            server.quit()

    def forget_email(self, email_id: int) -> None:
        """Nothing to do: an email that left is its reader's."""

    def _connect(self) -> smtplib.SMTP:
        way = self._way
        if way.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                way.host, way.port, timeout=TIMEOUT, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(way.host, way.port, timeout=TIMEOUT)
        try:
            self._begin(server)
        except BaseException:
            server.close()
            raise
        return server

    def _begin(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        secret = self._way.scheme == "smtps"
        if not secret and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
            secret = True
        if self._way.user:
            if not secret and self._way.host not in THIS_MACHINE:
                raise smtplib.SMTPNotSupportedError  # a password in the clear
            server.login(self._way.user, self._way.password)


def _refusal(error: Exception, *, handed_over: bool) -> EmailError | EmailOutcomeUnknown:
    """Our error for smtplib's. Only what the server says of this one letter is for good (RFC 5321, 4.2.1: 5yz)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return EmailError(str(codes[0]), permanent=all(code >= 500 for code in codes))
    if isinstance(error, smtplib.SMTPResponseException):
        return EmailError(str(error.smtp_code), permanent=handed_over and error.smtp_code >= 500)
    if handed_over:
        return EmailOutcomeUnknown(type(error).__name__)
    return EmailError(type(error).__name__, permanent=False)
