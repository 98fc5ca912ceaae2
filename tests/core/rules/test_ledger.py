"""A chain in which a changed past shows."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from coach_portal.core.rules.ledger import BEGINNING, COLUMNS, chained

LINE = {
    "practice_id": 1, "place": 1, "client_id": 7, "phone": "+16175550111", "channel": "text", "purpose": "check_in",
    "event": "granted", "method": "text", "wording": "¿Sí? Reply YES", "version": "invitation-1", "message_sid": None,
    "at": datetime(2026, 11, 18, 13, 30, tzinfo=UTC),
}  # fmt: skip


def test_the_same_line_has_the_same_hash_for_ever():
    assert chained(BEGINNING, LINE) == "a033ed1422ec049fc7c1a950a716a4b07461c276b6c6b332ae5e4210ac497c14"


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_to_any_column_shows(column):
    changed = LINE["at"] + timedelta(microseconds=1) if column == "at" else "else"
    assert chained(BEGINNING, {**LINE, column: changed}) != chained(BEGINNING, LINE)


def test_a_line_is_tied_to_the_one_before_it():
    assert chained("1" * 64, LINE) != chained(BEGINNING, LINE)


def test_a_moment_is_the_same_in_any_zone():
    elsewhere = LINE["at"].astimezone(timezone(timedelta(hours=-5)))
    assert chained(BEGINNING, {**LINE, "at": elsewhere}) == chained(BEGINNING, LINE)


def test_words_cannot_wander_from_one_column_to_the_next():
    moved = {**LINE, "wording": LINE["wording"] + '","', "version": LINE["version"][3:]}
    assert chained(BEGINNING, moved) != chained(BEGINNING, LINE)
