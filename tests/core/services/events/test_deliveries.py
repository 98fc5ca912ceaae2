"""Events reach the practice's software, at least once and in order, and are given up in the end."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest

from coach_portal.core.errors import Invalid, PostError
from coach_portal.core.models import tables
from coach_portal.core.rules import events as rules
from coach_portal.core.services.events import endpoints
from tests.cast import NOW
from tests.core.services.events.conftest import HERE
from tests.rows import row, rows

THERE = "https://elsewhere.example.com/events"


@pytest.fixture
def endpoint(software, story):
    """The id of an endpoint; Ruth has a goal."""
    story.goal()
    return software.add()


def test_a_win_is_posted_once(story, software, endpoint):
    story.text("did 5 squats")
    assert software.tell() == {"posted": 1, "failed": 0}
    assert software.tell() == {"posted": 0, "failed": 0}
    (told,) = software.told()
    assert (told["kind"], told["number"], told["id"]) == ("win.logged", 1, "evt_1_1")
    assert told["data"]["amount"] == 5


def test_no_words_go_along_unless_the_owner_says_so(story, software, endpoint):
    software.add(THERE, with_words=True)
    story.text("did 5 squats")
    software.tell()
    assert all("title" not in event["data"] for event in software.told())
    assert {event["data"]["title"] for event in software.told(THERE)} == {"5 squats"}


def test_an_endpoint_gets_the_kinds_it_wants(story, software):
    story.goal()
    software.add(kinds=["consent.revoked"])
    story.text("did 5 squats")
    story.text("STOP")
    software.tell()
    assert software.kinds() == ["consent.revoked"]


def holds(secret, headers, body):
    """Whether one of the signatures is made with this secret, as docs/api.md tells to look."""
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mine = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
    return f"v1,{mine}" in headers["webhook-signature"].split(" ")


def secret_now(story):
    """The secret of the only endpoint."""
    return rules.secret_of(story.wired.settings.secret_key, row(story.wired.database, tables.endpoint).salt)


def test_a_delivery_is_signed_and_while_rotating_with_both_secrets(story, software, endpoint):
    old = secret_now(story)
    software.on_endpoint(endpoints.rotate, endpoint)
    new = secret_now(story)
    story.text("did 5 squats")
    software.tell()
    _, body, headers = story.wired.posts.posted[-1]
    assert holds(old, headers, body)
    assert holds(new, headers, body)
    assert not holds(new, headers, body + b" ")
    story.text("undo")
    software.tell(hours=25)
    _, body, headers = story.wired.posts.posted[-1]
    assert holds(new, headers, body)
    assert not holds(old, headers, body)


@pytest.mark.parametrize("answer", [500, 301, 404, PostError("too_slow")])
def test_what_is_not_taken_is_tried_again_with_growing_pauses(story, software, endpoint, answer):
    story.wired.posts.statuses[HERE] = answer
    story.text("did 5 squats")
    assert software.tell() == {"posted": 0, "failed": 1}
    assert software.tell(seconds=9) == {"posted": 0, "failed": 0}
    assert software.tell(seconds=1) == {"posted": 0, "failed": 1}
    assert software.tell(seconds=59) == {"posted": 0, "failed": 0}
    story.wired.posts.statuses.clear()
    assert software.tell(seconds=1) == {"posted": 1, "failed": 0}
    assert row(story.wired.database, tables.event_delivery).status == "200"
    assert row(story.wired.database, tables.endpoint).failing_since is None


def test_an_endpoint_that_is_away_is_asked_once_a_pass_and_holds_up_no_other(story, software, endpoint):
    software.add(THERE)
    story.wired.posts.statuses[HERE] = PostError("too_slow")
    story.text("did 5 squats")
    story.text("undo")
    assert software.tell() == {"posted": 2, "failed": 1}
    assert software.kinds(THERE) == ["win.logged", "win.undone"]


def test_after_three_days_of_failure_it_is_switched_off_and_the_owner_told(story, software, endpoint):
    story.wired.posts.statuses[HERE] = 503
    story.text("did 5 squats")
    software.tell()
    software.tell(days=1)
    assert row(story.wired.database, tables.endpoint).disabled_at is None
    software.tell(days=2)
    kept = row(story.wired.database, tables.endpoint)
    assert kept.disabled_at == story.wired.clock.now()
    letter = row(story.wired.database, tables.email, kind="endpoint")
    assert letter.to_address == "alice@example.com"
    assert HERE in letter.body
    tried = len(story.wired.posts.posted)
    software.tell(days=1)
    assert len(story.wired.posts.posted) == tried


def test_what_was_missed_is_there_to_be_posted_again(story, software, endpoint):
    story.change(tables.endpoint, endpoint, disabled_at=story.wired.clock.now())
    story.text("did 5 squats")
    story.text("undo")
    software.tell()
    assert software.kinds() == []
    software.on_endpoint(endpoints.enable, endpoint)
    assert software.on_endpoint(endpoints.replay, endpoint) == 2
    software.tell()
    assert software.kinds() == ["win.logged", "win.undone"]


def test_one_delivery_can_be_posted_again_under_the_same_name(story, software, endpoint):
    story.text("did 5 squats")
    software.tell()
    (delivery,) = rows(story.wired.database, tables.event_delivery)
    software.on_endpoint(endpoints.replay, endpoint, delivery.id)
    software.tell()
    first, second = software.told()
    assert first == second


def test_ten_tries_in_just_under_three_days():
    now, tries, passed = NOW, 1, timedelta()
    while (again := rules.next_try(tries, now)) is not None:
        passed, tries = passed + (again - now), tries + 1
    assert tries == 10
    assert timedelta(days=2.5) < passed < timedelta(days=3)


@pytest.mark.parametrize(
    "url",
    ["http://example.com/", "https://localhost/", "https://10.0.0.1/", "https://169.254.169.254/", "https://[::1]/",
     "https://user:word@example.com/", "ftp://example.com/", "https://", "https://internal/", "https://example.com/#x",
     "https://[::ffff:10.0.0.1]/", "javascript:alert(1)", "https://exa mple.com/", "https://[64:ff9b::a00:1]/"],
)  # fmt: skip
def test_an_address_that_leads_inside_is_refused(software, url):
    with pytest.raises(Invalid):
        software.add(url)


def test_only_the_demo_posts_to_its_own_machine(software):
    with pytest.raises(Invalid):
        software.add("http://localhost:8000/events")
    software.add("http://localhost:8000/events", own=True)
