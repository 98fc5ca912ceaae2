"""What holds for every page: who may see it, what strangers get, and what it says about itself."""

import pytest
from sqlalchemy.exc import OperationalError

from coach_portal.web.access import is_public
from tests.web.things import LINKS, STOCK, filled, pages, things_of

PUBLIC = {
    "health.check",
    "endpoints.read_reference",
    "resets.ask",
    "resets.form",
    "sign_in.ask_code",
    "sign_in.form",
    "sign_in.submit",
    "sign_in.submit_code",
    "stop.ask_number",
    "stop.stop_number",
} | LINKS
NO_PAGES = {
    "calls.listen",
    "clients.consent_csv",
    "clients.consent_json",
    "clients.everything_json",
    "clients.everything_zip",
    "imports.example",
    "imports.to_mend",
    "health.check",
    "clients.live",
    "clients.progress_live",
    "clients.timeline_live",
    "sign_in.ask_code",
    "sign_in.form",
    "weeks.opened",
    "weeks.picture",
    "preparations.paper",
    "reach.write",
    "photos.show",
}
"""What answers with no whole page of a coach's; each is tested where it belongs."""


def test_every_page_wants_a_coach_unless_it_is_on_the_short_list(app):
    with app.app_context():
        public = {rule.endpoint for rule in pages(app) if is_public(rule.endpoint)}
    assert public == PUBLIC | STOCK, "mark a page @public and add it here, or leave it to those who are signed in"


@pytest.fixture
def ruths_things(cast, database, now):
    """Ids of things of Ruth's."""
    with database.session() as session:
        return things_of(session, cast.ruth, now)


def test_her_own_coach_gets_each_of_these_pages(app, alice, ruths_things):
    for rule in pages(app):
        if "GET" in rule.methods and rule.endpoint not in STOCK | LINKS | NO_PAGES:
            alice.get(filled(rule, ruths_things))


def test_ids_too_large_for_any_database_are_missing_rows(alice):
    alice.get(f"/clients/{2**70}", status=404)


@pytest.mark.parametrize("path", ["/", "/clients", "/nowhere", "/sign-in", "/healthz", "/static/portal.css"])
def test_every_answer_says_how_it_may_be_used(alice, visitor, path):
    for browser in (alice, visitor):
        headers = browser.ask("GET", path).headers
        policy = headers["Content-Security-Policy"]
        for part in ("default-src 'none'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"):
            assert part in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "max-age=63072000" in headers["Strict-Transport-Security"]


def test_what_a_coach_sees_is_kept_nowhere(alice, cast):
    for path in ("/", "/clients", f"/clients/{cast.ruth}", f"/clients/{cast.ruth}/live", "/clients/999"):
        assert alice.ask("GET", path).headers["Cache-Control"] == "no-store", path


def test_a_mistake_of_ours_tells_nothing_about_itself(app, alice, monkeypatch):
    monkeypatch.setitem(app.view_functions, "today.show", lambda: 1 / 0)
    page = alice.get("/", status=500)
    assert "Something broke on our side" in page.text
    assert "ZeroDivision" not in page.html


def test_health_follows_the_database(visitor, database, monkeypatch):
    assert visitor.ask("GET", "/healthz").status_code == 200

    def gone():
        raise OperationalError("SELECT 1", {}, Exception("no connection"))

    monkeypatch.setattr(database, "reading", gone)
    assert visitor.ask("GET", "/healthz").status_code == 503


def test_files_of_the_look_are_kept_until_they_change(visitor):
    page = visitor.get("/sign-in")
    (ours,) = [link.attributes["href"] for link in page.all("link") if "portal.css" in link.attributes["href"]]
    assert "?v=" in ours
    assert "immutable" in visitor.ask("GET", ours).headers["Cache-Control"]
    assert "immutable" not in visitor.ask("GET", "/static/portal.css").headers["Cache-Control"]
