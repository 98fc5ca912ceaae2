"""A stranger gets the 404 of a row that does not exist, on every route with an id."""

import pytest

from coach_portal.web.api.blueprint import v1

NOBODY = 4_000_000
BODIES = {"goals": {"title": "5 squats"}, "schedules": {"local_time": "08:30"}, "messages": {"body": "Hello"}}


def routes_with_an_id(app):
    """Each method and address under /api/v1 that names a client."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(f"{v1.name}.") and "client_id" in rule.arguments:
            for method in sorted(rule.methods - {"OPTIONS", "HEAD"}):
                yield method, rule.rule.removeprefix("/api/v1").replace("<int:client_id>", "{}")


def ask(program, method, path, client_id):
    """Status and body of the answer to a request that is right but for the id."""
    body = BODIES[path.rpartition("/")[2]] if method == "POST" else None
    answer = program.ask(method, path.format(client_id), json=body)
    return answer.status_code, answer.json


@pytest.mark.parametrize("stranger", ["dana", "charlie"])
def test_a_strangers_client_looks_like_none_on_every_route(app, house, stranger):
    program = getattr(house, stranger)
    routes = list(routes_with_an_id(app))
    assert len(routes) >= 11
    for method, path in routes:
        missing = ask(program, method, path, NOBODY)
        assert missing[0] == 404
        assert ask(program, method, path, house.ruth) == missing, f"{method} {path}"


def test_her_own_coach_is_let_in_on_every_route(app, house):
    for method, path in routes_with_an_id(app):
        assert ask(house.alice, method, path, house.ruth)[0] in {200, 201}, f"{method} {path}"


def test_what_a_stranger_sent_is_not_kept(app, house):
    def kept():
        return [house.alice.get(f"/clients/{house.ruth}/{what}").json for what in BODIES]

    before = kept()
    for method, path in routes_with_an_id(app):
        ask(house.charlie, method, path, house.ruth)
    assert kept() == before
