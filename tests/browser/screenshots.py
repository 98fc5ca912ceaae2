"""`make screenshots`: every page of the demo, at two widths, in light and in dark, into build/screenshots.

Each is opened as if for the first time, and axe looks at it. Whatever a page asks of another host, complains of,
weighs too much, or keeps from somebody, is told, and the command ends with 1.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Row, Table, select
from werkzeug.routing import Rule

from coach_portal.core.clocks import SystemClock
from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.models import tables
from coach_portal.web import assets
from coach_portal.web.app import create_app
from tests.browser.conftest import QUIET
from tests.browser.watching import Watch
from tests.demo import Demo, furnished, next_wednesday
from tests.fakes import FakeQueue
from tests.ports import free_port
from tests.web.test_all_pages import NO_PAGES
from tests.web.things import LINKS, STOCK, pages

INTO = Path("build/screenshots")
SIZES = {"390": {"width": 390, "height": 844}, "1280": {"width": 1280, "height": 900}}
SCHEMES = ("light", "dark")
SHOWN = "Ruth Adeyemi"
"""Whose pages are shown: somebody with weeks behind her, a photo and a session to come."""
FOUND_BY = {
    "alert_id": tables.alert, "appointment_id": tables.appointment, "commitment_id": tables.commitment,
    "digest_id": tables.digest, "goal_id": tables.goal, "note_id": tables.note, "photo_id": tables.photo,
    "schedule_id": tables.schedule, "win_id": tables.win, "wish_id": tables.wish,
}  # fmt: skip
TALLEST = 6000
"""Pixels of a picture, at most."""
AT_MOST_WAITED = 20_000
"""Milliseconds for the demo's photo to be fetched."""


def main(wanted: Sequence[str] = ()) -> int:
    """Take them all, or those whose names begin so; answers how many pages have something wrong."""
    assets.main()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        _say("Chromium is not installed: apt-get install chromium")
        return 1
    shutil.rmtree(INTO, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo = Demo(furnished(Path(folder) / "data", next_wednesday()), free_port()).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        try:
            return _take_all(browser, demo, tuple(wanted))
        finally:
            browser.close()
            demo.end()


def _take_all(browser: Browser, demo: Demo, wanted: tuple[str, ...]) -> int:
    wrong = 0
    addresses = [one for one in _addresses(demo) if not wanted or one[0].startswith(wanted)]
    for size, viewport in SIZES.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                base_url=demo.address, viewport=viewport, color_scheme=scheme, reduced_motion="reduce"
            )
            page, into = context.new_page(), INTO / f"{size}-{scheme}"
            wrong += not wanted and _take(Watch(page, demo.address), into, "sign_in", "/sign-in")
            _sign_in(page, demo)
            wrong += sum(_take(Watch(page, demo.address), into, *address) for address in addresses)
            context.close()
    _say(f"{len(addresses)} pages in {INTO}, {wrong} with something wrong")
    return wrong


def _take(watch: Watch, into: Path, name: str, path: str) -> bool:
    """One picture; answers whether something is wrong."""
    status = watch.open(path)
    wrong = watch.wrong() if status < 400 else [f"answered {status}"]
    found = Axe().run(watch.page)
    wrong += [f"{one['id']}: {one['help']}" for one in found.response["violations"]]
    wide = watch.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    wrong += [f"{wide} px too wide"] if wide else []
    into.mkdir(parents=True, exist_ok=True)
    _picture(watch.page, into / f"{name}.png")
    for what in wrong:
        _say(f"{into.name} {name} ({path}): {what}")
    if into.name == "390-light":
        _say(f"{watch.weight:>8} bytes  {name}")
    return bool(wrong)


def _picture(page: Page, path: Path) -> None:
    """The whole page, with what is fixed to the window's foot at the page's."""
    window = page.viewport_size or {"width": 0, "height": 0}
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": window["width"], "height": max(window["height"], min(height, TALLEST))})
    page.screenshot(path=path)
    page.set_viewport_size(window)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _sign_in(page: Page, demo: Demo) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email").fill(demo.told("Sign in"))
    page.get_by_label("Password").fill(demo.told("Password"))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("navigation", name="Main").wait_for(timeout=AT_MOST_WAITED)


def _addresses(demo: Demo) -> Iterator[tuple[str, str]]:
    """Every page a coach opens, with the ids of what the demo holds; those of what it does not hold are left out."""
    database = Database(f"sqlite:///{demo.folder / 'coach_portal.db'}")
    ids = _ids(database)
    settings = Settings("", "only its addresses are asked for, long enough", demo.address, demo.address, "AC", "token")
    app = create_app(settings, database, FakeQueue(), SystemClock())
    for rule in sorted(pages(app), key=lambda rule: rule.rule):
        if _is_shown(rule, ids):
            path = re.sub(r"<int:(\w+)>", lambda found: str(ids[found[1]]), rule.rule)
            yield rule.endpoint, path
    yield "phones", "/phones"
    yield "phones.told", "/phones/told"
    yield from _links(database)
    database.dispose()


def _is_shown(rule: Rule, ids: dict[str, int]) -> bool:
    known = "GET" in (rule.methods or ()) and rule.endpoint not in STOCK | LINKS | NO_PAGES
    return known and set(rule.arguments) <= set(ids)


def _links(database: Database) -> Iterator[tuple[str, str]]:
    """What people who do not sign in open."""
    with database.reading() as session:
        token = session.scalar(select(tables.appointment.c.share_token).where(tables.appointment.c.share_token != ""))
    if token:
        yield "own_version", f"/before/{token}"


def _ids(database: Database) -> dict[str, int]:
    """The newest of each thing of one client's."""
    with database.reading() as session:
        client_id = session.scalar(select(tables.client.c.id).where(tables.client.c.name == SHOWN)) or 0
        ids = {"client_id": client_id}
        message = tables.message
        told = message.c.understanding.is_not(None) & (message.c.client_id == client_id)
        ids["message_id"] = session.scalar(select(message.c.id).where(told).order_by(message.c.id.desc())) or 0
        for name, table in FOUND_BY.items():
            row = session.execute(_newest(table, client_id)).first()
            if row is not None:
                ids[name] = row.id
        goal_steps = select(tables.programme_step).where(tables.programme_step.c.kind == "goal")
        step = session.execute(goal_steps.order_by(tables.programme_step.c.id)).first()
        if step is not None:
            ids |= {"programme_id": step.programme_id, "step_id": step.id}
    return ids


def _newest(table: Table, client_id: int) -> "select[Row]":
    whose = table.c.client_id == client_id
    still = table.c.retired_at.is_(None) if "retired_at" in table.c else table.c.id.is_not(None)
    by_hand = table.c.source == "coach" if table is tables.win else table.c.id.is_not(None)  # others have no page
    return select(table.c.id).where(whose, still, by_hand).order_by(table.c.id.desc()).limit(1)


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
