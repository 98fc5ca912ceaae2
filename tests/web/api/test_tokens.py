"""Who may ask."""

import re
from datetime import timedelta

import pytest

from coach_portal.core.errors import NotFound
from coach_portal.core.models import ApiToken, Coach, tables
from coach_portal.core.rules.access import MOST
from coach_portal.core.services.practice import tokens
from coach_portal.core.services.signing_in import sign_in
from tests.cast import NOW
from tests.rows import change
from tests.web.api.conftest import Program


def with_header(program, value):
    """The roster, asked for with this Authorization header."""
    return program.get("/clients", headers={"Authorization": value} if value else {})


def test_without_a_token_the_answer_says_how_to_show_one(alice):
    answer = with_header(alice, None)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Coach Portal"'


@pytest.mark.parametrize("token", ["cp_wrong", "wrong", "cp_" + "x" * 10_000, "cp_é"])
def test_a_wrong_token_is_called_so(alice, token):
    answer = with_header(alice, f"Bearer {token}")
    assert answer.status_code == 401
    assert "error=invalid_token" in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer ", "cp_x", "Bearer a=b"])
def test_another_kind_of_key_opens_nothing(alice, header):
    assert with_header(alice, header).status_code == 401


def test_the_word_bearer_is_read_in_any_case(alice):
    assert with_header(alice, f"bearer {alice.token}").status_code == 200


def test_a_token_in_the_address_opens_nothing(alice):
    assert alice.get(f"/clients?token={alice.token}", headers={}).status_code == 401


def test_a_signed_in_browser_opens_nothing(alice, database):
    with database.session() as session:
        attempt = sign_in.begin(session, "alice@example.com", "192.0.2.1", NOW)
        cookie = sign_in.finish(session, attempt, is_right=True, old_token=None, now=NOW).token
    alice.client.set_cookie("__Host-session", cookie)
    assert alice.get("/clients", headers={}).status_code == 401


def test_a_revoked_token_opens_nothing_more(house, database):
    with database.session() as session:
        alice = session.query(Coach).filter_by(email="alice@example.com").one()
        (token,) = tokens.tokens_of(session, alice)
        tokens.revoke_token(session, alice, token.id, NOW)
    assert house.alice.get("/clients").status_code == 401
    assert house.dana.get("/clients").status_code == 200


def test_the_token_of_a_coach_who_left_opens_nothing(house, database):
    with database.session() as session:
        session.query(Coach).filter_by(email="dana@example.com").one().active = False
    assert house.dana.get("/clients").status_code == 401


def test_nobody_revokes_anothers_token(house, database):
    with database.session() as session:
        alice, charlie = (
            session.query(Coach).filter_by(email=f"{name}@example.com").one() for name in ("alice", "charlie")
        )
        (token,) = tokens.tokens_of(session, alice)
        with pytest.raises(NotFound):
            tokens.revoke_token(session, charlie, token.id, NOW)
    assert house.alice.get("/clients").status_code == 200


def test_revoking_twice_keeps_the_first_moment(house, database):
    with database.session() as session:
        alice = session.query(Coach).filter_by(email="alice@example.com").one()
        (token,) = tokens.tokens_of(session, alice)
        tokens.revoke_token(session, alice, token.id, NOW)
        tokens.revoke_token(session, alice, token.id, NOW + timedelta(days=1))
        assert token.revoked_at == NOW


def test_a_token_cannot_be_read_from_the_database(house, database):
    with database.reading() as session:
        kept = {row.token_hash for row in session.query(ApiToken)}
    assert all(re.fullmatch("[0-9a-f]{64}", value) for value in kept)
    assert house.alice.token not in kept


def test_a_token_has_256_random_bits_and_can_be_recognised(alice):
    assert re.fullmatch(r"cp_[\w-]{43}", alice.token)


@pytest.mark.parametrize("header", ["Basic \xff\xfe====", "Basic é", "Digest \xff", "Bearer \xff", "\xff"])
def test_a_key_that_cannot_be_read_opens_nothing(alice, header):
    assert with_header(alice, header).status_code == 401


def made(program, **more):
    """A token made by a program, speaking for itself."""
    asked = {"name": "Sheet", "scopes": ["read"], **more}
    return Program(program.client, program.post("/tokens", asked).json["token"])


def test_a_token_does_what_its_scopes_name_and_no_more(house):
    reader = made(house.alice)
    assert reader.get("/clients").status_code == 200
    refused = reader.post(f"/clients/{house.ruth}/goals", {"title": "5 squats"})
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "not_allowed")
    assert "scope=write" in refused.headers["WWW-Authenticate"]
    assert reader.get(f"/clients/{house.ruth}/export").status_code == 403


def test_a_program_makes_no_token_that_may_do_more_than_its_own(house):
    maker = made(house.alice, scopes=["tokens", "read"])
    answer = maker.post("/tokens", {"name": "Wider", "scopes": ["read", "write"]})
    assert answer.status_code == 422
    assert "scopes" in answer.json["error"]["fields"]


def test_a_token_ends_on_its_day(house, clock):
    brief = made(house.alice, days=30)
    clock.move_on(days=30, seconds=-1)
    assert brief.get("/clients").status_code == 200
    clock.move_on(seconds=1)
    answer = brief.get("/clients")
    assert answer.status_code == 401
    assert "error=invalid_token" in answer.headers["WWW-Authenticate"]


def test_a_list_of_tokens_tells_which_was_used_and_none_in_full(house, clock):
    clock.move_on(minutes=5)
    made(house.alice).get("/clients")
    listed = house.alice.get("/tokens")
    newest = listed.json["items"][0]
    assert (newest["name"], newest["scopes"]) == ("Sheet", ["read"])
    assert newest["last_used_at"] == clock.now().isoformat()
    assert house.alice.token not in listed.text
    assert house.alice.token.startswith(listed.json["items"][-1]["hint"])


def test_the_owner_sees_and_ends_the_tokens_of_the_practice(house):
    names = {row["made_for"] for row in house.alice.get("/tokens").json["items"]}
    assert names == {"Alice Moreau", "Bob Lindqvist", "Dana Fox"}
    danas = house.dana.get("/tokens").json["items"]
    assert [row["made_for"] for row in danas] == ["Dana Fox"]
    assert house.alice.post(f"/tokens/{danas[0]['id']}/revoke", {}).json["revoked_at"]
    assert house.dana.get("/clients").status_code == 401


def test_who_asks_too_often_is_told_how_long_to_wait(house, clock, database):
    hers = house.alice.get("/tokens").json["items"][-1]["id"]
    change(database, tables.api_token, hers, used=MOST - 1)
    answer = house.alice.get("/clients")
    assert (answer.status_code, answer.headers["RateLimit-Remaining"]) == (200, "0")
    clock.move_on(seconds=20)
    refused = house.alice.get("/clients")
    assert (refused.status_code, refused.json["error"]["code"]) == (429, "too_many_requests")
    assert refused.headers["Retry-After"] == refused.headers["RateLimit-Reset"] == "40"
    assert house.dana.get("/clients").status_code == 200
    clock.move_on(seconds=40)
    assert house.alice.get("/clients").headers["RateLimit-Remaining"] == str(MOST - 1)
