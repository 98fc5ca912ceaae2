"""An email in the form in which mail servers take it."""

from email.message import EmailMessage
from email.utils import formatdate, parseaddr


def letter(*, to: str, from_: str, subject: str, body: str, email_id: int) -> EmailMessage:
    """The message, in plain text. Its Message-ID is the same at every try, so that a second copy can be told as one."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = from_, to, subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<email-{email_id}@{parseaddr(from_)[1].partition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    message.set_content(body)
    return message
