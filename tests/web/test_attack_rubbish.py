"""Rubbish in a form, an address or a header is refused in plain words; it is never a mistake of ours."""

import pytest

from tests.web import history

ENDLESS = "9" * 5000
"""More digits than Python will read as a number."""

UNREADABLE = ["//[", "//[x", "http://[", "//[::1", "/\ud7ff[", "//" + "[" * 5000]


@pytest.fixture
def text(cast, database, now):
    """The address of a text of Ruth's that waits for a look."""
    with database.session() as session:
        history.goal(session, cast.ruth, now)
        message = history.text_from(session, cast.ruth, "did 3", now, {"wins": [], "misses": [], "confidence": 0.4})
        return f"/clients/{cast.ruth}/texts/{message.id}"


@pytest.mark.parametrize("target", UNREADABLE)
def test_address_that_is_none_leads_to_today(visitor, target):
    assert visitor.ask("GET", "/sign-in", query_string={"next": target}).status_code == 200
    assert visitor.sign_in("alice@example.com", next=target).location == "/"


def test_way_back_that_is_no_address_leads_to_today(alice, text):
    assert alice.post(f"{text}/undo", {"next": "//["}, page=text).location == "/"


@pytest.mark.parametrize("email", ["a\0b@example.com", "\0", "' OR 1=1 --", "ü" * 5000, "\ufffd@\u202e"])
def test_email_that_is_none_is_a_wrong_one(visitor, email):
    assert visitor.sign_in(email).status_code == 422


@pytest.mark.parametrize("goal", [ENDLESS, str(2**70), "-1", "²", "٣", "1.5", "x"])
def test_goal_that_is_none_is_no_goal_of_theirs(alice, text, goal):
    form = {"goal-0": goal, "state-0": "missed", "goal-1": goal, "state-1": "done", "on-1": "2026-11-18"}
    assert alice.post(text, form).status_code in {303, 422}


@pytest.mark.parametrize("answer", [f"done-{ENDLESS}", f"missed-{2**70}", "done-", "done--1", "done-²", "yes-1"])
def test_answer_that_is_none_settles_nothing(alice, text, answer):
    message_id = text.rpartition("/")[2]
    sent = alice.post(f"/review/{message_id}", {"answer": answer, "following": ENDLESS}, page=text)
    assert sent.status_code in {303, 400}


@pytest.mark.parametrize("until", ["9999-12-30", "9999-12-31", "2928-01-01"])
def test_pause_beyond_any_calendar_is_refused(alice, cast, until):
    answer = alice.post(f"/clients/{cast.ruth}/pause", {"until": until})
    assert answer.status_code == 422
    assert "leave it empty" in answer.text
