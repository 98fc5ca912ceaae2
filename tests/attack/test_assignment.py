"""Fields that no form and no schema has: whoever adds them changes nothing by it."""

import pytest

from coach_portal.core.models import Coach, tables
from coach_portal.core.services.practice import tokens
from tests.rows import change, row, rows
from tests.web.conftest import signed_in
from tests.web.things import LINKS, STOCK, filled, pages, things_of

HOSTILE = {
    "id": "1", "practice_id": "2", "tenant_id": "2", "client_id": "2", "coach_id": "2", "role": "owner",
    "is_admin": "1", "active": "0", "consent": "granted", "consent_at": "2020-01-01", "password_hash": "x",
    "account_sid": "AC" + "6" * 32, "page_token": "mine", "token_hash": "mine", "held_at": "", "__class__": "x",
    "created_at": "2020-01-01",
}  # fmt: skip
OURS = {
    tables.coach: ("id", "practice_id", "role", "active", "password_hash", "created_at"),
    tables.client: ("id", "practice_id", "phone", "created_at", "page_token"),
    tables.practice: ("id", "account_sid"),
    tables.api_token: ("id", "coach_id", "token_hash"),
}


def protected(database):
    """Everything that none of these forms may touch."""
    return {
        table.name: [[getattr(row, name) for name in names if hasattr(row, name)] for row in rows(database, table)]
        for table, names in OURS.items()
    }


@pytest.fixture
def ids(story):
    """One of each thing of Ruth's, who has not agreed yet."""
    change(story.wired.database, tables.client, story.cast.ruth, consent="invited")
    with story.wired.database.session() as session:
        return things_of(session, story.cast.ruth, story.wired.clock.now())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_form_takes_what_is_not_on_it(app, story, ids):
    before = protected(story.wired.database)
    browser = signed_in(app, "bob@example.com")
    token = browser.token("/clients/new")
    for rule in pages(app):
        if "POST" not in rule.methods or rule.endpoint in STOCK | LINKS | {"sign_in.out"}:
            continue
        answer = browser.ask("POST", filled(rule, ids), data={**HOSTILE, "csrf_token": token, "name": "Ruth"})
        assert answer.status_code < 500, rule
        assert answer.headers.get("Location", "/").startswith("/"), rule
    assert protected(story.wired.database) == before
    assert row(story.wired.database, tables.client).consent != "granted"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_api_route_takes_what_its_schema_does_not_name(app, story, ids):
    with story.wired.database.session() as session:
        made = tokens.make_token(session, session.get_one(Coach, story.cast.alice), "attack", story.wired.clock.now())
    before, refused = protected(story.wired.database), 0
    for rule in app.url_map.iter_rules():
        for method in rule.methods & {"POST", "PUT", "PATCH"}:
            if rule.rule.startswith("/api/"):
                path = filled(rule, ids)
                options = {"json": HOSTILE, "headers": {"Authorization": f"Bearer {made}"}}
                answer = app.test_client().open(path, method=method, **options)
                assert answer.status_code < 500, rule
                refused += answer.status_code in {400, 422}
    assert refused > 5
    after = protected(story.wired.database)
    assert after["coach"] == before["coach"]
    assert after["client"] == before["client"]
    assert after["practice"] == before["practice"]
