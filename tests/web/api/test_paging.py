"""Lists, a page at a time."""

from itertools import chain

import pytest

from coach_portal.core.models import Alert
from tests.cast import NOW


@pytest.fixture
def raise_alerts(database, house):
    """Raise so many alerts about Ruth."""

    def raise_alerts(count):
        with database.session() as session:
            for _ in range(count):
                session.add(Alert(practice_id=house.practice, client_id=house.ruth, kind="risk", created_at=NOW))

    return raise_alerts


def walk(program, path, limit, between=lambda: None):
    """The ids on all pages, page by page."""
    pages, cursor = [], ""
    while cursor is not None:
        page = program.get(f"{path}?limit={limit}&cursor={cursor}").json
        pages.append([item["id"] for item in page["items"]])
        cursor = page["next"]
        between()
    return pages


@pytest.mark.parametrize("limit", [1, 3, 6, 7, 8])
def test_the_pages_hold_every_row_once_the_newest_first(alice, raise_alerts, limit):
    raise_alerts(7)
    assert list(chain(*walk(alice, "/alerts", limit))) == [7, 6, 5, 4, 3, 2, 1]


def test_rows_added_meanwhile_neither_move_nor_hide_any(alice, raise_alerts):
    raise_alerts(5)
    assert walk(alice, "/alerts", 2, between=lambda: raise_alerts(1)) == [[5, 4], [3, 2], [1]]


def test_a_list_that_ends_with_a_full_page_has_no_page_after(alice, raise_alerts):
    raise_alerts(4)
    assert [len(page) for page in walk(alice, "/alerts", 2)] == [2, 2]


def test_clients_come_those_of_old_first(house):
    assert walk(house.alice, "/clients", 1) == [[house.ruth], [house.eli]]


def test_an_empty_list_is_a_page_of_nothing(alice):
    assert alice.get("/alerts").json == {"items": [], "next": None}


def test_a_page_has_fifty_rows_unless_asked_otherwise(alice, raise_alerts):
    raise_alerts(51)
    assert len(alice.get("/alerts").json["items"]) == 50


@pytest.mark.parametrize("limit", ["0", "-1", "201", "many", "1.5", "9" * 5000])
def test_a_page_is_of_1_to_200_rows(alice, limit):
    answer = alice.get(f"/alerts?limit={limit}")
    assert answer.json["error"]["fields"] == {"limit": ["Write a number from 1 to 200."]}


@pytest.mark.parametrize("cursor", ["x", "5", "YWZ0ZXI6", "YWZ0ZXI6LTE", "YWZ0ZXI6eA", "é", "YWZ0ZXI6MQ==garbage"])
def test_a_cursor_that_is_none_of_ours_is_refused(alice, cursor):
    assert alice.get("/alerts", query_string={"cursor": cursor}).json["error"]["fields"].keys() == {"cursor"}


def test_a_mistyped_parameter_is_told_and_not_lost(alice):
    assert alice.get("/alerts?limt=5").json["error"]["fields"].keys() == {"limt"}


def test_one_practices_cursor_shows_another_nothing(house, raise_alerts):
    raise_alerts(3)
    cursor = house.alice.get("/alerts?limit=1").json["next"]
    assert house.charlie.get(f"/alerts?cursor={cursor}").json["items"] == []
