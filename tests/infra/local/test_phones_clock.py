"""The clock on the table: moved on, it stops wherever something falls due, and does it there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from coach_portal.core.models import Coach, Goal, Message, Win
from coach_portal.core.services.moments import schedules
from coach_portal.core.services.people import clients, consent
from coach_portal.core.services.progress import goals
from infra.local.phones import clockwork
from tests.cast import RUTHS_PHONE
from tests.infra.local.conftest import eventually
from tests.infra.local.tabletop import AT_NINE, SQUATS, Tabletop, tabletop, wednesday_morning
from tests.web import history


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Tabletop]:
    """Ruth's phone on the table, on a Wednesday at half past eight; she is asked about her squats at nine."""
    with tabletop(tmp_path) as table:
        yield table


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


def test_more_than_a_limit_is_told_apart_from_a_miss(table: Tabletop) -> None:
    with table.database.session() as session:
        coffees = history.goal(
            session,
            table.cast.ruth,
            table.clock.now(),
            title="2 coffees",
            amount=2.0,
            unit="coffees",
            direction="at_most",
        ).id
        squats = session.scalars(select(Goal.id).where(Goal.title == "5 squats")).one()
        understood = {"acts": ["miss"], "wins": [], "misses": [{"goal_id": coffees}, {"goal_id": squats}]}
        history.text_from(session, table.cast.ruth, "four coffees, no squats", table.clock.now(), understood)
    assert "Not today: 5 squats. Over the limit: 2 coffees." in table.alice.get("/phones").text


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


def test_the_first_button_names_the_newest_clients_first(table: Tabletop) -> None:
    take_on(table, "Mateo", "+16175550122")
    assert "On to 9:00, Mateo and Ruth" in table.alice.get("/phones").text
    take_on(table, "Sam", "+16175550123")
    assert "On to 9:00, Sam, Mateo and 1 more" in table.alice.get("/phones").text


def take_on(table: Tabletop, name: str, phone: str) -> None:
    """One more client of Alice's who is asked at nine."""
    now = table.clock.now()
    with table.database.session() as session:
        alice = session.get_one(Coach, table.cast.alice)
        data = {"name": name, "phone": phone, "timezone": "America/New_York", "locale": "en", "country": "US"}
        client, _ = clients.add_client(session, alice, data, now)
        consent.grant(session.connection(), clients.party_of(client), None, now)
        goals.add_goal(session, alice, client, SQUATS, now)
        schedules.add_schedule(session, alice, client, AT_NINE, now)
