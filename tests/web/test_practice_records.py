"""The pages about a practice's own data: the audit log, delivery over time, and registering a number."""

import pytest

from coach_portal.core.models import tables
from coach_portal.core.rules import registration
from coach_portal.core.rules.texts.words import Terms
from tests import factories
from tests.rows import change
from tests.web.conftest import signed_in


def test_the_log_says_who_looked_and_who_changed_what(alice, app, cast, database, ruth):
    factories.make_goal(database, cast)
    signed_in(app, "bob@example.com").get(ruth)
    page = alice.get("/practice/audit")
    assert "Bob Lindqvist looked at Ruth Adeyemi" in page.text
    assert "Alice Moreau agreed a goal with Ruth Adeyemi" in page.text


def test_it_is_narrowed_by_what_by_whom_and_about_whom(alice, app, cast, database, ruth):
    other = factories.make_client(database, cast.alice, name="Pete Sole", phone="+16175550188")
    factories.make_goal(database, cast)
    signed_in(app, "bob@example.com").get(ruth)
    assert "agreed a goal" not in alice.get("/practice/audit?kind=saw").text
    assert "looked at" not in alice.get("/practice/audit?kind=changed").text
    assert "Alice Moreau agreed" not in alice.get(f"/practice/audit?coach={cast.bob}").text
    assert "agreed a goal" not in alice.get(f"/practice/audit?client={other}").text
    assert "agreed a goal" in alice.get(f"/practice/audit?client={cast.ruth}").text


def test_the_owner_alone_reads_it_and_of_her_own_practice(app, alice, charlie, ruth, cast):
    alice.get(ruth)
    assert "Ruth" not in charlie.get("/practice/audit").text
    charlie.get(f"/practice/audit?client={cast.ruth}", status=404)
    signed_in(app, "bob@example.com").get("/practice/audit", status=403)


def test_it_goes_back_page_by_page(alice, ruth, clock):
    for _ in range(52):
        clock.move_on(minutes=61)
        alice.get(ruth)
    page = alice.get("/practice/audit?kind=saw")
    (older,) = page.all("a", rel="next")
    assert "looked at" in alice.get(older.attributes["href"]).text


@pytest.mark.parametrize(
    "rubbish", ["?kind=%00&coach=x&client=&before=-1", f"?before={10**30}", f"?coach={10**19 - 1}"]
)
def test_rubbish_in_its_address_is_passed_over(alice, rubbish):
    alice.get(f"/practice/audit?{rubbish}")


def test_delivery_counts_what_arrived_and_says_why_the_rest_did_not(alice, cast, database):
    for state, more in (("delivered", {}), ("sent", {}), ("failed", {"error_code": "30005"}), ("not_sent", {})):
        message_id = factories.make_message(database, cast)
        change(database, tables.message, message_id, state=state, **more)
    change(database, tables.message, message_id, reason="paused")
    page = alice.get("/practice/delivery")
    assert "2 of 4 texts arrived in 30 days." in page.text  # the invitation among them
    assert "(30005)" in page.text
    assert "was on a pause" in page.text


def test_delivery_shows_a_practice_its_own_texts_alone(charlie, cast, database):
    factories.make_message(database, cast)
    assert "No text left in the last 90 days." in charlie.get("/practice/delivery?days=90").text


def test_the_words_to_paste_are_those_we_send(alice):
    page = alice.get("/practice/registration")
    assert "Moreau Coaching" in page.text
    assert "https://hooks.example.com/twilio/sms" in page.text
    assert "While you wait" in page.text


def test_what_is_pasted_fits_the_fields():
    terms = Terms("The Long and Winding Road Coaching Company", "Alexandria", "alexandria@example.com", "US")
    told = {field.name: field.words for field in registration.campaign(terms, "https://portal.example.com/stop")}
    assert 40 <= len(told["Campaign description"]) <= 4096
    assert 40 <= len(told["How do end-users consent to receive messages?"]) <= 2048
    for name in ("Sample message 1", "Sample message 2", "Sample message 3"):
        assert 20 <= len(told[name]) <= 1024
    assert all(len(told[f"{kind} message"]) <= 320 for kind in ("Opt-in", "Opt-out", "Help"))


def test_a_number_the_carriers_do_not_know_yet_is_led_here(alice, cast, database):
    change(database, tables.sending_number, 1, stopped_code="30034")
    assert "is not registered yet" in alice.get("/practice/registration").text
