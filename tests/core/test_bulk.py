"""Many rows at once, alike on both databases."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import bindparam, select, update

from coach_portal.core import bulk
from coach_portal.core.models import tables
from tests.rows import count, row, rows

MOMENT = datetime(2026, 11, 18, 13, 30, tzinfo=UTC)


def items(*ids):
    """Rows of the queue."""
    return [{"id": number, "message_id": number * 10, "visible_at": MOMENT, "attempts": 0} for number in ids]


@pytest.fixture
def schedule(story):
    """A schedule's row, to be changed."""
    return story.row(tables.schedule).id


def test_no_rows_insert_nothing(database, statements):
    with database.transaction() as connection:
        bulk.insert_rows(connection, tables.queue_item, [])
        bulk.update_rows(connection, tables.queue_item, [])
    assert not any("INSERT" in statement or "UPDATE" in statement for statement in statements)
    assert count(database, tables.queue_item) == 0


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_rows_are_inserted_with_the_numbers_reserved_for_them(database, size):
    with database.transaction() as connection:
        ids = bulk.reserve_ids(connection, tables.queue_item, size)
        bulk.insert_rows(connection, tables.queue_item, items(*ids))
    assert ids == sorted(set(ids))
    assert [(item.id, item.message_id) for item in rows(database, tables.queue_item)] == [(n, n * 10) for n in ids]


def test_numbers_reserved_twice_do_not_meet(database):
    with database.transaction() as connection:
        first = bulk.reserve_ids(connection, tables.queue_item, 3)
        bulk.insert_rows(connection, tables.queue_item, items(*first))
    with database.transaction() as connection:
        second = bulk.reserve_ids(connection, tables.queue_item, 3)
    assert max(first) < min(second)


def test_none_reserved_are_none(database):
    with database.transaction() as connection:
        assert bulk.reserve_ids(connection, tables.queue_item, 0) == []


def test_rows_inserted_singly_follow_reserved_ones(database):
    with database.transaction() as connection:
        ids = bulk.reserve_ids(connection, tables.queue_item, 2)
        bulk.insert_rows(connection, tables.queue_item, items(*ids))
        connection.execute(tables.queue_item.insert().values(message_id=1, visible_at=MOMENT, attempts=0))
    assert count(database, tables.queue_item) == 3


def test_only_the_rows_named_are_updated(database):
    with database.transaction() as connection:
        bulk.insert_rows(connection, tables.queue_item, items(1, 2, 3))
        bulk.update_rows(connection, tables.queue_item, [{"id": 1, "attempts": 7}, {"id": 3, "attempts": 9}])
    assert [item.attempts for item in rows(database, tables.queue_item)] == [7, 0, 9]


@pytest.mark.parametrize("goal_ids", [None, [], [3, 1, 2]])
@pytest.mark.parametrize("due", [None, MOMENT])
@pytest.mark.parametrize("asked_on", [None, date(2028, 2, 29)])
def test_json_moments_dates_and_nothing_come_back_as_they_went(story, schedule, goal_ids, due, asked_on):
    changed = {"id": schedule, "goal_ids": goal_ids, "next_due_at": due, "asked_on": asked_on}
    with story.wired.database.transaction() as connection:
        bulk.update_rows(connection, tables.schedule, [changed])
    found = row(story.wired.database, tables.schedule)
    assert (found.goal_ids, found.next_due_at, found.asked_on) == (goal_ids, due, asked_on)


@pytest.mark.parametrize("body", ["plain", "“curly” and \U0001f4aa", "a,b\n{c}\"d\\e'f", "NULL", ""])
def test_words_come_back_as_they_went(database, body):
    text = {"sid": "SM1", "from_phone": "+1", "to_phone": "+2", "body": body, "params": {body: body}}
    with database.transaction() as connection:
        bulk.insert_rows(connection, tables.inbound_text, [{**text, "received_at": MOMENT}])
    found = row(database, tables.inbound_text)
    assert (found.body, found.params) == (body, {body: body})


def test_the_words_of_many_rows_do_not_run_into_each_other(database):
    bodies = ["plain", 'a "quoted" one', "{a,b}", "back\\slash", "NULL", "", "ñ \U0001f4aa\n", "plain"]
    texts = [
        {"sid": f"SM{place}", "from_phone": "+1", "to_phone": "+2", "body": body, "params": {"Body": body, "n": place}}
        for place, body in enumerate(bodies)
    ]
    with database.transaction() as connection:
        bulk.insert_rows(connection, tables.inbound_text, [{**text, "received_at": MOMENT} for text in texts])
    found = rows(database, tables.inbound_text)
    assert [(text.sid, text.body, text.params) for text in found] == [
        (text["sid"], text["body"], text["params"]) for text in texts
    ]


def test_a_list_may_be_longer_than_any_database_takes_parameters(database):
    chosen = select(tables.queue_item.c.message_id).where(bulk.among(tables.queue_item.c.id, "ids"))
    with database.transaction() as connection:
        bulk.insert_rows(connection, tables.queue_item, items(1, 2, 3))
        found = bulk.fetch(connection, chosen, {"ids": range(2, 100_000)})
        none = bulk.fetch(connection, chosen, {"ids": []})
    assert sorted(row.message_id for row in found) == [20, 30]
    assert none == []


def test_a_change_says_how_many_rows_it_changed(database):
    tried = update(tables.queue_item).where(tables.queue_item.c.id <= bindparam("until")).values(attempts=7)
    with database.transaction() as connection:
        bulk.insert_rows(connection, tables.queue_item, items(1, 2, 3))
        assert bulk.change(connection, tried, {"until": 2}) == 2
    assert [item.attempts for item in rows(database, tables.queue_item)] == [7, 7, 0]


def test_a_naive_datetime_is_refused(database):
    (item,) = items(1)
    item["visible_at"] = MOMENT.replace(tzinfo=None)
    with pytest.raises(Exception, match="naive datetime"), database.transaction() as connection:
        bulk.insert_rows(connection, tables.queue_item, [item])
