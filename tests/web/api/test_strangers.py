"""Who coaches a client is let in on every route with an id, and what a stranger sends is not kept."""

import pytest

from coach_portal.core.models import Client, Coach, Recording
from coach_portal.core.services.people import notes
from coach_portal.core.services.progress import by_hand
from coach_portal.web.api.blueprint import v1
from tests.cast import NOW
from tests.web import history

LET_IN = {200, 201, 502}
"""502: what was recorded is asked of a carrier, and there is none here."""
BODIES = {
    "goals": {"title": "5 squats"},
    "schedules": {"local_time": "08:30"},
    "appointments": {"day": "2026-11-30", "local_time": "10:00"},
    "messages": {"body": "Hello"},
    "reading": {},
    "calls": {"how": "told"},
    "ideas": {"title": "Call Mum"},
    "wins": {"title": "called my sister", "on": "2026-11-18"},
    "correction": {"title": "called my mother", "on": "2026-11-17"},
    "undone": {},
    "notes": {"body": "She moves in May"},
    "removed": {},
    "erasure": {"name": "Ruth Adeyemi"},
}


@pytest.fixture
def text(house, database):
    """Ids of a text, a win and a note of Ruth's."""
    told = {"goal_id": None, "amount": None, "on": NOW.date(), "title": "slept"}
    with database.session() as session:
        alice, ruth = session.get_one(Coach, house.coach), session.get_one(Client, house.ruth)
        message_id = history.text_from(session, house.ruth, "done", NOW).id
        ids = {"practice_id": ruth.practice_id, "client_id": ruth.id, "message_id": message_id}
        session.add(Recording(sid="RE" + "a" * 32, account_sid="AC1", seconds=7, recorded_at=NOW, **ids))
        return {
            "message_id": message_id,
            "win_id": by_hand.log(session, alice, ruth, told, NOW).id,
            "note_id": notes.add(session, alice, ruth, "Her own words, please", NOW).id,
        }


def routes_with_an_id(app, text):
    """Each method and address under /api/v1 that names a client."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule.endswith("/erasure")):
        if rule.endpoint.startswith(f"{v1.name}.") and "client_id" in rule.arguments:
            path = rule.rule.removeprefix("/api/v1")
            for name, number in text.items():
                path = path.replace(f"<int:{name}>", str(number))
            for method in sorted(rule.methods - {"OPTIONS", "HEAD"}):
                yield method, path.replace("<int:client_id>", "{}")


def ask(program, method, path, client_id):
    """Status and body of the answer to a request that is right but for the id."""
    body = BODIES[path.rpartition("/")[2]] if method == "POST" else None
    answer = program.ask(method, path.format(client_id), json=body)
    return answer.status_code, answer.json


def test_her_own_coach_is_let_in_on_every_route(app, house, text):
    for method, path in routes_with_an_id(app, text):
        assert ask(house.alice, method, path, house.ruth)[0] in LET_IN, f"{method} {path}"


def test_what_a_stranger_sent_is_not_kept(app, house, text):
    def kept():
        return [house.alice.get(f"/clients/{house.ruth}/{what}").json for what in BODIES]

    before = kept()
    for method, path in routes_with_an_id(app, text):
        ask(house.charlie, method, path, house.ruth)
    assert kept() == before
