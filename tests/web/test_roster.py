"""The roster: who is found, in which order, a page at a time; and what is done for many at once, with a way back."""

from datetime import timedelta

import pytest

from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.rules.marks import days_of
from coach_portal.core.services.pages import roster
from tests.factories import make_client
from tests.rows import count, row, rows
from tests.web import history
from tests.web.page import told
from tests.web.test_reading import TODAY

ELI = {"name": "Eli Brandt", "phone": "+16175550112"}
MANY = "/clients/many"


@pytest.fixture
def eli(database, cast, now):
    """Another client of Alice's, who has said YES."""
    return make_client(database, cast.alice, **ELI)


@pytest.fixture
def tagged(alice, cast, eli):
    """Both are head teachers."""
    post(alice, f"{MANY}/tag", {"clients": f"{cast.ruth},{eli}", "tag": "Head teachers"})


def names(page):
    """Who stands in the roster, in order."""
    return [link.attributes["aria-label"].removeprefix("Choose ") for link in page.all("input", name="client")]


def post(browser, path, form):
    """Send a form that stands on a page of another address."""
    return browser.post(path, form, page="/clients/new")


def kinds(database):
    """Texts written by hand: to whom, in which state."""
    return {(text.client_id, text.state) for text in rows(database, tables.message, kind="by_hand")}


def test_a_client_is_found_by_name_and_by_tag(alice, tagged):
    assert names(alice.get("/clients?find=eli")) == ["Eli Brandt"]
    assert names(alice.get("/clients?find=TEACH")) == ["Eli Brandt", "Ruth Adeyemi"]
    assert names(alice.get("/clients?tag=Head+teachers")) == ["Eli Brandt", "Ruth Adeyemi"]
    assert names(alice.get("/clients?tag=Other")) == []


def test_who_needs_the_coach_comes_first_unless_asked_otherwise(alice, cast, eli, database, now):
    with database.session() as session:
        history.alert(session, cast.ruth, "wants_answer", now)
    assert names(alice.get("/clients")) == ["Ruth Adeyemi", "Eli Brandt"]
    assert names(alice.get("/clients?sort=name")) == ["Eli Brandt", "Ruth Adeyemi"]


def test_least_done_and_longest_unheard_can_come_first(alice, cast, eli, database, now):
    with database.session() as session:
        for client_id, done in ((cast.ruth, 3), (eli, 1)):
            of = history.goal(session, client_id, now)
            for back in range(1, 5):
                history.asked(session, of, TODAY - timedelta(days=back), now)
            for back in range(1, done + 1):
                history.win(session, of, TODAY - timedelta(days=back), now, 5)
        history.text_from(session, eli, "did it", now + timedelta(hours=1))
    assert names(alice.get("/clients?sort=done")) == ["Eli Brandt", "Ruth Adeyemi"]
    assert names(alice.get("/clients?sort=heard")) == ["Ruth Adeyemi", "Eli Brandt"]


def test_what_an_address_says_amiss_is_passed_over(alice, eli):
    assert len(names(alice.get("/clients?sort=backwards&page=none&standing=tall"))) == 2


def test_a_page_holds_so_many_and_leads_to_the_next(alice, cast, database, now):
    with database.session() as session:
        history.crowd(session, cast.alice, roster.SHOWN, now)
    first = alice.get("/clients?sort=name")
    assert len(names(first)) == roster.SHOWN
    assert "Page 1 of 2" in first.text
    assert names(alice.get("/clients?sort=name&page=2")) == ["Ruth Adeyemi"]


def test_standing_is_judged_by_the_marks_that_are_shown(alice, cast, database, now):
    """Two ways of counting, one by the database and one for drawing, come to the same."""
    with database.session() as session:
        few = history.goal(session, cast.ruth, now, title="At most 2 coffees", amount=2.0, direction="at_most")
        more = history.goal(session, cast.ruth, now)
        for back in range(1, 14):
            day = TODAY - timedelta(days=back)
            history.asked(session, few, day, now)
            if back % 3:
                history.win(session, few, day, now, 1.0 + back % 4)
            if back % 4 == 0:
                history.miss(session, more, day, now)
            elif back % 5 == 0:
                history.win(session, more, day, now, 2)
    with database.reading() as session:
        page = roster.read(session, session.get_one(Coach, cast.alice), now, roster.Wanted())
    (line,) = page.lines
    assert line.tally == days_of(line.marks).tally
    assert {"done", "partly", "missed", "silent"} <= set(line.marks)


def test_ticked_clients_are_shown_before_anything_is_done(alice, cast, eli):
    page = alice.get(f"{MANY}?act=text&client={cast.ruth}&client={eli}")
    assert "Text two clients" in page.text
    assert "Eli Brandt and Ruth Adeyemi" in page.text
    assert "Send two texts" in page.text


def test_all_means_all_who_were_found(alice, cast, eli):
    assert "Text two clients" in alice.get(f"{MANY}?act=text&all=1").text
    assert "Tag one client" in alice.get(f"{MANY}?act=tag&all=1&find=eli").text


