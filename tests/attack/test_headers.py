"""Line breaks and other people's headers: in names, numbers and addresses, in answers and in the log."""

import io
import json
import sys

import pytest

from coach_portal.core.logs import set_up_logs
from coach_portal.core.models import tables
from tests.rows import change
from tests.web.things import STOCK, filled, pages, things_of

BROKEN = 'Ruth\r\nSet-Cookie: taken=1\r\n\r\n{"level": "error"}\u2028\x85\x1b[31m'
FORGED = {
    "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "X-Forwarded-For": "6.6.6.6",
    "Host": "evil.example", "Forwarded": "host=evil.example", "X-Original-Host": "evil.example",
    "X-Rewrite-URL": "/practice", "Referer": "https://evil.example/",
    "User-Agent": 'Mozilla"}\u00e9 {"level": "error"}', "Accept-Language": "x" * 2000,
}  # fmt: skip


@pytest.fixture
def logged(logs_of_its_own, monkeypatch):
    """Everything that is logged from here on, as text."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up_logs()
    return stream.getvalue


@pytest.fixture
def ids(story):
    """Ruth, whose name breaks lines, and one of each thing of hers."""
    change(story.wired.database, tables.client, story.cast.ruth, name=BROKEN)
    with story.wired.database.session() as session:
        return things_of(session, story.cast.ruth, story.wired.clock.now())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_answer_takes_over_a_name_with_line_breaks_or_a_forged_header(app, alice, visitor, ids):
    for rule in pages(app):
        if rule.endpoint in STOCK:
            continue
        for method in {"GET", "POST"} & rule.methods:
            for browser in (alice, visitor):
                answer = browser.ask(method, filled(rule, ids), headers=FORGED)
                assert answer.status_code < 500, rule
                assert "evil.example" not in answer.text + str(answer.headers), rule
                assert_clean(answer, rule)


def assert_clean(answer, rule):
    """No header holds a line break, and every cookie is kept to this host and from scripts."""
    for name, value in answer.headers:
        assert not set("\r\n\x1b\x85\u2028") & set(name + value), (rule, name)
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert cookie.startswith("__Host-"), (rule, cookie)
        for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert flag in cookie, (rule, cookie)
        assert "Domain" not in cookie, (rule, cookie)


def test_a_line_of_the_log_is_one_line_whatever_is_in_it(story, visitor, logged):
    story.text(f"did it {BROKEN}", sender="+16175550111", sid=f"SM{1:031x}\n")
    visitor.ask("GET", "/nowhere%0d%0a{%22level%22:%22error%22}", headers={"User-Agent": FORGED["User-Agent"]})
    visitor.sign_in(BROKEN, BROKEN)
    story.report('SM1\r\n{"level": "error"}', 'sent\r\n{"level": "error"}')
    lines = logged().splitlines()
    assert lines
    assert {json.loads(line)["level"] for line in lines} <= {"info", "warning"}
    assert "\x1b" not in logged()


def test_an_email_about_a_name_with_line_breaks_has_one_subject(story):
    change(story.wired.database, tables.client, story.cast.ruth, name=BROKEN)
    story.text("I want to kill myself")
    story.tick()
    letters = story.wired.emails.sent
    assert letters
    for letter in letters:
        assert not set("\r\n") & set(letter.subject + letter.to)
