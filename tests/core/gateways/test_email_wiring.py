"""EMAIL_URL decides how email leaves."""

import stat
from email import message_from_bytes

import pytest

from coach_portal.core.errors import SettingMissing
from coach_portal.core.gateways import email_address
from coach_portal.core.gateways.wiring import email_sender

FROM = "Moreau Coaching <portal@example.com>"


def test_without_an_address_emails_are_kept_as_files_for_their_owner_alone(tmp_path):
    email_sender("", "", data_dir=tmp_path).send_email(
        to="alice@example.com", subject="Hello", body="Open the portal.", email_id=12
    )
    (file,) = (tmp_path / "mail").iterdir()
    assert message_from_bytes(file.read_bytes())["Subject"] == "Hello"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("url", "kind"),
    [("ses:", "SesEmails"), ("smtp://mail.example.com", "SmtpEmails"), ("smtps://u:p@mail.example.com", "SmtpEmails")],
)
def test_each_address_has_its_gateway(url, kind, tmp_path):
    assert type(email_sender(url, FROM, data_dir=tmp_path)).__name__ == kind


@pytest.mark.parametrize(("url", "port"), [("smtp://m", 587), ("smtps://m", 465), ("smtp://m:25", 25)])
def test_the_usual_ports_need_not_be_named(url, port):
    assert email_address.read(url, FROM).port == port


def test_a_password_may_hold_any_character():
    way = email_address.read("smtp://anna%40x:p%2Fs%40s@m", FROM)
    assert (way.user, way.password) == ("anna@x", "p/s@s")


@pytest.mark.parametrize("url", ["http://mail.example.com", "smtp://", "mail.example.com", "smtp://m:many"])
def test_an_address_that_is_none_says_what_to_put_there(url):
    with pytest.raises(SettingMissing, match="EMAIL_URL must be"):
        email_address.read(url, FROM)


@pytest.mark.parametrize("from_", ["", "Moreau Coaching"])
def test_a_sender_must_be_named(from_):
    with pytest.raises(SettingMissing, match="EMAIL_FROM"):
        email_address.read("ses:", from_)
