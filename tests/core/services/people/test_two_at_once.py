"""What counts once counts once, however many try at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest

from coach_portal.core.errors import Invalid
from coach_portal.core.gateways.seal import Seal
from coach_portal.core.models import Coach, PasswordReset, tables
from coach_portal.core.services.colleagues import leaving, people
from coach_portal.core.services.signing_in import factors, passwords, sign_in
from tests.cast import PASSWORD
from tests.factories import make_coach
from tests.rows import count, row

SEAL = Seal("a secret key for tests only, long enough", "second factors")


def at_once(act, *given):
    """Do it for each at the same moment; what each answered, or the name of what it raised."""

    def tried(one):
        try:
            return act(one)
        except (Invalid, sign_in.WrongPassword) as refused:
            return type(refused).__name__

    with ThreadPoolExecutor(len(given)) as pool:
        return sorted(map(str, pool.map(tried, given)))


def password_given(database, email, now):
    """A session in which the password was given and the code is still to come."""
    with database.session() as session:
        attempt = sign_in.begin(session, email, "203.0.113.7", now)
    assert attempt.is_right(PASSWORD)
    with database.session() as session:
        return sign_in.finish(session, attempt, is_right=True, old_token=None, now=now).token


def test_a_code_typed_twice_at_once_lets_one_in(database, cast, now):
    with database.session() as session:
        alice = session.get_one(Coach, cast.alice)
        factors.begin(session, alice, SEAL, now)
        session.flush()
        app = pyotp.TOTP(factors.address(session, alice, SEAL)[0])
        factors.confirm(session, alice, app.at(int(now.timestamp()) - 30), [], SEAL, now)
    tokens = [password_given(database, "alice@example.com", now) for _ in range(2)]

    def come_in(token):
        with database.session() as session:
            known = factors.begin_code(session, token, now)
        with database.session() as session:
            factors.finish_code(session, known, app.at(int(now.timestamp())), None, token, "", SEAL, now)
        return "in"

    assert at_once(come_in, *tokens) == ["WrongPassword", "in"]


def test_a_link_used_twice_at_once_changes_the_password_once(database, cast, now):
    with database.session() as session:
        passwords.ask(session, "alice@example.com", "203.0.113.7", now)

    def choose(password_hash):
        with database.session() as session:
            return passwords.reset(session, session.get_one(PasswordReset, 1), password_hash, now)

    assert at_once(choose, "one", "another") == ["False", "True"]
    assert count(database, tables.email, kind="account") == 1


@pytest.mark.parametrize("act", ["leave", "step down"])
def test_of_two_owners_who_go_at_once_one_stays(database, cast, now, act):
    other = make_coach(database, cast, role="owner")

    def go(coach_id):
        with database.session() as session:
            who = session.get_one(Coach, coach_id)
            if act == "leave":
                leaving.leave(session, who, who, None, "https://portal.example.com", now, now)
            else:
                people.change_role(session, who, who, "coach", now)
        return "gone"

    assert at_once(go, cast.alice, other) == ["Invalid", "gone"]
    assert row(database, tables.coach, practice_id=1, role="owner", active=True)
