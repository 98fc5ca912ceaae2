"""The product in three minutes, as a visitor lives it: the real demo, its carrier and its clock, in Chromium.

Each story is one test, because each step stands on the one before. The first is README's.
"""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import LAPTOP
from tests.demo import Demo, furnished, next_wednesday
from tests.ports import free_port

NADIA = {"Name": "Nadia Brandt", "Mobile number": "+1 617 555 0187", "Time zone": "America/New_York"}
SAM = {"Name": "Sam Okoro", "Mobile number": "+1 617 555 0188", "Time zone": "America/New_York"}
IDA = {"Name": "Ida Moen", "Mobile number": "+1 617 555 0189", "Time zone": "America/New_York"}
YOU = {"--email": "you@example.com", "--name": "Ana Ruiz", "--practice": "Ruiz Coaching", "--number": "+16175550300"}
QUESTION = re.compile("5 squats")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo, on a Wednesday morning."""
    running = Demo(furnished(tmp_path_factory.mktemp("story") / "data", next_wednesday()), free_port()).start()
    yield running
    running.end()


@pytest.fixture
def windows(chromium, demo):
    """Opens windows at the demo; nobody is signed in."""
    context = chromium.new_context(base_url=demo.address, viewport=LAPTOP)
    context.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    yield lambda path: _open(context.new_page(), path)
    context.close()


@pytest.fixture
def visit(windows, demo):
    """Opens a window that is signed in."""
    _sign_in(windows("/sign-in"), demo.told("Sign in"), demo.told("Password"))
    return windows


def test_a_newcomer_makes_a_coach_a_client_a_goal_and_sees_a_first_win(windows, demo) -> None:
    _sign_in(windows("/sign-in"), YOU["--email"], _make_coach(demo))
    coach = windows("/clients/new")
    _fill(coach, SAM, "Send the invitation")
    expect(coach.get_by_role("heading", level=1)).to_have_text("Sam Okoro")

    phones = windows("/phones")
    sam = phones.get_by_label("Sam’s phone")
    expect(sam).to_contain_text("Reply YES to begin")
    _text(sam, "YES")
    expect(sam).to_contain_text("welcome, Sam")

    coach.goto(f"{coach.url.split('?')[0]}/goals/new")
    _fill(coach, {"Tiny action": "5 squats", "Anchor": "after I brush my teeth"}, "Agree this goal")
    _fill(coach, {"Time": "18:00"}, "Save")
    _text(sam, "did 5 squats")
    expect(sam.get_by_text("5 squats").last).to_be_visible()
    expect(coach.get_by_text(re.compile("5 squats, today")).first).to_be_visible()


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


def test_a_programme_is_written_looked_at_started_and_lived(visit) -> None:
    coach = visit("/clients/new")
    _fill(coach, IDA, "Send the invitation")
    phones = visit("/phones")
    ida = phones.get_by_label("Ida’s phone")
    _text(ida, "YES")
    expect(ida).to_contain_text("welcome, Ida")
    client = coach.url.split("?")[0]

    coach.goto("/programmes/new")
    _fill(coach, {"Name": "Lighter evenings"}, "Go on to its steps")
    programme = coach.url
    coach.get_by_role("link", name="Add a message").click()
    _fill(coach, {"What you write": "Tomorrow we begin, {client}.", "Time of its text": "08:15"}, "Add it")
    coach.get_by_role("link", name="Add a goal").click()
    coach.get_by_label("after they begin").check()
    goal = {"Tiny action": "Shoes by the door", "Days after that": "1", "Time of its text": "08:15"}
    _fill(coach, goal | {"What they are told that day (optional)": "From today: shoes by the door."}, "Add it")

    coach.get_by_role("link", name="See it as a calendar").click()
    expect(coach.get_by_text("Tomorrow we begin, Sam.")).to_be_visible()
    expect(coach.get_by_text("one segment, $0.012").first).to_be_visible()

    coach.goto(programme)
    coach.get_by_role("link", name="Start clients").click()
    coach.get_by_label(re.compile("Ida Moen")).check()
    coach.get_by_role("button", name="Start them").click()
    expect(coach.get_by_role("link", name="Ida Moen")).to_be_visible()

    _move(phones, "#evening", ida)
    expect(ida).to_contain_text("Tomorrow we begin, Ida.")
    _move(phones, "#evening", ida)
    _move(phones, "#evening", ida)
    expect(ida).to_contain_text("From today: shoes by the door.")
    assert ida.get_by_text("Tomorrow we begin, Ida.").count() == 1
    coach.goto(client)
    expect(coach.get_by_role("heading", name="Shoes by the door")).to_be_visible()
    expect(coach.get_by_role("link", name="Lighter evenings")).to_be_visible()


def _make_coach(demo: Demo) -> str:
    """Make a coach by the command in README, while the demo runs; answers the password it prints."""
    told = [word for option in YOU.items() for word in option]
    made = subprocess.run(
        [sys.executable, "-m", "infra.cli", "create-coach", *told],
        env=os.environ | {"DATA_DIR": str(demo.folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.split("Password: ")[1].strip()


def _sign_in(page: Page, email: str, password: str) -> None:
    _fill(page, {"Email": email, "Password": password}, "Sign in")
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
