"""The product in three minutes, as a visitor lives it: the real demo, its carrier and its clock, in Chromium.

One story in one test, because each step stands on the one before.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import LAPTOP
from tests.demo import Demo, furnished, next_wednesday
from tests.ports import free_port

NADIA = {"Name": "Nadia Brandt", "Mobile number": "+1 617 555 0187", "Time zone": "America/New_York"}
QUESTION = re.compile("5 squats")


@pytest.fixture
def demo(tmp_path):
    """The demo, on a Wednesday morning."""
    running = Demo(furnished(tmp_path / "data", next_wednesday()), free_port()).start()
    yield running
    running.end()


@pytest.fixture
def visit(chromium, demo):
    """Opens a window that is signed in."""
    context = chromium.new_context(base_url=demo.address, viewport=LAPTOP)
    context.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    _sign_in(context.new_page(), demo)
    yield lambda path: _open(context.new_page(), path)
    context.close()


def test_a_visitor_lives_the_whole_loop(visit) -> None:
    coach = visit("/clients/new")
    _fill(coach, NADIA, "Send the invitation")
    expect(coach.get_by_role("heading", level=1)).to_have_text("Nadia Brandt")

    phones = visit("/phones")
    nadia = phones.get_by_label("Nadia’s phone")
    expect(nadia).to_contain_text("Reply YES to begin")
    _text(nadia, "YES")
    expect(nadia).to_contain_text("welcome, Nadia")

    _agree(coach)
    _move(phones, "#evening", nadia)
    expect(nadia.get_by_text(QUESTION).last).to_be_visible()

    coach.evaluate("window.neverReloaded = true")
    _text(nadia, "did 3!")
    expect(nadia.get_by_text("3 squats").last).to_be_visible()
    expect(coach.get_by_text(re.compile("3 (of 5 )?squats, today")).first).to_be_visible()
    assert coach.evaluate("window.neverReloaded") is True

    _move(phones, "#sunday", nadia)
    expect(nadia).to_contain_text("5 squats 1 of 5 days")
    _text(nadia, "the small ones count, I had forgotten that")
    expect(coach.get_by_text("the small ones count, I had forgotten that").first).to_be_visible()

    _text(nadia, "STOP")
    expect(coach.get_by_text(re.compile("opted out|no more texts", re.I)).first).to_be_visible()
    texts = nadia.locator(".from").count()
    _move(phones, "#on", nadia)
    _move(phones, "#evening", nadia)
    assert nadia.locator(".from").count() == texts


def _sign_in(page: Page, demo: Demo) -> None:
    page.goto("/sign-in")
    _fill(page, {"Email": demo.told("Sign in"), "Password": demo.told("Password")}, "Sign in")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def _open(page: Page, path: str) -> Page:
    page.goto(path)
    return page


def _fill(page: Page, fields: dict[str, str], button: str) -> None:
    for label, value in fields.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name=button).click()


def _text(phone: Locator, words: str) -> None:
    phone.get_by_role("textbox").fill(words)
    phone.get_by_role("button", name="Send").click()


def _agree(coach: Page) -> None:
    """A goal of five squats, asked about at six in the evening."""
    client = coach.url.split("?")[0].split("#")[0]
    coach.goto(f"{client}/goals/new")
    _fill(coach, {"Tiny action": "5 squats", "Anchor": "after I brush my teeth"}, "Agree this goal")
    coach.goto(f"{client}/schedules/new")
    _fill(coach, {"Time": "18:00"}, "Save")
    coach.goto(client)


def _move(phones: Page, button: str, phone: Locator) -> None:
    """Move the clock on, and wait until it has arrived."""
    phones.locator(button).click()
    expect(phones.locator("#clock")).to_contain_text("Moved on")
