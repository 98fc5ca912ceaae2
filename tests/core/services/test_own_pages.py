"""A client asks for their page by text and gets a link that opens it for a while, until either closes it."""

import re
from datetime import timedelta

import pytest

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Client, tables
from coach_portal.core.rules.sms_text import segments
from coach_portal.core.services.people import own_pages
from tests.story import local

LINK = re.compile(r"https://portal\.example\.com/me/([\w-]{24})")


@pytest.fixture
def asked(story):
    """Ruth texts on a Monday morning."""
    story.wired.clock.move_to(local("2026-11-16 08:00"))
    story.goal("5 squats", amount=5, unit="squats")
    return story


def opens(story, token):
    """Whether a link opens Ruth's page now."""
    with story.wired.database.reading() as session:
        try:
            return own_pages.opened_by(session, token, story.wired.clock.now()).id == story.cast.ruth
        except NotFound:
            return False


def sent(story):
    """The token in the last text to her phone."""
    return LINK.search(story.phone()[-1])[1]


def test_my_page_brings_the_link_in_one_text(asked):
    asked.text("my page")
    assert asked.phone()[-1].startswith("Your page, Ruth: https://portal.example.com/me/")
    assert segments(asked.phone()[-1]).count == 1
    assert opens(asked, sent(asked))


def test_it_is_sent_in_spanish(asked):
    with asked.wired.database.session() as session:
        session.get_one(Client, asked.cast.ruth).locale = "es"
    asked.text("Mándame mi página, por favor")
    assert asked.phone()[-1].startswith("Lo tuyo, Ruth: https://portal.example.com/me/")
    assert "hasta el 16 de diciembre" in asked.phone()[-1]
    assert segments(asked.phone()[-1]).count == 1


def test_what_else_the_text_says_is_logged(asked):
    asked.text("did 5 squats. my page please")
    assert len(asked.rows(tables.win)) == 1
    assert LINK.search(asked.phone()[-1])


def test_a_page_of_a_book_is_no_wish(asked):
    asked.goal("2 pages", amount=2, unit="pages")
    asked.text("1 page")
    assert not LINK.search(asked.phone()[-1])


def test_a_newer_link_shuts_the_one_before(asked):
    asked.text("my page")
    first = sent(asked)
    asked.text("send me my page")
    assert sent(asked) != first
    assert not opens(asked, first)


def test_it_ends_by_itself(asked):
    asked.text("my page")
    asked.wired.clock.move_to(asked.wired.clock.now() + timedelta(days=31))
    assert not opens(asked, sent(asked))


def test_whoever_opted_out_gets_no_link(asked):
    asked.text("STOP")
    before = asked.phone()
    asked.text("my page")
    assert asked.phone() == before
