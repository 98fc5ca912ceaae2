"""A new password by email: one link, once, soon; and what a stranger learns by asking, which is nothing."""

import pytest

from coach_portal.core.models import tables
from coach_portal.core.services.signing_in import sign_in
from tests.cast import PASSWORD
from tests.rows import row, rows
from tests.web.conftest import Browser
from tests.web.post_box import kinds_sent, links_in
from tests.web.test_sign_in import cookie

ALICE, NEW = "alice@example.com", "eleven slow afternoons"


@pytest.fixture
def link(visitor, database, settings):
    """The link that Alice asked for."""
    visitor.post("/forgot", {"email": ALICE})
    return links_in(database, settings, "reset")[-1]


def test_whoever_forgot_it_chooses_another(visitor, link, database):
    assert visitor.post(link, {"password": NEW}).location == "/sign-in?done=reset"
    assert "is new" in visitor.get("/sign-in?done=reset").text
    assert visitor.sign_in(ALICE).status_code == 422
    assert visitor.sign_in(ALICE, NEW).status_code == 303
    assert kinds_sent(database, ALICE) == ["reset", "account"]


def test_asking_says_the_same_whether_or_not_anybody_signs_in_there(visitor, database):
    known, unknown = (visitor.post("/forgot", {"email": email}) for email in (ALICE, "nobody@example.com"))
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert len(rows(database, tables.email)) == 1


def test_a_link_works_once(visitor, link):
    visitor.post(link, {"password": NEW})
    assert visitor.ask("GET", link).status_code == 404
    token = visitor.token("/sign-in")
    again = visitor.ask("POST", link, data={"csrf_token": token, "password": "twelve slow afternoons"})
    assert again.status_code == 404
    assert visitor.sign_in(ALICE, NEW).status_code == 303


def test_a_link_ends_after_half_an_hour(visitor, link, clock):
    clock.move_on(minutes=29)
    visitor.get(link)
    clock.move_on(minutes=1)
    assert visitor.ask("GET", link).status_code == 404


def test_a_newer_link_ends_the_older(visitor, link, database, settings):
    visitor.post("/forgot", {"email": ALICE})
    assert visitor.ask("GET", link).status_code == 404
    visitor.get(links_in(database, settings, "reset")[-1])


def test_it_ends_every_session_and_signs_nobody_in(app, alice, visitor, link, database, now):
    token = cookie(alice)
    visitor.post(link, {"password": NEW})
    with database.reading() as session:
        assert sign_in.recognise(session, token, now) is None
    assert visitor.ask("GET", "/clients").status_code == 303


def test_a_poor_password_is_refused_and_the_link_still_works(visitor, link):
    assert visitor.post(link, {"password": "password1!"}).status_code == 422
    assert visitor.post(link, {"password": NEW}).status_code == 303


def test_what_lies_in_the_database_opens_nothing(visitor, link, database, settings):
    kept = row(database, tables.password_reset)
    assert link not in row(database, tables.email).body
    for guess in (kept.nonce, f"{kept.id:x}.{kept.nonce}", f"{kept.id:x}.{kept.nonce}.AAAAAAAAAAAAAAAA"):
        assert visitor.ask("GET", f"/reset/{guess}").status_code == 404
    joining = link.replace("/reset/", "/join/")
    assert visitor.ask("GET", joining).status_code == 404


def test_an_address_named_by_the_asker_is_not_in_the_link(visitor, database, settings):
    token = visitor.token("/forgot")
    form = {"csrf_token": token, "email": ALICE}
    visitor.ask("POST", "/forgot", data=form, headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil"})
    (link,) = links_in(database, settings, "reset")
    assert link.startswith("/reset/")


def test_a_mailbox_is_not_filled_from_afar(visitor, database):
    answers = [visitor.post("/forgot", {"email": ALICE}) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert len(rows(database, tables.email)) == 3


def test_whoever_asks_for_everybody_waits(visitor):
    answers = [visitor.post("/forgot", {"email": f"someone{number}@example.com"}).status_code for number in range(11)]
    assert answers == [200] * 10 + [429]


def test_who_left_gets_no_link(visitor, database, cast):
    with database.transaction() as connection:
        connection.execute(tables.coach.update().where(tables.coach.c.id == cast.alice).values(active=False))
    visitor.post("/forgot", {"email": ALICE})
    assert rows(database, tables.email) == []


# ---------- changing it, and sessions ----------


def test_whoever_knows_the_old_one_takes_a_new_one_and_stays(app, alice, cast):
    elsewhere = Browser(app.test_client())
    elsewhere.sign_in(ALICE)
    assert alice.post("/account/password", {"current": PASSWORD, "password": NEW}, page="/account").status_code == 303
    alice.get("/account")
    assert elsewhere.ask("GET", "/account").status_code == 303
    assert elsewhere.sign_in(ALICE, NEW).status_code == 303


def test_a_wrong_old_one_or_a_poor_new_one_changes_nothing(alice, visitor):
    for form in ({"current": "wrong", "password": NEW}, {"current": PASSWORD, "password": "coach"}):
        assert alice.post("/account/password", form, page="/account").status_code == 422
    assert visitor.sign_in(ALICE).status_code == 303


def test_sessions_are_listed_with_their_device_and_each_can_be_ended(app, alice):
    phone = Browser(app.test_client())
    token = phone.token("/sign-in")
    safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1"
    form = {"csrf_token": token, "email": ALICE, "password": PASSWORD}
    phone.ask("POST", "/sign-in", data=form, headers={"User-Agent": safari})
    page = alice.get("/account")
    assert "Safari on iPhone" in page.text
    (name,) = [field.attributes["value"] for field in page.all("input", name="session")]
    alice.post("/account/sessions/end", {"session": name}, page="/account")
    assert phone.ask("GET", "/account").status_code == 303
    alice.get("/account")


def test_signing_out_everywhere_leaves_this_one(app, alice):
    others = [Browser(app.test_client()) for _ in range(2)]
    for other in others:
        other.sign_in(ALICE)
    alice.post("/account/sessions/end-others", page="/account")
    assert [other.ask("GET", "/account").status_code for other in others] == [303, 303]
    alice.get("/account")


def test_nobody_ends_anothers_session(app, alice, charlie):
    name = sign_in.hash_token(cookie(alice))[:16]
    charlie.post("/account/sessions/end", {"session": name}, page="/account")
    charlie.post("/account/sessions/end", {"session": ""}, page="/account")
    alice.get("/account")
    charlie.get("/account")
