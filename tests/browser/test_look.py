"""Every page as it is seen: on a phone and a laptop, in light and in dark, by everyone."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from coach_portal.core.services.week import digests
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.watching import Watch
from tests.core.services.test_preparation import meet
from tests.photos import photo
from tests.web import history
from tests.web.test_all_pages import NO_PAGES
from tests.web.things import LINKS, STOCK, filled, pages, things_of

TODAY = date(2026, 11, 18)


@pytest.fixture
def furnished(portal):
    """Ruth with a fortnight behind her and something that wants Alice."""
    now, ruth = portal.clock.now(), portal.cast.ruth
    with portal.database.session() as session:
        of = history.goal(session, ruth, now)
        for back in range(14):
            day = TODAY - timedelta(days=back)
            history.asked(session, of, day, now - timedelta(days=back))
            if back % 4 == 1:
                history.miss(session, of, day, now)
            elif back % 4 != 2:
                message = history.text_from(
                    session, ruth, "did 3", now - timedelta(days=back), {"wins": [{"start": 0, "end": 5}]}
                )
                history.win(session, of, day, now, 3 + back % 3, message)
        danger = history.text_from(session, ruth, "I cannot go on", now)
        alert = history.alert(session, ruth, "risk", now, danger)
        history.alert(session, ruth, "wants_answer", now, history.text_from(session, ruth, "Thursday?", now))
        history.alert(session, ruth, "possible_risk", now, history.text_from(session, ruth, "no point any more", now))
        ids = things_of(session, ruth, now - timedelta(days=30))
        ids |= {"goal_id": of.id, "message_id": danger.id, "alert_id": alert.id}
        ids["appointment_id"] = meet(session, ruth, portal.cast.alice, now + timedelta(days=2))
    with portal.database.transaction() as connection:
        digests.plan_digests(connection, now + timedelta(days=5), "https://portal.example.com")
    for size in ("", "-small"):
        portal.app.extensions["portal"].files.put(f"photos/1/1-a{size}.jpg", photo(), "image/jpeg")
    return ids


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (LAPTOP, "dark")], ids=["phone", "laptop"])
def test_every_page_serves_everyone_fits_and_travels_light(signed_in, portal, furnished, viewport, scheme):
    watch = Watch(signed_in("/", viewport=viewport, color_scheme=scheme), portal.address)
    for path in every_page(portal.app, furnished):
        watch.open(path)
        found = Axe().run(watch.page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        wide = watch.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, f"{path} is {wide}px too wide"
        assert watch.wrong() == [], path


def every_page(app, ids):
    """The addresses of all pages a coach opens: whoever adds a page adds it here too."""
    shown = [rule for rule in pages(app) if "GET" in rule.methods]
    return [filled(rule, ids) for rule in shown if rule.endpoint not in STOCK | LINKS | NO_PAGES] + ["/stop"]


@pytest.mark.parametrize("width", [768, 1024, 1232])
def test_a_text_to_correct_fits_a_screen_of_any_width(signed_in, furnished, width):
    page = signed_in("/", viewport={"width": width, "height": 900})
    page.goto("/clients/{client_id}/texts/{message_id}".format(**furnished))
    page.get_by_label("Done", exact=True).first.check()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_door_serves_everyone(open_page):
    page = open_page("/sign-in", viewport=PHONE)
    assert Axe().run(page).violations_count == 0


def test_our_type_is_the_one_shown(signed_in):
    page = signed_in("/")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)")
    assert {name.strip('"') for name in loaded} == {"Portal Sans", "Portal Serif"}


def test_keyboard_reaches_the_page_past_the_rail(signed_in):
    page = signed_in("/clients")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the page"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_focus_on_a_mark_tells_its_day(signed_in, furnished):
    page = signed_in(f"/clients/{furnished['client_id']}")
    day = page.get_by_role("link", name="Wed 18: partly")
    day.focus()
    assert day.locator(".tip").is_visible()
