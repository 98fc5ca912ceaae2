"""The people of a practice: inviting, roles, handing clients over, and what stays when somebody leaves."""

import pytest

from coach_portal.core.models import Client, tables
from coach_portal.core.services.signing_in import throttles
from tests.cast import PASSWORD
from tests.factories import make_client, make_coach
from tests.rows import change, count, row, rows
from tests.web.conftest import Browser, signed_in
from tests.web.post_box import kinds_sent, links_in

PEOPLE, ELI = "/practice/people", {"name": "Eli Brandt", "phone": "+16175550112"}
NEW = {"name": "Nora Weiss", "password": "three green umbrellas"}


@pytest.fixture
def invited(alice, database, settings):
    """The path of the link that Nora got, invited as a coach."""
    assert alice.post(PEOPLE, {"email": "Nora@Example.com ", "role": "coach"}).status_code == 303
    return links_in(database, settings, "join")[-1]


@pytest.fixture
def dana(database, cast):
    """Another coach of Alice's practice."""
    return make_coach(database, cast)


@pytest.fixture
def eli(database, dana):
    """Dana's client, who has said YES."""
    return make_client(database, dana, **ELI)


def whose(database, client_id):
    """Who coaches a client."""
    return [link.coach_id for link in rows(database, tables.coach_client, client_id=client_id)]


# ---------- invitations ----------


def test_whoever_is_invited_chooses_a_password_and_comes_in(visitor, invited, alice):
    page = visitor.get(invited)
    assert "You are invited as a coach. You sign in with nora@example.com." in page.text
    assert visitor.post(invited, NEW).location == "/sign-in?done=joined"
    assert visitor.sign_in("nora@example.com", NEW["password"]).status_code == 303
    visitor.get("/clients")
    assert "Nora Weiss" in alice.get(PEOPLE).text


def test_an_invitation_works_once(app, visitor, invited, database, cast):
    visitor.post(invited, NEW)
    visitor.get(invited, status=404)
    token = visitor.token("/sign-in")
    answer = visitor.ask("POST", invited, data={"csrf_token": token, **NEW})
    assert answer.status_code == 404
    assert count(database, tables.coach, email="nora@example.com") == 1


def test_an_invitation_ends_after_a_week(visitor, invited, clock):
    clock.move_on(days=7)
    visitor.get(invited, status=404)


def test_sent_again_it_has_a_new_link(alice, visitor, invited, database, settings):
    number = row(database, tables.coach_invitation).id
    alice.post(f"{PEOPLE}/invitations/{number}/again", page=PEOPLE)
    visitor.get(invited, status=404)
    visitor.get(links_in(database, settings, "join")[-1])


def test_withdrawn_it_opens_nothing(alice, visitor, invited, database):
    number = row(database, tables.coach_invitation).id
    alice.post(f"{PEOPLE}/invitations/{number}/withdraw", page=PEOPLE)
    visitor.get(invited, status=404)
    assert alice.post(f"{PEOPLE}/invitations/{number}/again", page=PEOPLE).status_code == 404


def test_an_invitation_gives_the_role_it_names_whatever_is_sent(visitor, invited, database):
    visitor.post(invited, NEW | {"role": "owner", "practice_id": "2", "email": "evil@example.com"})
    nora = row(database, tables.coach, name="Nora Weiss")
    assert (nora.role, nora.practice_id, nora.email) == ("coach", 1, "nora@example.com")


def test_without_a_name_or_a_good_password_nobody_joins(visitor, invited, database):
    for form in ({"name": " "}, {"password": "password1!"}, {"name": "n" * 121}):
        assert visitor.post(invited, NEW | form).status_code == 422
    assert count(database, tables.coach, email="nora@example.com") == 0


def test_whether_an_address_signs_in_elsewhere_is_told_to_its_owner_alone(alice, visitor, database, settings):
    answer = alice.post(PEOPLE, {"email": "charlie@example.com", "role": "coach"})
    assert answer.status_code == 303
    (link,) = links_in(database, settings, "join")
    assert "already signs in to a practice" in visitor.get(link).text
    visitor.post(link, NEW, page="/sign-in")
    assert row(database, tables.coach, email="charlie@example.com").practice_id == 2


