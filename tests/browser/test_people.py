"""From an invitation to signing in with two factors, as somebody new to the practice lives it."""

import pyotp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from coach_portal.core.models import tables
from coach_portal.core.rules.links import Links
from tests.browser.conftest import PHONE
from tests.rows import row

PASSWORD = "three green umbrellas"


def link_of(portal):
    """The link in the invitation, as the mailbox shows it."""
    links = Links(portal.address, portal.app.config["SECRET_KEY"])
    body = links.written_out(row(portal.database, tables.email, kind="join").body)
    return next(word for word in body.split() if word.startswith(portal.address)).removeprefix(portal.address)


def sound(page):
    """Nothing on this page keeps anybody out, and it fits."""
    assert Axe().run(page).violations_count == 0, page.url
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, page.url


def code(portal, key):
    """What the app on the phone shows."""
    return pyotp.TOTP(key).at(int(portal.clock.machine_now().timestamp()))


def test_from_an_invitation_to_signing_in_with_two_factors(portal, signed_in, open_page):
    alice = signed_in("/practice/people")
    alice.get_by_label("Their email").fill("nora@example.com")
    alice.get_by_role("button", name="Send the invitation").click()
    expect(alice.get_by_text("The invitation is on its way")).to_be_visible()

    nora = open_page(link_of(portal), viewport=PHONE)
    sound(nora)
    nora.get_by_label("Your name").fill("Nora Weiss")
    nora.get_by_label("A password").fill(PASSWORD)
    nora.get_by_role("button", name="Join").click()
    expect(nora.get_by_text("Welcome.")).to_be_visible()
    give_password(nora)

    nora.goto("/account")
    nora.get_by_role("link", name="Set up a second factor").click()
    nora.get_by_label("Your password").fill(PASSWORD)
    nora.get_by_role("button", name="Go on").click()
    expect(nora.get_by_role("img", name="QR code")).to_be_visible()
    sound(nora)
    key = nora.locator("code.key").inner_text().replace(" ", "")
    nora.get_by_label("The six digits it shows").fill(code(portal, key))
    nora.get_by_role("button", name="Turn it on").click()
    expect(nora.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert nora.locator(".codes code").count() == 10
    sound(nora)

    portal.clock.move_on(minutes=1)
    again = open_page("/sign-in", viewport=PHONE)
    give_password(again)
    expect(again.get_by_role("heading", name="And the code")).to_be_visible()
    sound(again)
    again.get_by_label("Six digits").fill(code(portal, key))
    again.get_by_role("button", name="Sign in").click()
    expect(again.get_by_role("navigation", name="Main")).to_be_visible()


def give_password(page):
    """Fill the door's form in."""
    page.get_by_label("Email").fill("nora@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
