"""The practice's Sundays: its own questions, and how pictures reach its clients."""

import pytest

from coach_portal.core.models import tables
from tests import rows

PAGE = "/practice/sundays"
RIVER = {"body": "What did the river look like?", "theme": "noticing", "locale": "en"}


@pytest.fixture
def river(alice, database):
    """The id of a question that Alice added."""
    assert alice.post(f"{PAGE}/questions", RIVER, page=PAGE).status_code == 303
    return rows.row(database, tables.reflection_question).id


def test_a_question_that_was_added_is_there(alice, river):
    page = alice.get(PAGE)
    assert "One question of yours beside our 52" in page.text
    assert RIVER["body"] in page.text


def test_ours_can_be_read(alice):
    assert "Which moment of this week would you keep?" in alice.get(PAGE).text


@pytest.mark.parametrize(
    ("body", "told"),
    [("", "Write the question."), ("Tell me about the river", "question mark"), ("x" * 101 + "?", "Shorten it")],
)
def test_what_cannot_be_asked_is_said_at_the_field_and_kept(alice, body, told):
    answer = alice.post(f"{PAGE}/questions", RIVER | {"body": body}, page=PAGE)
    assert answer.status_code == 422
    assert told in answer.text
    assert body in answer.text


def test_the_same_question_is_not_added_twice(alice, river):
    assert "This one is asked already." in alice.post(f"{PAGE}/questions", RIVER, page=PAGE).text


def test_each_gets_a_week_of_its_own(alice, database):
    for number in range(13):
        alice.post(f"{PAGE}/questions", RIVER | {"body": f"River {number}?"}, page=PAGE)
    assert {row.slot for row in rows.rows(database, tables.reflection_question)} == set(range(13))


def test_a_retired_one_is_gone_from_the_page_and_kept_on_record(alice, river, database):
    alice.post(f"{PAGE}/questions/{river}/retire", page=PAGE)
    assert RIVER["body"] not in alice.get(PAGE).text
    assert rows.row(database, tables.reflection_question).retired_at is not None


def test_another_practice_neither_sees_nor_retires_it(charlie, river):
    assert RIVER["body"] not in charlie.get(PAGE).text
    assert charlie.post(f"{PAGE}/questions/{river}/retire", page=PAGE).status_code == 404


def test_pictures_go_as_the_practice_wants(alice, cast, database):
    alice.post(f"{PAGE}/pictures", {"pictures": "mms"}, page=PAGE)
    theirs = {row.name: row.pictures for row in rows.rows(database, tables.practice)}
    assert theirs == {"Moreau Coaching": "mms", "Stone Coaching": "link"}


def test_a_way_that_there_is_not_is_refused(alice):
    assert alice.post(f"{PAGE}/pictures", {"pictures": "pigeon"}, page=PAGE).status_code == 422
