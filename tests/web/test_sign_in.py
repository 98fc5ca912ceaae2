"""The door: who gets in, for how long, and what a stranger can learn or break there."""

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import select

from coach_portal.core.models import Coach, SignInAttempt, WebSession, tables
from coach_portal.core.services.signing_in import sign_in, throttles
from tests.cast import PASSWORD
from tests.rows import change, row
from tests.web.conftest import BASE, Browser

SESSION = "__Host-session"


def cookie(browser):
    """The session cookie's value."""
    found = browser.client.get_cookie(SESSION, "portal.example.com")
    return found.value if found else None


def test_right_password_opens_today(visitor):
    assert visitor.get("/sign-in").text.count("Password") == 1
    answer = visitor.sign_in("alice@example.com")
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Alice" in visitor.get("/").text


def test_email_is_taken_as_people_write_it(visitor):
    assert visitor.sign_in("  Alice@Example.COM ").status_code == 303


def test_cookie_is_kept_to_this_host_and_from_scripts(visitor):
    set_cookie = visitor.sign_in("alice@example.com").headers["Set-Cookie"]
    for part in (f"{SESSION}=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in set_cookie
    assert "Domain" not in set_cookie


def test_session_brought_along_is_not_the_one_signed_in_with(visitor):
    visitor.client.set_cookie(SESSION, "chosen by someone else", domain="portal.example.com")
    visitor.sign_in("alice@example.com")
    first = cookie(visitor)
    assert first not in {None, "chosen by someone else"}
    visitor.client.open("/sign-out", method="POST", base_url=BASE)  # without a token: nothing happens
    assert cookie(visitor) == first


def test_signing_in_again_ends_the_session_before(app, visitor, database, now):
    visitor.sign_in("alice@example.com")
    first = cookie(visitor)
    visitor.post("/sign-in", {"email": "alice@example.com", "password": PASSWORD}, page="/clients/new")
    assert cookie(visitor) != first
    with database.reading() as session:
        assert sign_in.recognise(session, first, now) is None


def test_signed_out_cookie_is_dead_wherever_it_was_copied(app, alice):
    stolen = cookie(alice)
    assert alice.post("/sign-out", page="/clients/new").status_code == 303
    thief = Browser(app.test_client())
    thief.client.set_cookie(SESSION, stolen, domain="portal.example.com")
    assert thief.ask("GET", "/").status_code == 303
    assert thief.ask("POST", "/clients/new").status_code == 401


@pytest.mark.parametrize(
    ("away", "still_in"), [(timedelta(hours=11), True), (timedelta(hours=13), False)], ids=["a day's work", "a night"]
)
def test_idle_session_ends_over_night(alice, clock, away, still_in):
    clock.move_on(seconds=away.total_seconds())
    assert (alice.ask("GET", "/").status_code == 200) is still_in


def test_page_left_open_keeps_no_session_alive(alice, cast, clock):
    for _ in range(13):
        clock.move_on(hours=1)
        alice.ask("GET", f"/clients/{cast.ruth}/live")
    assert alice.ask("GET", "/").status_code == 303


def test_busy_session_ends_after_a_fortnight(alice, clock):
    for _ in range(14 * 3):
        assert alice.ask("GET", "/").status_code == 200
        clock.move_on(hours=8)
    assert alice.ask("GET", "/").status_code == 303


def test_coach_who_left_is_out_at_once(alice, database, cast):
    with database.session() as session:
        session.get_one(Coach, cast.alice).active = False
    assert alice.ask("GET", "/").status_code == 303


def test_token_is_kept_as_a_hash_only(alice, database):
    with database.reading() as session:
        hashes = session.scalars(select(WebSession.token_hash)).all()
    assert len(hashes) == 1
    assert cookie(alice) not in hashes


def test_unknown_email_and_wrong_password_look_the_same(visitor):
    def seen(email):
        answer = visitor.sign_in(email, "not the password")
        return answer.status_code, answer.text.replace(email, "EMAIL")

    assert seen("alice@example.com") == seen("nobody@example.com")
    assert seen("alice@example.com")[0] == 422


def test_unknown_email_costs_the_same_work():
    assert extract_parameters(sign_in._NOBODY) == extract_parameters(sign_in.hash_password("any"))


def test_hash_is_what_owasp_asks_for():
    found = extract_parameters(sign_in.hash_password("any"))
    assert (found.type.name, found.memory_cost, found.time_cost, found.parallelism) == ("ID", 19456, 2, 1)


@pytest.mark.parametrize("password", ["ü" * 70, "with a \x00 inside", "   spaces   ", "🌱🌱🌱🌱🌱🌱🌱🌱"])
def test_password_is_verified_exactly(password):
    kept = sign_in.hash_password(password)
    assert sign_in.is_password(password, kept)
    assert not sign_in.is_password(password + " ", kept)
    assert not sign_in.is_password(password[:-1], kept)


def test_endless_password_is_refused_without_hashing(visitor):
    assert visitor.sign_in("alice@example.com", "x" * 100_000).status_code == 422


def test_eleventh_try_from_one_address_waits_and_others_do_not(visitor):
    for _ in range(10):
        assert visitor.sign_in("alice@example.com", "wrong").status_code == 422
    answer = visitor.sign_in("alice@example.com")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.9"}}
    token = visitor.token("/sign-in")
    data = {"csrf_token": token, "email": "alice@example.com", "password": PASSWORD}
    assert visitor.ask("POST", "/sign-in", data=data, **elsewhere).status_code == 303


def test_header_of_the_askers_own_does_not_change_the_address(visitor):
    for place in range(10):
        data = {"csrf_token": visitor.token("/sign-in"), "email": "alice@example.com", "password": "wrong"}
        visitor.ask("POST", "/sign-in", data=data, headers={"X-Forwarded-For": f"203.0.113.{place}"})
    assert visitor.sign_in("alice@example.com").status_code == 429


def test_wait_is_over_after_a_quarter_of_an_hour(visitor, clock):
    for _ in range(10):
        visitor.sign_in("alice@example.com", "wrong")
    clock.move_on(minutes=16)
    assert visitor.sign_in("alice@example.com").status_code == 303


def test_hundred_and_first_guess_in_an_hour_at_one_account_waits(database, cast, now):
    with database.session() as session:
        for place in range(100):
            sign_in.begin(session, "alice@example.com", f"203.0.113.{place}", now)
    with database.session() as session, pytest.raises(throttles.TooManyTries):
        sign_in.begin(session, "alice@example.com", "203.0.113.200", now)


def test_right_password_is_not_counted_as_a_failure(visitor, database):
    for _ in range(12):
        assert visitor.sign_in("alice@example.com").status_code == 303
        visitor.post("/sign-out", page="/clients/new")
    with database.reading() as session:
        assert session.scalars(select(SignInAttempt.id)).all() == []


def test_a_password_kept_by_weaker_parameters_is_hashed_anew_at_the_door(visitor, database, cast):
    weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    change(database, tables.coach, cast.alice, password_hash=weak)
    for _ in range(2):
        assert visitor.sign_in("alice@example.com").status_code == 303
        kept = extract_parameters(row(database, tables.coach, id=cast.alice).password_hash)
        assert (kept.time_cost, kept.memory_cost) == (2, 19 * 1024)
        visitor.post("/sign-out", page="/clients/new")


def test_neighbours_in_one_ipv6_network_count_as_one():
    assert throttles.network("2001:db8::1") == throttles.network("2001:db8::2")
    assert throttles.network("2001:db8:0:1::1") != throttles.network("2001:db8::1")


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/ok\r\nSet-Cookie: a=b",
        "evil.example",
        "/\t/evil.example",
        "",
    ],
)
def test_next_never_leads_elsewhere(visitor, target):
    assert visitor.sign_in("alice@example.com", next=target).location == "/"


def test_next_leads_to_the_page_that_was_wanted(visitor, cast):
    wanted = visitor.ask("GET", f"/clients/{cast.ruth}?texts=124").location
    assert wanted == f"/sign-in?next=/clients/{cast.ruth}?texts%3D124"
    assert visitor.sign_in("alice@example.com", next=f"/clients/{cast.ruth}?texts=124").location.endswith("texts=124")


def test_door_wants_a_token_too(visitor):
    data = {"email": "alice@example.com", "password": PASSWORD}
    assert visitor.ask("POST", "/sign-in", data=data).status_code == 400
    assert cookie(visitor) is None


def test_token_of_another_session_is_worth_nothing(alice, charlie):
    stolen = charlie.token("/clients/new")
    assert alice.ask("POST", "/sign-out", data={"csrf_token": stolen}).status_code == 400


def test_form_sent_from_another_site_is_refused(alice):
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert alice.post("/sign-out", page="/clients/new", headers=headers).status_code == 400


def test_password_is_never_shown_again(visitor):
    page = visitor.sign_in("alice@example.com", "my secret guess").text
    assert "my secret guess" not in page
    assert re.search(r'id="email"[^>]*value="alice@example.com"', page)
