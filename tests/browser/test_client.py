"""What happened with one client, told in thirty seconds: what stands on the first screen, and what one click brings.

And the client's own page, on a phone, by its private link alone.
"""

import re
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from coach_portal.core.models import Client, Coach
from coach_portal.core.services.people import notes, own_pages
from tests.browser.conftest import LAPTOP, PHONE
from tests.core.services.test_preparation import meet
from tests.web import history

TODAY = date(2026, 11, 18)


@pytest.fixture
def ruth(portal):
    """The address of Ruth's page: three weeks of squats, a hard evening yesterday, a note."""
    now, ruth = portal.clock.now(), portal.cast.ruth
    with portal.database.session() as session:
        of = history.goal(session, ruth, now - timedelta(days=21))
        for back in range(2, 21):
            day = TODAY - timedelta(days=back)
            history.asked(session, of, day, now - timedelta(days=back))
            history.win(session, of, day, now - timedelta(days=back), 3 + back % 3)
        at = now - timedelta(hours=12)
        said = history.text_from(
            session,
            ruth,
            "not today, long shift",
            at,
            {"acts": ["miss"], "wins": [], "misses": [{"start": 0, "end": 9}]},
        )
        history.miss(session, of, TODAY - timedelta(days=1), at, said)
        alice, client = session.get_one(Coach, portal.cast.alice), session.get_one(Client, ruth)
        notes.add(session, alice, client, "Her shifts change in December", now - timedelta(days=3))
    return f"/clients/{ruth}"


@pytest.fixture
def link(portal, ruth):
    """Where Ruth's own page stands."""
    with portal.database.session() as session:
        alice, client = session.get_one(Coach, portal.cast.alice), session.get_one(Client, portal.cast.ruth)
        own_pages.send(session, alice, client, portal.address, portal.clock.now())
        return f"/me/{client.page_token}"


def test_what_happened_is_on_the_first_screen_and_its_course_one_click_away(signed_in, ruth):
    page = signed_in(ruth)
    for words in (
        re.compile(r"\d+ of \d+ days"),
        re.compile(r"Strength \d+"),
        "not today, long shift",
        re.compile("5 squats missed"),
        "Her shifts change in December",
        re.compile("No check-in is set|Nothing went out today|Quiet"),
    ):
        expect(page.get_by_text(words).first).to_be_in_viewport()
    page.get_by_role("link", name="Progress").click()
    for chart in ("day by day", "Strength week by week", "Squats on a day"):
        expect(page.get_by_role("img", name=re.compile(chart)).first).to_be_in_viewport()
    page.get_by_role("link", name="Timeline").click()
    expect(page.get_by_text("not today, long shift")).to_be_in_viewport()
    expect(page.get_by_text("Her shifts change in December")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_ready_for_the_session_in_a_minute(portal, signed_in, ruth, viewport):
    """From Today by one touch to the letter, from a claim by two to the very text, and what is agreed is kept."""
    with portal.database.session() as session:
        meet(session, portal.cast.ruth, portal.cast.alice, portal.clock.now() - timedelta(days=14))
        meet(session, portal.cast.ruth, portal.cast.alice, portal.clock.now() + timedelta(minutes=5))
    page = signed_in("/", viewport=viewport)
    page.get_by_role("link", name="Preparation for Ruth Adeyemi").click()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    for part in ("Agreed last time", "What moved, and what did not", "You might open with"):
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    expect(page.get_by_text("nothing was written down last time")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ of \d+ days")).first).to_be_visible()
    page.locator("summary").filter(has_text=re.compile("^(1|one) text$", re.IGNORECASE)).first.click()
    page.locator("details[open] a").first.click()
    expect(page.get_by_text("not today, long shift").first).to_be_in_viewport()
    page.go_back()
    page.get_by_label("What you agree", exact=True).fill("Squats before the night shift")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Squats before the night shift")).to_be_visible()


def test_charts_are_tables_for_whoever_wants_them(signed_in, ruth):
    page = signed_in(f"{ruth}/progress")
    page.get_by_text("As a table").click()
    expect(page.get_by_role("columnheader", name="Strength")).to_be_visible()
    assert Axe().run(page).violations_count == 0


def test_a_win_told_on_the_phone_is_logged_for_yesterday_and_taken_back(portal, signed_in, ruth):
    page = signed_in(ruth)
    mark = page.locator(f"[data-mark$='-{TODAY - timedelta(days=1)}']").first
    expect(mark).to_have_attribute("data-kind", "missed")
    page.get_by_role("link", name="Log a win").click()
    page.get_by_label("The day").fill(str(TODAY - timedelta(days=1)))
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_role("status").first).to_contain_text("Recorded: 5 squats, yesterday.")
    expect(mark).to_have_attribute("data-kind", "done")
    page.get_by_role("button", name="Undo").click()
    expect(mark).to_have_attribute("data-kind", "missed")


def test_a_note_begun_is_not_lost_when_the_page_moves_on(portal, signed_in, ruth):
    page = signed_in(ruth)
    page.get_by_text("Write a note").click()
    page.get_by_label("Note", exact=True).fill("Only half a thought")
    with portal.database.session() as session:
        history.text_from(session, portal.cast.ruth, "are you there?", portal.clock.now())
    expect(page.get_by_text("are you there?").first).to_be_visible(timeout=10_000)
    expect(page.get_by_label("Note", exact=True)).to_have_value("Only half a thought")


def test_her_own_page_serves_everyone_and_fits(open_page, link):
    page = open_page(link)
    for viewport in (PHONE, LAPTOP):
        for scheme in ("light", "dark"):
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{viewport} {scheme}: {found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_she_takes_a_break_and_back_without_script_or_sign_in(open_page, link):
    page = open_page(link, viewport=PHONE, java_script_enabled=False)
    page.get_by_text("Take a break").click()
    page.get_by_role("button", name="Begin the break").click()
    expect(page.get_by_text("You are on a break until 25 November.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Good to have you back.")).to_be_visible()
