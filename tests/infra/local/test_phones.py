"""The phones on the table: read, texted from, and moved on in time, over the real carrier and the real webhooks."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from coach_portal.core.clocks import ShiftedClock
from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.models import CheckInSchedule, Client, Coach, Message, Win
from coach_portal.core.rules.may_send import FOREVER
from coach_portal.core.services import clients, consent, goals, schedules
from functions.runtime import use
from infra.local import phones
from infra.local.carrier import Carrier, CarrierSettings
from infra.local.machine import Machine
from infra.local.phones import clockwork
from tests import databases
from tests.cast import ALICES_NUMBER, RUTHS_PHONE, Cast, found_in, hire
from tests.infra.local.conftest import eventually
from tests.web.conftest import Browser, signed_in

SQUATS = {"title": "5 squats", "anchor": "after I brush my teeth", "cadence": "daily", "amount": 5, "unit": "squats"}
AT_NINE = {"kind": "check_in", "days": "1234567", "local_time": "09:00", "channel": "text"}


@dataclass
class Tabletop:
    """The machine with its carrier, the clock, and Alice's browser."""

    machine: Machine
    carrier: Carrier
    clock: ShiftedClock
    cast: Cast
    alice: Browser

    @property
    def database(self) -> Database:
        """The practice's database."""
        return self.machine.runtime.database

    def move_to(self, moment: datetime) -> clockwork.Journey:
        """Move the clock on, and wait until it has arrived."""
        table = self.machine.app.extensions["phones"]
        journey: clockwork.Journey = table.clockwork.travel(moment)
        return journey

    def text(self, **form: str) -> Any:
        """Text from Ruth's phone."""
        return self.alice.post(f"/phones/{self.cast.ruth}/text", form, page="/phones")

    def bodies(self) -> list[str]:
        """What Ruth's phone shows, oldest first."""
        return [text.body for text in self.carrier.book.phone(RUTHS_PHONE)]

    def change(self, **values: object) -> None:
        """Change Ruth's row."""
        with self.database.session() as session:
            for name, value in values.items():
                setattr(session.get_one(Client, self.cast.ruth), name, value)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def wednesday_morning() -> datetime:
    """Half past eight in Boston, on a Wednesday to come: early enough that the whole day lies ahead."""
    noon = datetime.now(UTC).replace(hour=13, minute=30, second=0, microsecond=0) + timedelta(days=1)
    return noon + timedelta(days=(2 - noon.weekday()) % 7)


@pytest.fixture
def database(tmp_path: Any) -> Iterator[Database]:
    """A demo stands on SQLite."""
    with databases.fresh("sqlite", tmp_path, hire) as url:
        opened = Database(url)
        yield opened
        opened.dispose()


@pytest.fixture
def settings(database: Database) -> Settings:
    """Settings of a demo, whose carrier is not known yet."""
    return Settings(
        database_url=database.engine.url.render_as_string(hide_password=False),
        secret_key="a secret key for tests only, long enough",
        public_url="http://127.0.0.1",
        webhook_url=f"http://127.0.0.1:{free_port()}",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="an auth token for tests only",
    )


@pytest.fixture
def table(settings: Settings, database: Database) -> Iterator[Tabletop]:
    """Ruth's phone on the table, on a Wednesday at half past eight; she is asked about her squats at nine."""
    cast = found_in(database)
    port = int(settings.webhook_url.rpartition(":")[2])
    sms_url = f"{settings.webhook_url}/twilio/sms"
    at_the_carrier = CarrierSettings(
        settings.twilio_account_sid, settings.twilio_auth_token, sms_url=sms_url, confirm_keywords=True
    )
    carrier = Carrier(at_the_carrier).start()
    wanted = replace(settings, twilio_api_url=carrier.url)
    machine = Machine(wanted, "127.0.0.1", port, clock=lambda wired: ShiftedClock(wired.database))
    clock = ShiftedClock(machine.runtime.database)
    clock.move_to(wednesday_morning())
    ask_ruth(database, cast, clock.now())
    phones.init_app(machine, clock)
    machine.start()
    yield Tabletop(machine, carrier, clock, cast, signed_in(machine.app, "alice@example.com"))
    carrier.stop()
    machine.stop()
    use(None)


