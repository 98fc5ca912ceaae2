"""A week of calls, as a visitor lives it on the demo's phones: words, keys, a machine, the 9, danger said aloud."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from coach_portal.core.models import CheckInSchedule, Client, Coach
from coach_portal.core.services.calls import agreeing
from coach_portal.web import assets
from tests.browser.conftest import LAPTOP
from tests.cast import PASSWORD
from tests.infra.local.tabletop import Tabletop, tabletop

PATIENCE = 20_000


@pytest.fixture
def table(tmp_path):
    """Ruth's phone on the table, and her check-in at nine."""
    assets.main()
    with tabletop(tmp_path) as table:
        yield table


@pytest.fixture
def visit(chromium, table):
    """Opens a window that is signed in."""
    port = table.machine.port
    context = chromium.new_context(base_url=f"http://127.0.0.1:{port}", viewport=LAPTOP)
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Email").fill("alice@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    yield lambda path: _open(context.new_page(), path)
    context.close()


def test_a_week_of_calls(visit, table) -> None:
    coach = visit(f"/clients/{table.cast.ruth}/calls")
    coach.get_by_role("button", name="That is so").click()
    expect(coach.get_by_role("heading", level=1)).to_have_text("Ruth may be called")
    _choose_calls(coach, table)

    phones = visit("/phones")
    ruth = phones.get_by_label("Ruth’s calls")
    _next_nine(phones, table)
    ruth.get_by_role("button", name="Answer", exact=True).click()
    expect(ruth).to_contain_text("This is Alice's check-in, an automatic call from Moreau Coaching")
    ruth.get_by_label("Say as Ruth").fill("I did two of them")
    ruth.get_by_role("button", name="Say", exact=True).click()
    expect(ruth).to_contain_text(re.compile("2 (of 5 )?squats"))
    ruth.get_by_role("button", name="Hang up").click()
    coach.goto(f"/clients/{table.cast.ruth}")
    expect(coach.get_by_text("Said on a call").first).to_be_visible()

    _next_nine(phones, table)
    ruth.get_by_role("button", name="Answer", exact=True).click()
    ruth.get_by_role("button", name="1", exact=True).click()
    expect(ruth).to_contain_text("5 squats")
    ruth.get_by_role("button", name="Hang up").click()

    _next_nine(phones, table)
    ruth.get_by_role("button", name="Machine").click()
    expect(phones.get_by_label("Ruth’s texts")).to_contain_text("5 squats")

    _next_nine(phones, table)
    ruth.get_by_role("button", name="Answer", exact=True).click()
    ruth.get_by_role("button", name="9", exact=True).click()
    expect(ruth).to_contain_text("You will get no more calls from Moreau Coaching")
    ruth.get_by_role("button", name="Hang up").click()

    _agree_again(table)
    _next_nine(phones, table)
    ruth.get_by_role("button", name="Answer", exact=True).click()
    ruth.get_by_label("Say as Ruth").fill("I do not want to live any more")
    ruth.get_by_role("button", name="Say", exact=True).click()
    ruth.get_by_text("The last call").click()
    expect(ruth).to_contain_text("9 8 8")
    expect(phones.get_by_label("Ruth’s texts")).to_contain_text("988")


def _choose_calls(coach: Page, table: Tabletop) -> None:
    with table.database.reading() as session:
        asked = select(CheckInSchedule.id).where(
            CheckInSchedule.kind == "check_in", CheckInSchedule.removed_at.is_(None)
        )
        schedule_id = session.scalars(asked).one()
    coach.goto(f"/clients/{table.cast.ruth}/schedules/{schedule_id}")
    coach.locator("label", has_text="By call").click()
    coach.get_by_role("button", name="Save").click()
    expect(coach.get_by_text("by call").first).to_be_visible()


def _next_nine(phones: Page, table: Tabletop) -> None:
    """The clock goes on to the next nine o'clock, and the phone rings."""
    now = table.clock.now()
    nine = now.replace(hour=14, minute=0, second=0, microsecond=0)
    nine += timedelta(days=1) if nine <= now else timedelta()
    table.move_to(nine)
    expect(phones.get_by_label("Ruth’s calls")).to_contain_text("The phone rings")


def _agree_again(table: Tabletop) -> None:
    with table.database.session() as session:
        alice, ruth = session.get_one(Coach, table.cast.alice), session.get_one(Client, table.cast.ruth)
        agreeing.told(session, alice, ruth, table.clock.now())


def _open(page: Page, path: str) -> Page:
    page.goto(path)
    return page