def test_who_came_back_is_who_they_were(alice, visitor, database, settings, dana):
    alice.post(f"{PEOPLE}/{dana}/leave", page=PEOPLE)
    alice.post(PEOPLE, {"email": "dana@example.com", "role": "assistant"})
    visitor.post(links_in(database, settings, "join")[-1], {"name": "Dana Fox", "password": NEW["password"]})
    back = row(database, tables.coach, email="dana@example.com")
    assert (back.id, back.active, back.role) == (dana, True, "assistant")


def test_an_owner_invites_fifty_a_day_and_no_more(alice, database, clock, now):
    with database.session() as session:
        for _ in range(50):
            throttles.count(session, {"invite": "1"}, now)
    form = {"email": "nora@example.com", "role": "coach"}
    assert alice.post(PEOPLE, form).status_code == 429
    clock.move_on(hours=24)
    alice.sign_in("alice@example.com")
    assert alice.post(PEOPLE, form).status_code == 303


# ---------- roles ----------


@pytest.mark.parametrize("who", ["bob", "dana"])
def test_who_is_no_owner_sees_who_is_there_and_changes_nothing(app, cast, dana, invited, database, who):
    browser = signed_in(app, f"{who}@example.com")
    assert "Alice Moreau" in browser.get(PEOPLE).text
    browser.get(f"{PEOPLE}/{cast.alice}", status=403)
    number = row(database, tables.coach_invitation).id
    acts = ["", "/second-factor", f"/{cast.alice}/role", f"/{cast.alice}/clients", f"/{cast.alice}/leave"]
    acts += [f"/{cast.alice}/second-factor/off", f"/invitations/{number}/again", f"/invitations/{number}/withdraw"]
    form = {"email": "x@example.com", "role": "owner", "to": str(dana), "clients": str(cast.ruth)}
    for act in acts:
        assert browser.post(f"{PEOPLE}{act}", form, page="/clients/new").status_code == 403, act
    assert browser.post("/clients/many/hand", form, page="/clients/new").status_code == 403


def test_another_practices_people_are_not_there(charlie, cast, invited, database):
    assert "Alice" not in charlie.get(PEOPLE).text
    charlie.get(f"{PEOPLE}/{cast.alice}", status=404)
    number = row(database, tables.coach_invitation).id
    for act in (
        f"{cast.bob}/role",
        f"{cast.bob}/leave",
        f"{cast.bob}/second-factor/off",
        f"invitations/{number}/again",
    ):
        assert charlie.post(f"{PEOPLE}/{act}", {"role": "owner"}, page=PEOPLE).status_code == 404, act


def test_a_role_counts_from_the_next_click(app, alice, cast, dana, eli):
    browser = signed_in(app, "dana@example.com")
    browser.get(f"/clients/{cast.ruth}", status=404)
    alice.post(f"{PEOPLE}/{dana}/role", {"role": "assistant"}, page=PEOPLE)
    browser.get(f"/clients/{cast.ruth}")


def test_the_last_owner_stays(alice, cast, database):
    for act, form in (("role", {"role": "coach"}), ("leave", {})):
        assert alice.post(f"{PEOPLE}/{cast.alice}/{act}", form, page=PEOPLE).status_code == 422
    kept = row(database, tables.coach, id=cast.alice)
    assert (kept.role, kept.active) == ("owner", True)


def test_one_of_two_owners_may_leave(alice, cast, dana, database):
    alice.post(f"{PEOPLE}/{dana}/role", {"role": "owner"}, page=PEOPLE)
    assert alice.post(f"{PEOPLE}/{cast.alice}/leave", {"to": str(dana)}, page=PEOPLE).status_code == 303
    assert alice.ask("GET", "/").status_code == 303
    assert whose(database, cast.ruth) == [dana]


def test_a_role_that_is_none_is_refused(alice, dana, database):
    assert alice.post(f"{PEOPLE}/{dana}/role", {"role": "admin"}, page=PEOPLE).status_code == 422
    assert row(database, tables.coach, id=dana).role == "coach"


def test_the_page_says_what_each_role_may_do(alice):
    assert "Erase a client for good yes no no" in alice.get(PEOPLE).text


# ---------- handing over ----------


