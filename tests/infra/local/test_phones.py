"""The phones on the table: who may see them, what they show, and texting from them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from coach_portal.core.models import CheckInSchedule, Client, Coach
from coach_portal.core.rules.may_send import FOREVER
from coach_portal.core.services.people import clients, consent
from tests.cast import ALICES_NUMBER, RUTHS_PHONE
from tests.infra.local.conftest import eventually
from tests.infra.local.tabletop import Tabletop, tabletop, wednesday_morning
from tests.ports import free_port
from tests.web.conftest import Browser, signed_in


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Tabletop]:
    """Ruth's phone on the table, on a Wednesday at half past eight; she is asked about her squats at nine."""
    with tabletop(tmp_path) as table:
        yield table


def test_the_phones_lie_behind_the_portals_own_door(table: Tabletop) -> None:
    stranger = Browser(table.machine.app.test_client())
    answer = stranger.ask("GET", "/phones")
    assert answer.status_code == 303
    assert "/sign-in" in answer.location
    assert stranger.ask("POST", "/phones/clock").status_code in {400, 401}


def test_suggestions_suit_what_was_asked(table: Tabletop) -> None:
    assert "how am I doing?" in table.alice.get("/phones").text
    table.move_to(wednesday_morning() + timedelta(hours=1))
    chips = [button.attributes["value"] for button in table.alice.get("/phones").all("button", name="chip")]
    assert chips == ["done", "did 2 squats", "not today", "later", "STOP"]
    table.text(chip="STOP")
    assert [button.attributes["value"] for button in table.alice.get("/phones").all("button", name="chip")] == ["START"]


def test_enter_in_the_field_sends_the_words_and_not_a_suggestion(table: Tabletop) -> None:
    buttons = [
        element
        for element in table.alice.get("/phones").elements
        if element.tag == "button" and ("form" in element.inside or element.attributes.get("name") == "chip")
    ]
    of_the_phone = [button for button in buttons if button.attributes.get("name") != "until"]
    assert "name" not in of_the_phone[0].attributes


def test_under_the_phone_stands_when_its_next_text_comes_or_why_none_will(table: Tabletop) -> None:
    def outlook() -> str:
        return table.alice.get("/phones").text

    assert "Next: check-in, 9:00." in outlook()
    table.change(paused_until=table.clock.now() + timedelta(days=2))
    assert "Paused until Fri" in outlook()
    assert "Next: check-in, Fri" in outlook()
    table.change(paused_until=FOREVER)
    assert "paused until Ruth wants them back" in outlook()
    table.change(paused_until=None, held_at=table.clock.now())
    assert "on hold until the coach has looked" in outlook()
    table.change(held_at=None, unreachable_at=table.clock.now())
    assert "out of service" in outlook()
    table.change(unreachable_at=None, consent="invited")
    assert "before Ruth says YES" in outlook()


def test_nothing_is_planned_for_someone_without_a_time(table: Tabletop) -> None:
    with table.database.session() as session:
        for schedule in session.scalars(select(CheckInSchedule)):
            schedule.next_due_at = None
    assert "Nothing is planned" in table.alice.get("/phones").text


def test_stop_silences_the_phone_and_start_wakes_it(table: Tabletop) -> None:
    table.text(words="STOP")
    assert "Only START brings the texts back" in table.alice.get("/phones").text
    assert table.move_to(wednesday_morning() + timedelta(hours=1)).texts == 0
    table.text(words="START")
    assert "Next: check-in, tomorrow, 9:00." in table.alice.get("/phones").text


def test_an_invited_client_s_phone_lies_on_the_table_at_once(table: Tabletop) -> None:
    with table.database.session() as session:
        alice = session.get_one(Coach, table.cast.alice)
        details = {"name": "Sam Reyes", "phone": "+16175550177", "timezone": "America/New_York", "locale": "en"}
        sam, message_ids = clients.add_client(session, alice, details | {"country": "US"}, table.clock.now())
        assert sam.consent == "invited"
    table.machine.runtime.queue.put(message_ids)
    eventually(lambda: "Reply YES to begin" in table.alice.get("/phones").text)


def test_the_page_asks_again_for_nothing_while_nothing_changed(table: Tabletop) -> None:
    first = table.alice.ask("GET", "/phones/live")
    again = table.alice.ask("GET", "/phones/live", headers={"If-None-Match": first.headers["ETag"]})
    table.text(words="hello there")
    changed = table.alice.ask("GET", "/phones/live", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, changed.status_code) == (200, 200)
    assert again.status_code in {304, 200}
    assert "hello there" in changed.text


def test_each_part_that_changes_by_itself_is_on_the_page(table: Tabletop) -> None:
    page = table.alice.get("/phones")
    live = table.alice.ask("GET", "/phones/live").text
    ids = {element.attributes["id"] for element in page.elements if "data-live" in element.attributes}
    assert len(ids) == 9
    assert all(f'id="{name}"' in live for name in ids)


def test_a_carrier_that_is_away_is_said_plainly(table: Tabletop) -> None:
    table.machine.app.extensions["phones"].carrier._url = f"http://127.0.0.1:{free_port()}"
    page = table.alice.ask("GET", "/phones")
    assert page.status_code == 200
    assert "does not answer" in page.text
    assert table.text(words="anyone there?").status_code == 303


def test_a_text_too_long_for_the_carrier_is_refused_with_its_reason(table: Tabletop) -> None:
    table.text(words="x" * 1700)
    assert "1600" in table.alice.get("/phones").text


def test_another_practice_sees_none_of_these_phones(table: Tabletop) -> None:
    charlie = signed_in(table.machine.app, "charlie@example.com")
    assert "Ruth" not in charlie.get("/phones").text
    assert charlie.post(f"/phones/{table.cast.ruth}/text", {"words": "hi"}, page="/phones").status_code == 404


def test_ruth_texts_from_her_own_phone_to_the_number_she_knows(table: Tabletop) -> None:
    table.text(words="did 5 squats")
    (text, *_) = table.carrier.book.phone(RUTHS_PHONE)
    assert (text.sender, text.recipient, text.answered) == (RUTHS_PHONE, ALICES_NUMBER, 200)


def test_consent_given_on_the_phone_stands_in_the_ledger(table: Tabletop) -> None:
    with table.database.session() as session:
        ruth = session.get_one(Client, table.cast.ruth)
        proof = consent.Proof("coach", "May I text you?", "test")
        consent.invite(session.connection(), clients.party_of(ruth), proof, table.clock.now())
    table.text(chip="YES")
    with table.database.reading() as session:
        assert session.get_one(Client, table.cast.ruth).consent == "granted"


def test_what_the_coach_was_told_can_be_read_and_its_link_opened(table: Tabletop) -> None:
    assert "Nothing yet." in table.alice.get("/phones/told").text
    table.text(words="I want to kill myself")
    table.move_to(table.clock.now() + timedelta(minutes=1))
    page = table.alice.get("/phones/told")
    assert "Ruth may need you now" in page.text
    (link, *_) = [a.attributes["href"] for a in page.all("a") if a.attributes["href"].startswith("/a/")]
    assert "Ruth may be in danger." in table.alice.get(link).text
