"""The second factor: setting it up, signing in with it, each code once, and what to do when the phone is lost."""

import re

import pyotp
import pytest

from coach_portal.core.models import Coach, tables
from coach_portal.core.services.signing_in import factors, sign_in
from tests.cast import PASSWORD
from tests.rows import row, rows
from tests.web.conftest import Browser, signed_in
from tests.web.page import look_at
from tests.web.post_box import kinds_sent, links_in
from tests.web.test_sign_in import cookie

CODES = ("abcde-fghjk", "mnpqr-stuvw")
ALICE, FACTOR, CODE = "alice@example.com", "/account/factor", "/sign-in/code"


class App:
    """The authenticator app on Alice's phone."""

    def __init__(self, secret, clock):
        self.totp, self.clock = pyotp.TOTP(secret), clock

    def code(self, steps=0):
        """What it shows now, or so many half minutes from now."""
        return self.totp.at(int(self.clock.machine_now().timestamp()) + 30 * steps)


def key_on(browser):
    """The key that the page shows beside its QR code."""
    return re.search(r'class="key">([^<]+)<', browser.get(FACTOR).html)[1].replace(" ", "")


def set_up(browser, clock):
    """Set the second factor up; answers the app and the recovery codes."""
    browser.post(f"{FACTOR}/begin", {"current": PASSWORD}, page=FACTOR)
    phone = App(key_on(browser), clock)
    answer = browser.post(FACTOR, {"code": phone.code()})
    assert answer.status_code == 200
    clock.move_on(seconds=60)
    return phone, re.findall(r"<code>([^<]+)<", look_at(answer.text).html)


@pytest.fixture
def phone(app, database, cast, clock):
    """Alice's app, set up before she comes to the door; her recovery codes are CODES."""
    seal, now = app.extensions["portal"].seal, clock.machine_now()
    with database.session() as session:
        alice = session.get_one(Coach, cast.alice)
        factors.begin(session, alice, seal, now)
        session.flush()
        app_of_hers = App(factors.address(session, alice, seal)[0], clock)
        hashes = [sign_in.hash_password(code.replace("-", "")) for code in CODES]
        factors.confirm(session, alice, app_of_hers.code(), hashes, seal, now)
    clock.move_on(seconds=60)
    return app_of_hers


@pytest.fixture
def half_in(visitor, phone):
    """A browser in which Alice's password was given."""
    assert visitor.sign_in(ALICE).location == f"{CODE}?next=/"
    return visitor


def give(browser, code):
    """Type a code in; answers the status."""
    return browser.post(CODE, {"code": code}).status_code


def test_password_and_code_open_the_portal(half_in, phone):
    assert half_in.ask("GET", "/clients").status_code == 303
    assert half_in.ask("GET", "/account").status_code == 303
    assert give(half_in, phone.code()) == 303
    half_in.get("/clients")


def test_the_session_is_a_new_one_after_the_code(half_in, phone):
    before = cookie(half_in)
    give(half_in, phone.code())
    assert cookie(half_in) not in {None, before}


def test_a_code_counts_once(app, half_in, phone):
    code = phone.code()
    assert give(half_in, code) == 303
    another = Browser(app.test_client())
    another.sign_in(ALICE)
    assert give(another, code) == 422
    assert give(another, phone.code(1)) == 303


def test_the_code_that_set_it_up_opens_nothing(app, alice, clock):
    alice.post(f"{FACTOR}/begin", {"current": PASSWORD}, page=FACTOR)
    code = App(key_on(alice), clock).code()
    alice.post(FACTOR, {"code": code})
    another = Browser(app.test_client())
    another.sign_in(ALICE)
    assert give(another, code) == 422


def test_a_clock_that_is_half_a_minute_off_is_forgiven_and_a_whole_one_is_not(app, half_in, phone):
    assert [give(half_in, phone.code(steps)) for steps in (-2, 2, -1)] == [422, 422, 303]
    another = Browser(app.test_client())
    another.sign_in(ALICE)
    assert give(another, phone.code(1)) == 303


def test_after_ten_wrong_codes_even_the_right_one_waits(half_in, phone, clock):
    assert {give(half_in, "000000") for _ in range(10)} == {422}
    assert give(half_in, phone.code()) == 429
    clock.move_on(minutes=61)
    half_in.sign_in(ALICE)
    assert give(half_in, phone.code()) == 303


def test_nobody_comes_to_the_code_without_the_password(visitor, phone):
    assert visitor.ask("GET", CODE).location == "/sign-in?next=/"
    token = visitor.token("/sign-in")
    assert visitor.ask("POST", CODE, data={"csrf_token": token, "code": phone.code()}).location == "/sign-in?next=/"
    assert cookie(visitor) is None


def test_the_password_must_be_given_again_after_ten_minutes(half_in, phone, clock):
    token = half_in.token(CODE)
    clock.move_on(minutes=10)
    answer = half_in.ask("POST", CODE, data={"csrf_token": token, "code": phone.code()})
    assert answer.location == "/sign-in?next=/"


def test_a_recovery_code_stands_in_once(app, half_in):
    assert give(half_in, f" {CODES[0].upper()} ") == 303
    assert "one recovery code is left" in half_in.get("/account").text
    another = Browser(app.test_client())
    another.sign_in(ALICE)
    assert give(another, CODES[0]) == 422
    assert give(another, CODES[1]) == 303


def test_recovery_codes_are_shown_once_and_lie_nowhere_to_be_read(alice, clock, database):
    phone, codes = set_up(alice, clock)
    assert len(set(codes)) == 10
    assert not any(code in alice.get(page).text for code in codes for page in (FACTOR, "/account"))
    assert phone.totp.secret not in row(database, tables.second_factor).sealed
    hashes = [one.code_hash for one in rows(database, tables.recovery_code)]
    assert len(hashes) == 10
    assert all(one.startswith("$argon2id$") for one in hashes)


def test_it_is_turned_off_only_with_the_password(alice, visitor, phone, database):
    assert alice.post(f"{FACTOR}/off", {"current": "wrong"}, page=FACTOR).status_code == 422
    assert alice.post(f"{FACTOR}/off", {"current": PASSWORD}, page=FACTOR).status_code == 303
    assert visitor.sign_in(ALICE).location == "/"
    assert kinds_sent(database, ALICE) == ["account", "account"]


def test_a_second_secret_does_not_push_the_first_aside(alice, phone, database):
    before = row(database, tables.second_factor).sealed
    assert alice.post(f"{FACTOR}/begin", {"current": PASSWORD}, page=FACTOR).status_code == 422
    assert row(database, tables.second_factor).sealed == before


def test_a_new_password_by_email_does_not_get_around_it(visitor, phone, database, settings):
    visitor.post("/forgot", {"email": ALICE})
    (link,) = links_in(database, settings, "reset")
    visitor.post(link, {"password": "eleven slow afternoons"})
    assert visitor.sign_in(ALICE, "eleven slow afternoons").location == f"{CODE}?next=/"


def test_where_it_is_required_nothing_opens_before_it_is_set_up(app, database, cast, clock, now):
    with database.session() as session:
        factors.require_of_all(session, session.get_one(Coach, cast.alice), True, now)
    bob = signed_in(app, "bob@example.com")
    assert bob.ask("GET", "/clients").location == FACTOR
    set_up(bob, clock)
    bob.get("/clients")
    assert bob.post(f"{FACTOR}/off", {"current": PASSWORD}, page=FACTOR).status_code == 422
