"""Emails that leave nowhere: one machine without a mail server, and the demo. Each is kept as a file to be read."""

import logging
import os
from pathlib import Path

from coach_portal.core.gateways.letters import letter

log = logging.getLogger(__name__)

FROM = "Coach Portal <portal@localhost>"


class ConsoleEmails:
    """Fills `ports.EmailSender`; keeps each email in `folder`, readable for its owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send_email(self, *, to: str, subject: str, body: str, email_id: int) -> None:
        """Keep it, and say in the log that it is there."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(email_id)
        written = bytes(letter(to=to, from_=FROM, subject=subject, body=body, email_id=email_id))
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
            opened.write(written)
        log.info("email kept, since EMAIL_URL is not set", extra={"email": email_id, "file": str(file)})

    def forget_email(self, email_id: int) -> None:
        """Remove its file."""
        self._file(email_id).unlink(missing_ok=True)

    def _file(self, email_id: int) -> Path:
        return self._folder / f"{email_id:06}.eml"
