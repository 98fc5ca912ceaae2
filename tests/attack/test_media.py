"""Attachments whose posted address leads inside: it is never gone to, whatever it looks like or resolves to."""

from urllib.parse import urlsplit

import pytest

from coach_portal.core.errors import PhotoError
from coach_portal.core.gateways.twilio_media import CDN, TwilioMedia
from coach_portal.core.models import tables
from functions import fetch_photos, receive_sms
from tests import webhooks

ACCOUNT, MEDIA = "AC" + "0" * 32, "ME" + "b" * 32
INSIDE = [
    "http://169.254.169.254/latest/meta-data", "http://localhost/", "http://[::1]/", "http://[::ffff:169.254.169.254]/",
    "http://[fd00:ec2::254]/latest", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/",
    "http://0/", "http://①②⑦.⓪.⓪.①/", "http://api.twilio.com@127.0.0.1/", "https://api.twilio.com.evil.example/",
    "http://rebind.evil.example/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_", "//127.0.0.1/", "javascript:0",
    "https://api.twilio.com\\@127.0.0.1/", "https://media.twiliocdn.com:80/",
    "https://media.twiliocdn.com.", "https://MEDIA.twiliocdn.com%2eevil.example/", "\r\nHost: 127.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("named", [False, True], ids=["no id in it", "a genuine id in it"])
def test_only_the_id_is_taken_from_an_address_that_was_posted(story, named):
    for place, url in enumerate(INSIDE):
        posted = {
            "NumMedia": "1",
            "MediaUrl0": f"{url}/Media/{MEDIA}" if named else url,
            "MessageSid": f"MM{place:032x}",
        }
        receive_sms.handler(webhooks.sms(story.wired.settings, **posted), None)
    story.wired.media.there[MEDIA] = b"no photo"
    for _ in range(3):
        fetch_photos.handler({}, None)
    asked = {media for _, _, media in story.wired.media.asked}
    assert asked == ({MEDIA} if named else set())
    assert len(story.rows(tables.photo)) == len(INSIDE)


@pytest.mark.parametrize("url", INSIDE, ids=ascii)
def test_no_redirect_leads_anywhere_but_to_the_carriers_own_hosts_by_name(url):
    media = TwilioMedia(ACCOUNT, {}.get)
    with pytest.raises(PhotoError, match="elsewhere"):
        media._allowed(url)


def test_what_is_allowed_is_https_and_has_the_carriers_name_so_that_no_dns_answer_turns_it():
    """Whoever rebinds a name of Twilio's has no certificate for it: TLS is checked against the name."""
    assert {urlsplit(origin).scheme for origin in CDN} == {"https"}
    assert all(origin.endswith(".twiliocdn.com") for origin in CDN)
    assert TwilioMedia(ACCOUNT, {}.get)._pool.connection_pool_kw.get("cert_reqs", "CERT_REQUIRED") == "CERT_REQUIRED"
