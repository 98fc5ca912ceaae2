"""The ten-second story: who needs me today?"""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.web import history

TODAY = date(2026, 11, 18)


@pytest.fixture
def a_day(portal):
    """Someone in danger, a question, and forty who are fine."""
    now, ruth = portal.clock.now(), portal.cast.ruth
    with portal.database.session() as session:
        history.crowd(session, portal.cast.alice, 60, now)
        danger = history.text_from(session, ruth, "I cannot go on", now)
        history.alert(session, ruth, "risk", now, danger)
        asks = history.text_from(session, ruth + 1, "can we do thursday?", now - timedelta(hours=1))
        history.alert(session, ruth + 1, "wants_answer", now, asks)
    return ruth


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_who_needs_me_is_the_first_thing_read_and_one_touch_away(signed_in, a_day, viewport):
    page = signed_in("/", viewport=viewport)
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_contain_text("Ruth needs you now.")
    expect(headline).to_contain_text("wants an answer")
    assert headline.bounding_box()["y"] < 200
    call = page.get_by_role("link", name="Call Ruth")
    assert call.bounding_box()["y"] < viewport["height"], "seen without scrolling"
    headline.get_by_role("link", name="Ruth").first.click()
    expect(page).to_have_url(f"{page.url.split('/clients')[0]}/clients/{a_day}")


def test_one_text_to_those_ticked_and_a_way_back(signed_in, a_day, portal):
    page = signed_in("/clients?sort=name")
    page.get_by_label("Choose Client 1", exact=True).check()
    page.get_by_label("Choose Client 2", exact=True).check()
    page.get_by_role("button", name="Text them").click()
    page.get_by_label("What you write").fill("Hello {client}, see you on Friday")
    expect(page.locator("output")).to_contain_text("160 characters")
    page.get_by_role("button", name="Send two texts").click()
    expect(page.get_by_role("status")).to_contain_text("Two texts leave")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing was sent.")
