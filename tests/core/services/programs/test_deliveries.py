"""Events reach the practice's programs, at least once and in order, and are given up in the end."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest

from coach_portal.core.errors import Invalid, PostError
from coach_portal.core.models import tables
from coach_portal.core.rules import events as rules
from coach_portal.core.services.programs import endpoints
from tests.cast import NOW
from tests.core.services.programs.conftest import HERE
from tests.rows import row, rows

THERE = "https://elsewhere.example.com/events"


@pytest.fixture
def endpoint(programs, story):
    """The id of an endpoint; Ruth has a goal."""
    story.goal()
    return programs.add()


def test_a_win_is_posted_once(story, programs, endpoint):
    story.text("did 5 squats")
    assert programs.tell() == {"posted": 1, "failed": 0}
    assert programs.tell() == {"posted": 0, "failed": 0}
    (told,) = programs.told()
    assert (told["kind"], told["number"], told["id"]) == ("win.logged", 1, "evt_1_1")
    assert told["data"]["amount"] == 5


def test_no_words_go_along_unless_the_owner_says_so(story, programs, endpoint):
    programs.add(THERE, with_words=True)
    story.text("did 5 squats")
    programs.tell()
    assert all("title" not in event["data"] for event in programs.told())
    assert {event["data"]["title"] for event in programs.told(THERE)} == {"5 squats"}


def test_an_endpoint_gets_the_kinds_it_wants(story, programs):
    story.goal()
    programs.add(kinds=["consent.revoked"])
    story.text("did 5 squats")
    story.text("STOP")
    programs.tell()
    assert programs.kinds() == ["consent.revoked"]


def holds(secret, headers, body):
    """Whether one of the signatures is made with this secret, as docs/api.md tells to look."""
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mine = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
    return f"v1,{mine}" in headers["webhook-signature"].split(" ")


def secret_now(story):
    """The secret of the only endpoint."""
    return rules.secret_of(story.wired.settings.secret_key, row(story.wired.database, tables.endpoint).salt)


def test_a_delivery_is_signed_and_while_rotating_with_both_secrets(story, programs, endpoint):
    old = secret_now(story)
    programs.on_endpoint(endpoints.rotate, endpoint)
    new = secret_now(story)
    story.text("did 5 squats")
    programs.tell()
    _, body, headers = story.wired.posts.posted[-1]
    assert holds(old, headers, body)
    assert holds(new, headers, body)
    assert not holds(new, headers, body + b" ")
    story.text("undo")
    programs.tell(hours=25)
    _, body, headers = story.wired.posts.posted[-1]
    assert holds(new, headers, body)
    assert not holds(old, headers, body)


@pytest.mark.parametrize("answer", [500, 301, 404, PostError("too_slow")])
def test_what_is_not_taken_is_tried_again_with_growing_pauses(story, programs, endpoint, answer):
    story.wired.posts.statuses[HERE] = answer
    story.text("did 5 squats")
    assert programs.tell() == {"posted": 0, "failed": 1}
    assert programs.tell(seconds=9) == {"posted": 0, "failed": 0}
    assert programs.tell(seconds=1) == {"posted": 0, "failed": 1}
    assert programs.tell(seconds=59) == {"posted": 0, "failed": 0}
    story.wired.posts.statuses.clear()
    assert programs.tell(seconds=1) == {"posted": 1, "failed": 0}
    assert row(story.wired.database, tables.event_delivery).status == "200"
    assert row(story.wired.database, tables.endpoint).failing_since is None


def test_an_endpoint_that_is_away_is_asked_once_a_pass_and_holds_up_no_other(story, programs, endpoint):
    programs.add(THERE)
    story.wired.posts.statuses[HERE] = PostError("too_slow")
    story.text("did 5 squats")
    story.text("undo")
    assert programs.tell() == {"posted": 2, "failed": 1}
    assert programs.kinds(THERE) == ["win.logged", "win.undone"]


def test_after_three_days_of_failure_it_is_switched_off_and_the_owner_told(story, programs, endpoint):
    story.wired.posts.statuses[HERE] = 503
    story.text("did 5 squats")
    programs.tell()
    programs.tell(days=1)
    assert row(story.wired.database, tables.endpoint).disabled_at is None
    programs.tell(days=2)
    kept = row(story.wired.database, tables.endpoint)
    assert kept.disabled_at == story.wired.clock.now()
    letter = row(story.wired.database, tables.email, kind="endpoint")
    assert letter.to_address == "alice@example.com"
    assert HERE in letter.body
    tried = len(story.wired.posts.posted)
    programs.tell(days=1)
    assert len(story.wired.posts.posted) == tried


def test_what_was_missed_is_there_to_be_posted_again(story, programs, endpoint):
    story.change(tables.endpoint, endpoint, disabled_at=story.wired.clock.now())
    story.text("did 5 squats")
    story.text("undo")
    programs.tell()
    assert programs.kinds() == []
    programs.on_endpoint(endpoints.enable, endpoint)
    assert programs.on_endpoint(endpoints.replay, endpoint) == 2
    programs.tell()
    assert programs.kinds() == ["win.logged", "win.undone"]


def test_one_delivery_can_be_posted_again_under_the_same_name(story, programs, endpoint):
    story.text("did 5 squats")
    programs.tell()
    (delivery,) = rows(story.wired.database, tables.event_delivery)
    programs.on_endpoint(endpoints.replay, endpoint, delivery.id)
    programs.tell()
    first, second = programs.told()
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
def test_an_address_that_leads_inside_is_refused(programs, url):
    with pytest.raises(Invalid):
        programs.add(url)


def test_only_the_demo_posts_to_its_own_machine(programs):
    with pytest.raises(Invalid):
        programs.add("http://localhost:8000/events")
    programs.add("http://localhost:8000/events", own=True)
