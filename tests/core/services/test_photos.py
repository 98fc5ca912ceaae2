"""A photo that a client sends: noted with the text, fetched once, kept anew, and tried again while it cannot be had."""

import pytest

from coach_portal.core.errors import PhotoError
from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.rules.photos import attachments
from coach_portal.core.services.records import erasure
from functions import fetch_photos, receive_sms
from tests import webhooks
from tests.cast import ALICES_NUMBER, RUTHS_PHONE
from tests.photos import opened, photo

FIRST, SECOND = "ME" + "a" * 32, "ME" + "b" * 32
SID = "MM" + "c" * 32


def send(story, body="", *media, sender=RUTHS_PHONE, sid=SID):
    """Ruth sends photos, by their ids at the carrier."""
    urls = {
        f"MediaUrl{place}": f"https://api.twilio.com/2010-04-01/Accounts/ACx/Messages/{sid}/Media/{one}"
        for place, one in enumerate(media)
    }
    form = {"MessageSid": sid, "From": sender, "To": ALICES_NUMBER, "Body": body, "NumMedia": str(len(media)), **urls}
    receive_sms.handler(webhooks.sms(story.wired.settings, **form), None)
    story.send()


def fetch(story):
    """What the fetching answers."""
    return fetch_photos.handler(webhooks.event("schedule"), None)["kept"]


@pytest.fixture
def there(story):
    """The carrier has them."""
    story.wired.media.there |= {FIRST: photo(), SECOND: photo((100, 50))}
    return story


def test_a_photo_is_fetched_by_its_ids_and_kept(there):
    send(there, "look", FIRST)
    assert fetch(there) == 1
    assert there.wired.media.asked == [(None, SID, FIRST)]
    kept = there.row(tables.photo)
    assert (kept.state, kept.width, kept.height, kept.client_id) == ("kept", 640, 480, there.cast.ruth)
    assert opened(there.wired.files.get(f"{kept.name}.jpg")).size == (640, 480)
    assert there.wired.files.get(f"{kept.name}-small.jpg")


def test_several_are_kept_in_their_order(there):
    send(there, "", FIRST, SECOND)
    assert fetch(there) == 2
    assert [one.width for one in there.rows(tables.photo)] == [640, 100]


def test_the_same_text_come_twice_is_one_photo(there):
    for _ in range(2):
        send(there, "look", FIRST)
    assert fetch(there) == 1
    assert fetch(there) == 0


def test_words_beside_a_photo_are_a_report_like_any(there):
    goal = there.goal("5 squats")
    send(there, "did 5 squats", FIRST)
    assert there.row(tables.win).goal_id == goal
    assert there.row(tables.win).message_id == there.row(tables.photo).message_id


def test_what_cannot_be_had_now_is_asked_for_later(there):
    there.wired.media.refusing = PhotoError("http_503", permanent=False)
    send(there, "look", FIRST)
    assert fetch(there) == 0
    there.wired.media.refusing = None
    assert fetch(there) == 0
    there.wired.clock.move_on(minutes=1)
    assert fetch(there) == 1


def test_in_the_end_it_is_given_up(there):
    there.wired.media.refusing = PhotoError("http_503", permanent=False)
    send(there, "look", FIRST)
    for _ in range(8):
        fetch(there)
        there.wired.clock.move_on(hours=5)
    assert len(there.wired.media.asked) == 6
    assert (there.row(tables.photo).state, there.row(tables.photo).reason) == ("refused", "http_503")


def test_what_is_no_photo_is_refused_for_good(there):
    there.wired.media.there[FIRST] = b"<script>alert(1)</script>"
    send(there, "look", FIRST)
    fetch(there)
    assert (there.row(tables.photo).state, there.row(tables.photo).reason) == ("refused", "unreadable")


def test_a_process_that_dies_over_one_gives_it_back(there):
    there.wired.media.refusing = RuntimeError("dies here")
    send(there, "look", FIRST)
    fetch(there)
    there.wired.media.refusing = None
    there.wired.clock.move_on(minutes=5)
    assert fetch(there) == 1


def test_a_strangers_photo_is_not_fetched(there):
    send(there, "look", FIRST, sender="+16175550177")
    assert there.rows(tables.photo) == []


@pytest.mark.parametrize(
    ("form", "found"),
    [
        ({"NumMedia": "1"}, [""]),
        ({"NumMedia": "1", "MediaUrl0": "http://169.254.169.254/latest"}, [""]),
        ({"NumMedia": "1", "MediaUrl0": f"https://evil.example/Media/{FIRST}"}, [FIRST]),
        ({"NumMedia": "99", "MediaUrl0": "x"}, [""] * 10),
        ({"NumMedia": "many"}, []),
        ({}, []),
    ],
)
def test_of_an_address_that_was_posted_only_the_id_counts(form, found):
    assert attachments(form) == found


def test_one_without_an_address_is_told_as_missing(there):
    send(there, "look", "nothing")
    assert (there.row(tables.photo).state, there.row(tables.photo).reason) == ("refused", "no_address")


def test_whoever_is_forgotten_takes_their_photos_along(there):
    send(there, "look", FIRST)
    fetch(there)
    name = there.row(tables.photo).name
    with there.wired.database.session() as session:
        alice, ruth = session.get_one(Coach, there.cast.alice), session.get_one(Client, there.cast.ruth)
        erasure.erase_client(session, alice, ruth, "Ruth Adeyemi", there.wired.clock.now(), strike=False)
    assert there.rows(tables.photo) == []
    left = {row.name for row in there.rows(tables.leftover, what="file")}
    assert {f"{name}.jpg", f"{name}-small.jpg"} <= left