def ask_ruth(database: Database, cast: Cast, now: datetime) -> None:
    """Agree the squats with Ruth, at nine every day. What fell due while nobody looked is forgotten."""
    with database.session() as session:
        session.execute(update(CheckInSchedule).values(next_due_at=None))
        alice, ruth = session.get_one(Coach, cast.alice), session.get_one(Client, cast.ruth)
        goals.add_goal(session, alice, ruth, SQUATS, now)
        schedules.add_schedule(session, alice, ruth, AT_NINE, now)


def test_the_phones_lie_behind_the_portals_own_door(table: Tabletop) -> None:
    stranger = Browser(table.machine.app.test_client())
    answer = stranger.ask("GET", "/phones")
    assert answer.status_code == 303
    assert "/sign-in" in answer.location
    assert stranger.ask("POST", "/phones/clock").status_code in {400, 401}


def test_a_moved_clock_brings_the_check_in_and_a_text_back_becomes_a_win(table: Tabletop) -> None:
    journey = table.move_to(wednesday_morning() + timedelta(hours=1))
    assert (journey.steps, journey.texts, journey.trouble) == (1, 1, "")
    assert "5 squats" in table.bodies()[-1]
    assert table.text(words="did 3!").status_code == 303
    eventually(lambda: len(table.bodies()) == 3)
    assert "3" in table.bodies()[-1]
    with table.database.reading() as session:
        assert session.scalars(select(Win.amount)).all() == [3]
    page = table.alice.get("/phones").text
    assert "did 3!" in page
    assert "Ruth texted. Done: 5 squats (3)." in page


def test_texts_are_dated_as_the_clock_was_when_they_left(table: Tabletop) -> None:
    nine = wednesday_morning() + timedelta(minutes=30)
    table.move_to(nine + timedelta(hours=2))
    (text,) = table.carrier.book.phone(RUTHS_PHONE)
    assert abs(text.created - nine.timestamp()) < 10


def test_every_due_moment_on_the_way_is_visited_in_turn(table: Tabletop) -> None:
    journey = table.move_to(wednesday_morning() + timedelta(days=5))
    # Five mornings, and Sunday evening.
    assert journey.texts == 6
    asked_at = [datetime.fromtimestamp(text.created, UTC) for text in table.carrier.book.phone(RUTHS_PHONE)]
    assert [at.weekday() for at in asked_at] == [2, 3, 4, 5, 6, 6]
    with table.database.reading() as session:
        assert set(session.scalars(select(Message.state))) == {"delivered"}


def test_a_text_whose_receipt_was_lost_holds_up_no_journey(table: Tabletop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clockwork, "SETTLES_WITHIN", 60)
    table.move_to(wednesday_morning() + timedelta(hours=1))
    with table.database.session() as session:
        session.execute(update(Message).where(Message.kind == "check_in").values(state="accepted"))
    assert table.move_to(wednesday_morning() + timedelta(days=2)).steps == 1


def test_a_journey_ends_after_so_many_steps_and_says_so(table: Tabletop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clockwork, "MOST_STEPS", 2)
    journey = table.move_to(wednesday_morning() + timedelta(days=5))
    assert journey.over
    assert "2 moments" in journey.trouble
    assert table.clock.now() < wednesday_morning() + timedelta(days=2)


def test_the_page_moves_the_clock_and_tells_how_far_it_got(table: Tabletop) -> None:
    until = (wednesday_morning() + timedelta(hours=1)).isoformat()
    assert table.alice.post("/phones/clock", {"until": until}, page="/phones").status_code == 303
    eventually(lambda: "Moved on to 9:30" in table.alice.get("/phones").text)
    assert "one text on the way" in table.alice.get("/phones").text


@pytest.mark.parametrize("days", [-1, 16])
def test_the_clock_goes_forward_only_and_a_fortnight_at_most(table: Tabletop, days: int) -> None:
    until = (table.clock.now() + timedelta(days=days)).isoformat()
    table.alice.post("/phones/clock", {"until": until}, page="/phones")
    assert "The clock only goes forward" in table.alice.get("/phones").text
    assert table.clock.now() < wednesday_morning() + timedelta(minutes=10)


def test_what_is_no_moment_moves_nothing(table: Tabletop) -> None:
    assert table.alice.post("/phones/clock", {"until": "teatime"}, page="/phones").status_code == 303


def test_the_first_button_names_the_next_text(table: Tabletop) -> None:
    assert "On to 9:00, Ruth’s check-in" in table.alice.get("/phones").text


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
    assert len(ids) == 8
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
