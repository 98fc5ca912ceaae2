"""What happens on a page by itself, and that everything that matters works without a script."""

import re
from datetime import date

from playwright.sync_api import expect
from sqlalchemy import select

from coach_portal.core.models import Client, Goal, Message
from tests.web import history

TODAY = date(2026, 11, 18)


def test_win_lands_in_the_strip_without_a_reload(portal, signed_in):
    now, ruth = portal.clock.now(), portal.cast.ruth
    with portal.database.session() as session:
        goal_id = history.goal(session, ruth, now).id
    page = signed_in(f"/clients/{ruth}")
    page.get_by_label("Text Ruth").fill("A line I have only begun")
    mark = page.locator(f"[data-mark='{goal_id}-{TODAY}']")
    expect(mark).to_have_attribute("data-kind", "not_asked")
    with portal.database.session() as session:
        message = history.text_from(session, ruth, "did 5!", now, {"acts": ["win"], "wins": [{"start": 0, "end": 6}]})
        history.win(session, session.get_one(Goal, goal_id), TODAY, now, 5, message)
    expect(mark).to_have_attribute("data-kind", "done", timeout=10_000)
    expect(mark.locator(".glyph")).to_have_class(re.compile("lands"))
    expect(page.get_by_text("did 5!")).to_be_visible()
    expect(page.get_by_label("Text Ruth")).to_have_value("A line I have only begun")


def test_page_says_it_when_she_opts_out(portal, signed_in):
    page = signed_in(f"/clients/{portal.cast.ruth}")
    page.get_by_label("Text Ruth").fill("A line I have only begun")
    with portal.database.session() as session:
        session.get_one(Client, portal.cast.ruth).consent = "revoked"
    expect(page.get_by_text("Ruth opted out").first).to_be_visible(timeout=10_000)
    expect(page.get_by_role("button", name="Send now")).to_have_count(0)
    expect(page.get_by_text("A line I have only begun")).to_be_visible()


def test_whoever_is_signed_out_meanwhile_stands_at_the_door(portal, signed_in):
    page = signed_in(f"/clients/{portal.cast.ruth}")
    portal.clock.move_on(hours=13)
    expect(page).to_have_url(re.compile("/sign-in"), timeout=10_000)


def test_weight_is_told_while_writing(portal, signed_in):
    page = signed_in(f"/clients/{portal.cast.ruth}")
    page.get_by_label("Text Ruth").fill("x" * 200)
    expect(page.locator("output")).to_have_text("2 segments, 106 characters left in the last, $0.025")


def test_check_in_is_shown_while_the_goal_is_written(portal, signed_in):
    page = signed_in(f"/clients/{portal.cast.ruth}/goals/new")
    page.get_by_label("Tiny action").fill("two lines")
    page.get_by_label("Anchor").fill("after the kettle")
    expect(page.locator("#preview")).to_contain_text("two lines, after the kettle")


def test_everything_that_matters_works_without_a_script(portal, signed_in):
    page = signed_in("/clients/new", java_script_enabled=False)
    page.get_by_label("Name", exact=True).fill("Eli Brandt")
    page.get_by_label("Mobile number").fill("+1 617 555 0112")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("heading", name="Eli Brandt")).to_be_visible()
    page.get_by_role("link", name="Agree the first goal").click()
    page.get_by_label("Tiny action").fill("5 squats")
    page.get_by_role("button", name="Agree this goal").click()
    page.get_by_label("Time", exact=True).fill("08:30")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Check-in, every day at 8:30")).to_be_visible()
    page.goto(f"/clients/{portal.cast.ruth}")
    page.get_by_label("Text Ruth").fill("Well done")
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_text("Waiting to be sent")).to_be_visible()
    with portal.database.reading() as session:
        assert session.scalars(select(Message.body).where(Message.kind == "by_hand")).all() == ["Well done"]


def test_whoever_says_yes_can_be_written_to_at_once(portal, signed_in):
    with portal.database.session() as session:
        session.get_one(Client, portal.cast.ruth).consent = "invited"
    page = signed_in(f"/clients/{portal.cast.ruth}")
    expect(page.get_by_text("Ruth has not said YES yet.").first).to_be_visible()
    with portal.database.session() as session:
        session.get_one(Client, portal.cast.ruth).consent = "granted"
    page.get_by_label("Text Ruth").fill("Welcome")
    expect(page.locator("output")).to_have_text("7 of 160 characters, $0.012")