def test_a_client_goes_over_and_the_log_says_to_whom(app, alice, cast, dana, database):
    form = {"clients": str(cast.ruth), "to": str(dana)}
    alice.post("/clients/many/hand", form, page="/clients/new")
    assert whose(database, cast.ruth) == [dana]
    signed_in(app, "dana@example.com").get(f"/clients/{cast.ruth}")
    assert "Alice Moreau handed over Ruth Adeyemi to Dana Fox" in alice.get("/practice/audit").text
    assert rows(database, tables.message, kind="by_hand") == []


def test_the_client_is_told_in_their_language_when_the_practice_wishes(alice, cast, dana, eli, database, queue):
    with database.session() as session:
        session.get_one(Client, eli).locale = "es"
    form = {"clients": f"{cast.ruth},{eli}", "to": str(cast.alice), "tell": "1"}
    alice.post("/clients/many/hand", form, page="/clients/new")
    (text,) = rows(database, tables.message, kind="by_hand")
    assert (text.client_id, text.body) == (
        eli,
        "Hola, Eli. Desde ahora te acompaña Alice en Moreau Coaching, en lugar de Dana. Tus metas y mensajes siguen "
        "igual. Escribe como siempre.",
    )
    assert queue.message_ids == [text.id]


def test_who_has_not_agreed_is_told_nothing(alice, dana, cast, database):
    new = make_client(database, dana, agreed=False, **ELI)
    alice.post("/clients/many/hand", {"clients": str(new), "to": str(cast.alice), "tell": "1"}, page="/clients/new")
    assert whose(database, new) == [cast.alice]
    assert rows(database, tables.message, kind="by_hand") == []


def test_nobody_is_handed_to_an_assistant_or_out_of_the_practice(alice, cast, database):
    form = {"clients": str(cast.ruth)}
    assert alice.post("/clients/many/hand", form | {"to": str(cast.bob)}, page="/clients/new").status_code == 422
    assert alice.post("/clients/many/hand", form | {"to": str(cast.charlie)}, page="/clients/new").status_code == 404
    assert whose(database, cast.ruth) == [cast.alice]


# ---------- leaving ----------


def test_who_left_is_out_at_once_everywhere(app, alice, dana, eli, cast, visitor, database):
    browser = signed_in(app, "dana@example.com")
    alice.post(f"{PEOPLE}/{dana}/leave", {"to": str(cast.alice)}, page=PEOPLE)
    assert browser.ask("GET", "/clients").status_code == 303
    assert Browser(app.test_client()).sign_in("dana@example.com", PASSWORD).status_code == 422
    assert whose(database, eli) == [cast.alice]
    assert "Left: Dana Fox." in alice.get(PEOPLE).text


def test_without_a_successor_texts_are_held_and_the_owner_is_told(alice, dana, eli, cast, database):
    alice.post(f"{PEOPLE}/{dana}/leave", page=PEOPLE)
    held = row(database, tables.client, id=eli)
    assert held.held_at
    assert held.held_reason == "no_coach"
    assert kinds_sent(database, "alice@example.com") == ["left"]
    assert "One client has nobody." in alice.get(PEOPLE).text
    assert "Eli has no coach." in alice.get(f"/clients/{eli}").text
    alice.post("/clients/many/hand", {"clients": str(eli), "to": str(cast.alice)}, page="/clients/new")
    assert row(database, tables.client, id=eli).held_at is None


def test_handed_over_texts_go_on(alice, dana, eli, cast, database):
    nora = make_coach(database, cast, "Nora Weiss")
    alice.post(f"{PEOPLE}/{dana}/leave", page=PEOPLE)
    alice.post("/clients/many/hand", {"clients": str(eli), "to": str(nora)}, page="/clients/new")
    assert row(database, tables.client, id=eli).held_at is None
    assert whose(database, eli) == [nora]


def test_a_hold_for_danger_is_not_lifted_by_handing_over(alice, dana, eli, cast, database, now):
    change(database, tables.client, eli, held_at=now, held_reason="safety")
    alice.post(f"{PEOPLE}/{dana}/leave", {"to": str(cast.alice)}, page=PEOPLE)
    assert row(database, tables.client, id=eli).held_reason == "safety"