def test_nobody_ticked_is_told_what_to_do(alice):
    assert "Tick clients in the list" in alice.get(f"{MANY}?act=text").text


def test_one_text_goes_to_each_who_may_be_written_to(alice, cast, eli, database):
    with database.session() as session:
        session.get_one(Client, eli).consent = "revoked"
    asking = alice.get(f"{MANY}?act=text&client={cast.ruth}&client={eli}")
    assert "Eli opted out of texts." in asking.text
    page = post(alice, f"{MANY}/text", {"clients": f"{cast.ruth},{eli}", "body": "Hello {client}, the hall is booked"})
    assert page.status_code == 303
    text = row(database, tables.message, kind="by_hand")
    assert (text.client_id, text.body) == (cast.ruth, "Hello Ruth, the hall is booked")
    assert "One text leaves. Left out: Eli Brandt." in alice.get("/clients").text


def test_who_may_be_in_danger_gets_no_text_of_a_round(alice, cast, database, now):
    with database.session() as session:
        session.get_one(Client, cast.ruth).held_at = now
    page = told(post(alice, f"{MANY}/text", {"clients": str(cast.ruth), "body": "The hall is booked"}))
    assert "Texts are held until you have looked." in page.text


def test_texts_to_many_can_be_taken_back(alice, cast, eli, database):
    post(alice, f"{MANY}/text", {"clients": f"{cast.ruth},{eli}", "body": "The hall is booked"})
    assert kinds(database) == {(cast.ruth, "planned"), (eli, "planned")}
    texts = ",".join(str(text.id) for text in rows(database, tables.message, kind="by_hand"))
    post(alice, f"{MANY}/take-back", {"texts": texts})
    assert kinds(database) == {(cast.ruth, "not_sent"), (eli, "not_sent")}


def test_a_stranger_takes_no_text_back(alice, charlie, cast, database):
    post(alice, f"{MANY}/text", {"clients": str(cast.ruth), "body": "The hall is booked"})
    text = row(database, tables.message, kind="by_hand")
    post(charlie, f"{MANY}/take-back", {"texts": str(text.id)})
    assert kinds(database) == {(cast.ruth, "planned")}


def test_an_offer_goes_to_nobody_who_has_not_agreed_to_offers(alice, cast, database):
    page = told(post(alice, f"{MANY}/text", {"clients": str(cast.ruth), "body": "20% off this week"}))
    assert "Nobody of these may be written to just now." in page.text
    assert page.all("textarea")
    assert "20% off this week" in page.text
    assert count(database, tables.message, kind="by_hand") == 0


def test_a_pause_for_many_leaves_those_on_one_alone(alice, cast, eli, database, now):
    alice.post(f"/clients/{eli}/pause", {"until": "2026-12-24"})
    before = row(database, tables.client, id=eli).paused_until
    post(alice, f"{MANY}/pause", {"clients": f"{cast.ruth},{eli}", "until": "2026-12-01"})
    assert row(database, tables.client, id=cast.ruth).paused_until.isoformat() == "2026-12-01T05:00:00+00:00"
    assert row(database, tables.client, id=eli).paused_until == before
    post(alice, f"{MANY}/resume", {"clients": str(cast.ruth)})
    assert row(database, tables.client, id=cast.ruth).paused_until is None


def test_a_day_that_is_over_is_asked_for_again(alice, cast):
    page = told(post(alice, f"{MANY}/pause", {"clients": str(cast.ruth), "until": "2020-01-01"}))
    assert "Choose a day to come" in page.text
    assert page.all("input", name="until")[0].attributes["value"] == "2020-01-01"


def test_a_tag_keeps_its_first_spelling_and_comes_off_again(alice, cast, eli, tagged, database):
    post(alice, f"{MANY}/tag", {"clients": str(eli), "tag": "head TEACHERS"})
    assert {tag.tag for tag in rows(database, tables.client_tag)} == {"Head teachers"}
    assert "Head teachers" in alice.get("/clients").text
    post(alice, f"{MANY}/tag", {"clients": f"{cast.ruth},{eli}", "tag": "Head teachers", "off": "1"})
    assert rows(database, tables.client_tag) == []


@pytest.mark.parametrize("act", ["text", "pause", "tag", "resume"])
def test_a_strangers_client_is_nobodys(alice, charlie, cast, act):
    form = {"clients": str(cast.ruth), "body": "Hello", "tag": "mine"}
    assert post(charlie, f"{MANY}/{act}", form).status_code == 404
    assert charlie.ask("GET", f"{MANY}?act=text&client={cast.ruth}").status_code == 404


def test_as_many_statements_for_a_text_to_many_as_for_one(alice, cast, database, now, statements):
    def asked(ids):
        statements.clear()
        post(alice, f"{MANY}/text", {"clients": ",".join(map(str, ids)), "body": "Hello"})
        return len(statements)

    one = asked([cast.ruth])
    with database.session() as session:
        history.crowd(session, cast.alice, 20, now)
    everyone = [client.id for client in rows(database, tables.client)]
    assert asked(everyone) == one
