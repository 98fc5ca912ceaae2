"""Emails through a real SMTP conversation with a server on this machine."""

import pytest

from coach_portal.core.errors import EmailError, EmailOutcomeUnknown
from coach_portal.core.gateways import email_address
from coach_portal.core.gateways.smtp_emails import SmtpEmails
from tests.core.gateways.mail_server import MailServer, mail_server
from tests.ports import free_port

FROM = "Moreau Coaching <portal@example.com>"


@pytest.fixture
def server():
    with mail_server() as running:
        yield running


def emails(server: MailServer, user: str = "") -> SmtpEmails:
    url = f"smtp://{user}127.0.0.1:{server.port}"
    return SmtpEmails(email_address.read(url, FROM), FROM)


def send(server: MailServer, **changed) -> None:
    letter = {"to": "alice@example.com", "subject": "Ruth needs you now", "body": "Öffne:\nhttps://x.example/1"}
    emails(server).send_email(**{**letter, "email_id": 7, **changed})


def test_an_email_arrives_as_it_was_written(server):
    send(server)
    (letter,) = server.letters
    assert (letter["To"], letter["From"]) == ("alice@example.com", FROM)
    assert letter["Subject"] == "Ruth needs you now"
    assert letter.get_content().splitlines() == ["Öffne:", "https://x.example/1"]
    assert server.recipients == ["alice@example.com"]


def test_a_second_copy_can_be_told_as_one(server):
    send(server)
    send(server)
    assert {letter["Message-ID"] for letter in server.letters} == {"<email-7@example.com>"}


def test_no_line_of_a_subject_becomes_a_header(server):
    with pytest.raises(ValueError, match="Header"):
        send(server, subject="hello\nBcc: everyone@example.com")
    assert server.letters == []


def test_it_signs_in_where_a_user_is_named(server):
    emails(server, "anna:p%40ss@").send_email(to="alice@example.com", subject="s", body="b", email_id=1)
    assert "AUTH" in server.commands


@pytest.mark.parametrize(
    ("command", "answer", "permanent"),
    [
        ("RCPT", "550 no such person", True),
        ("RCPT", "450 mailbox busy", False),
        ("taken", "554 looks like spam", True),
        ("taken", "451 try later", False),
        ("MAIL", "451 try later", False),
        ("greeting", "554 no service here", False),
    ],
)
def test_a_refusal_is_for_good_or_for_now(server, command, answer, permanent):
    server.answers[command] = answer
    with pytest.raises(EmailError) as refused:
        send(server)
    assert (refused.value.code, refused.value.permanent) == (answer[:3], permanent)


def test_a_wrong_password_is_the_settings_fault_and_mends(server):
    server.answers["AUTH"] = "535 wrong"
    with pytest.raises(EmailError) as refused:
        emails(server, "anna:wrong@").send_email(to="alice@example.com", subject="s", body="b", email_id=1)
    assert (refused.value.code, refused.value.permanent) == ("535", False)


def test_a_server_that_hangs_up_after_taking_it_leaves_us_not_knowing(server):
    server.answers["taken"] = ""
    with pytest.raises(EmailOutcomeUnknown):
        send(server)
    assert len(server.letters) == 1


def test_a_server_that_hangs_up_while_saying_goodbye_has_taken_it(server):
    server.answers["QUIT"] = ""
    send(server)
    assert len(server.letters) == 1


def test_a_server_that_is_away_has_taken_nothing():
    with pytest.raises(EmailError) as refused:
        send(MailServer(free_port()))
    assert not refused.value.permanent


def test_a_refusal_quotes_nobody(server):
    server.answers["RCPT"] = "550 alice@example.com is unknown"
    with pytest.raises(EmailError) as refused:
        send(server)
    assert "alice" not in str(refused.value)
